/**
 * Loaded before a program by `node --import`: writes down every connection and look-up in CONNECTIONS_FILE, a line
 * each, and lets nothing leave this machine.
 */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const { CONNECTIONS_FILE: file } = process.env
if (file === undefined) throw new Error('CONNECTIONS_FILE is not set')

const note = (/** @type {string} */ what) => appendFileSync(file, `${what}\n`)
const isHere = (/** @type {string} */ host) =>
  host === 'localhost' || host === '::1' || host.startsWith('127.')
const refusal = (/** @type {string} */ what) =>
  Object.assign(new Error(`${what} is not on this machine`), { code: 'ECONNREFUSED' })

/**
 * All forms of `connect`: a list that Node made of them, options, a port with a host, a path. undefined: a pipe
 * between processes of this machine.
 * @param {readonly unknown[]} words
 * @returns {{ readonly host: string, readonly port: unknown } | undefined}
 */
function addressOf([first, second]) {
  if (Array.isArray(first)) return addressOf(first)
  if (typeof first === 'object' && first !== null) {
    if ('path' in first && typeof first.path === 'string') return undefined
    const host = 'host' in first && typeof first.host === 'string' ? first.host : 'localhost'
    return { host, port: 'port' in first ? first.port : undefined }
  }
  if (!Number.isInteger(Number(first))) return undefined
  return { host: typeof second === 'string' ? second : 'localhost', port: first }
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (/** @type {unknown[]} */ ...words) {
  const address = addressOf(words)
  if (address !== undefined) note(`connect ${address.host}:${address.port}`)
  if (address === undefined || isHere(address.host)) return Reflect.apply(connect, this, words)
  process.nextTick(() => this.destroy(refusal(address.host)))
  return this
}

for (const resolver of [dns, dns.promises]) {
  for (const [name, original] of Object.entries(resolver)) {
    if (!/^(lookup|resolve|reverse)/.test(name) || typeof original !== 'function') continue
    const watched = (/** @type {string} */ host, /** @type {unknown[]} */ ...more) => {
      note(`${name} ${host}`)
      if (!isHere(host)) throw refusal(host)
      return Reflect.apply(original, resolver, [host, ...more])
    }
    Object.assign(resolver, { [name]: watched })
  }
}

for (const name of ['send', 'connect']) {
  const refuse = () => {
    note(`datagram ${name}`)
    throw refusal('a datagram')
  }
  Object.assign(dgram.Socket.prototype, { [name]: refuse })
}

syncBuiltinESMExports()
