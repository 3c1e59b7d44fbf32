import { SqsTriggerError } from '../../errors.js'
import { partitionOf } from '../../partition.js'
import type { Connection, ServiceName } from './connection.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a request goes: scheme, host and port. */
interface Destination {
  readonly protocol: string
  readonly hostname: string
  readonly port?: number | undefined
}

/**
 * Which proxy a request goes through; undefined: none. As in aws-cli the name in small letters wins, and ALL_PROXY is
 * not looked at. https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-proxy.html
 */
export type ProxyChoice = (destination: Destination) => URL | undefined

/**
 * Reads the variables; undefined: no proxy is set.
 * @throws SqsTriggerError USAGE for one that is no http or https address
 */
export function proxiesIn(env: Environment): ProxyChoice | undefined {
  const proxies = { 'http:': proxyIn(env, 'http_proxy'), 'https:': proxyIn(env, 'https_proxy') }
  if (!proxies['http:'] && !proxies['https:']) return undefined
  const exempt = exceptionsIn(env.no_proxy || env.NO_PROXY || '')
  return (destination) => {
    const proxy = destination.protocol === 'http:' ? proxies['http:'] : proxies['https:']
    return proxy === undefined || isLoopback(destination.hostname) || exempt(destination) ? undefined : proxy
  }
}

/** The variable whose proxy calls of a service go through; undefined: they go directly. */
export function proxyVariableFor(
  service: ServiceName,
  { region, endpointOf }: Pick<Connection, 'region' | 'endpointOf'>,
  env: Environment,
): string | undefined {
  const host = service.replace('cloudwatch_logs', 'logs').replace('resource_groups_tagging_api', 'tagging')
  const ofAws = `https://${host}.${region}.${partitionOf(region).dnsSuffix}`
  const { protocol, hostname, port } = new URL(endpointOf(service) ?? ofAws)
  const proxy = proxiesIn(env)?.({ protocol, hostname, ...(port === '' ? {} : { port: Number(port) }) })
  return proxy && variableIn(env, protocol.replace(':', '_proxy'))
}

const variableIn = (env: Environment, name: string) => (env[name] ? name : name.toUpperCase())

function proxyIn(env: Environment, name: string): URL | undefined {
  const variable = variableIn(env, name)
  const text = env[variable]
  if (!text) return undefined
  const address = text.includes('://') ? text : `http://${text}`
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url && (url.protocol === 'http:' || url.protocol === 'https:') && url.hostname !== '') return url
  // The text itself may hold a password.
  const kind = /^socks/i.test(address)
    ? 'a SOCKS proxy, which is not supported'
    : 'not the address of a proxy'
  throw new SqsTriggerError('USAGE', `${variable} is ${kind}.`, {
    hint: `for example: ${variable}=http://proxy.example.com:8080`,
  })
}

/** `example.com` and `.example.com` stand for the name and all below it; a port limits them; `*` is everything. */
function exceptionsIn(list: string): (destination: Destination) => boolean {
  const entries = list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== '')
    .map((entry) => /^\*?\.?(.*?)(?::(\d+))?$/.exec(entry)?.slice(1) ?? [])
  const everything = list.trim() === '*'
  return ({ protocol, hostname, port = protocol === 'http:' ? 80 : 443 }) => {
    const host = hostname.toLowerCase()
    const isMeant = ([name, only]: readonly (string | undefined)[]) =>
      (host === name || host.endsWith(`.${name}`)) && (only === undefined || Number(only) === port)
    return everything || entries.some(isMeant)
  }
}

/** No proxy reaches this machine's own address: a sandbox works without NO_PROXY. */
const isLoopback = (hostname: string) => /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i.test(hostname)
