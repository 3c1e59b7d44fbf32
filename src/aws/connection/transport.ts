import { readFile } from 'node:fs/promises'
import { SqsTriggerError } from '../../errors.js'
import { shown } from '../../shown.js'
import type { Found } from './first-set.js'
import { proxiesIn } from './proxy.js'

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
  const direct = certificates === undefined ? limits : { ...limits, httpsAgent: await trusting(certificates) }
  const proxies = proxiesIn(settings.env)
  if (proxies === undefined) return direct
  const { openProxiedTransport } = await import('./proxied-transport.js')
  return openProxiedTransport(direct, proxies, certificates)
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
async function trusting(ca: string) {
  const { Agent } = await import('node:https')
  return new Agent({ keepAlive: true, maxSockets: 50, ca })
}

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
