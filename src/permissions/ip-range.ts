import { BlockList, isIP } from 'node:net'

/**
 * Whether an address lies in a CIDR range; a range without `/` is one address. IPv4 and IPv6 never meet.
 * `undefined` when either is not valid.
 */
export function isInRange(address: string, range: string): boolean | undefined {
  const [network = '', prefix, ...rest] = range.split('/')
  const version = isIP(network)
  const widest = version === 4 ? 32 : 128
  const length = prefix === undefined ? widest : Number(prefix)
  const validPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && length <= widest)
  if (version === 0 || isIP(address) === 0 || !validPrefix || rest.length > 0) return undefined
  if (isIP(address) !== version) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const list = new BlockList()
  list.addSubnet(network, length, family)
  return list.check(address, family)
}
