import { BlockList, isIP } from 'node:net'

/**
 * Whether an address lies in a CIDR range; a range without `/` is one address. IPv4 and IPv6 never meet.
 * `undefined` when either is not valid, and where an IPv6 range without `/` may be an address or all of its /32,
 * which IAM names as the default.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function isInRange(address: string, range: string): boolean | undefined {
  const [network = '', prefix, ...rest] = range.split('/')
  const version = isIP(network)
  const widest = version === 4 ? 32 : 128
  const length = prefix === undefined ? widest : Number(prefix)
  const validPrefix = prefix === undefined || (/^\d{1,3}$/.test(prefix) && length <= widest)
  if (version === 0 || isIP(address) === 0 || !validPrefix || rest.length > 0) return undefined
  // The zone of a link-local address (fe80::1%eth0) means something on its own machine only.
  if (network.includes('%') || address.includes('%')) return undefined
  if (isIP(address) !== version) return false
  const family = version === 4 ? 'ipv4' : 'ipv6'
  const covers = (bits: number) => {
    const list = new BlockList()
    list.addSubnet(network, bits, family)
    return list.check(address, family)
  }
  if (covers(length)) return true
  return prefix === undefined && covers(32) ? undefined : false
}
