import { SqsTriggerError } from '../errors.js'
import type { Clients } from './clients.js'

/** What to look at when something else than AWS seems to answer, or nothing does. `endpoint` null: AWS's own. */
export function endpointHint(endpoint: string | null | undefined): string {
  return endpoint
    ? `Check that ${endpoint} (--endpoint-url, AWS_ENDPOINT_URL or the profile) is the right address.`
    : 'Check the network and the proxy.'
}

/** The answer was well-formed and yet lacks what AWS always sends. */
export function answeredWithout(
  { endpoint }: Pick<Clients, 'endpoint'>,
  service: string,
  what: string,
): SqsTriggerError {
  const message = `The endpoint for ${service} answered without ${what}.`
  return new SqsTriggerError('ENDPOINT_NOT_AWS', message, { hint: endpointHint(endpoint) })
}
