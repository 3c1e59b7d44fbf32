import { readFile } from 'node:fs/promises'
import { Agent } from 'node:https'
import { SqsTriggerError } from '../errors.js'
import { shown } from '../shown.js'
import type { Found } from './connection.js'
import { type ProxyChoice, proxiesIn } from './proxy.js'

/** How long to wait, in milliseconds. */
export interface Timeouts {
  readonly connectTimeoutMs?: number | undefined
  readonly readTimeoutMs?: number | undefined
}

/** What is trusted, and what requests go through. */
export interface TransportSettings extends Timeouts {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly caBundle: Found | undefined
}

/** Every call here is answered within a second or two; with three attempts, 60 s would mean minutes of silence. */
const defaultReadTimeoutMs = 10_000

/**
 * What every client is given as its request handler: timeouts alone where nothing else is asked for, so that the SDK
 * makes its own.
 * @throws SqsTriggerError USAGE for certificates that cannot be read, or a proxy that is none
 */
export async function openTransport(settings: TransportSettings) {
  const limits = timeouts(settings)
  const certificates = settings.caBundle && (await certificatesIn(settings.caBundle))
  const direct = certificates === undefined ? limits : { ...limits, httpsAgent: trusting(certificates) }
  const proxies = proxiesIn(settings.env)
  return proxies === undefined ? direct : proxied(direct, proxies, certificates)
}

function timeouts({ connectTimeoutMs, readTimeoutMs = defaultReadTimeoutMs }: Timeouts) {
  return {
    connectionTimeout: connectTimeoutMs ?? 5_000,
    requestTimeout: readTimeoutMs,
    throwOnRequestTimeout: true,
    // The request timeout ends with the response's head; this one also ends a body that stops coming.
    socketTimeout: readTimeoutMs,
  }
}

/** As many connections at once as the SDK's own agent has. */
const trusting = (ca: string) => new Agent({ keepAlive: true, maxSockets: 50, ca })

/**
 * As in aws-cli the bundle stands instead of what is trusted otherwise.
 * https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html
 */
async function certificatesIn({ value: path, from }: Found): Promise<string> {
  const refused = (what: string, cause?: unknown) =>
    new SqsTriggerError('USAGE', `The certificates in ${shown(path)} (${from}) ${what}.`, {
      hint: 'Give a file of certificates in PEM form.',
      ...(cause === undefined ? {} : { cause }),
    })
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refused(`cannot be read: ${error.code ?? error.message}`, error)
  })
  if (!/-----BEGIN (?:TRUSTED )?CERTIFICATE-----/.test(text)) throw refused('are none')
  return text
}

/** Chooses for each request, because one service may be reached directly and another not. */
async function proxied(
  direct: ReturnType<typeof timeouts>,
  proxies: ProxyChoice,
  certificates: string | undefined,
) {
  const [{ NodeHttpHandler }, { openProxyAgents }] = await Promise.all([
    import('@smithy/node-http-handler'),
    import('./proxy-agents.js'),
  ])
  const straight = new NodeHttpHandler(direct)
  const through = new Map<string, InstanceType<typeof NodeHttpHandler>>()
  const handlerFor = (proxy: URL | undefined) => {
    if (proxy === undefined) return straight
    const handler =
      through.get(proxy.href) ?? new NodeHttpHandler({ ...direct, ...openProxyAgents(proxy, certificates) })
    through.set(proxy.href, handler)
    return handler
  }
  const all = () => [straight, ...through.values()]
  return {
    metadata: straight.metadata,
    handle: (...[request, options]: Parameters<typeof straight.handle>) =>
      handlerFor(proxies(request)).handle(request, options),
    updateHttpClientConfig: (...given: Parameters<typeof straight.updateHttpClientConfig>) => {
      for (const handler of all()) handler.updateHttpClientConfig(...given)
    },
    httpHandlerConfigs: () => straight.httpHandlerConfigs(),
    destroy: () => {
      for (const handler of all()) handler.destroy()
    },
  }
}
