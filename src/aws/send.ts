import type { Clients } from './clients.js'
import type { FailedCall } from './translate-error.js'

/**
 * Sends one call and translates what goes wrong. Region and profile are added for the hints. Where the session of a
 * person has expired and is renewed, the same call is sent again: AWS had not taken it.
 * @throws SqsTriggerError
 */
export async function send<Answer>(
  clients: Clients,
  call: Pick<FailedCall, 'service' | 'operation' | 'queue' | 'function'>,
  run: () => Promise<Answer>,
): Promise<Answer> {
  for (;;) {
    const since = clients.renewal?.count() ?? 0
    try {
      return await run()
    } catch (cause) {
      // What AWS may say is a twentieth of what a preflight would load.
      const { translateError } = await import('./translate-error.js')
      const { region, profile, sessionProfile, secondFactor, endpoint, origins } = clients
      const environmentKeys = origins?.credentials === 'AWS_ACCESS_KEY_ID'
      const proxyVariable = clients.proxyVariable?.(call.service)
      const credentials = { profile, sessionProfile, secondFactor, environmentKeys }
      const place = { region, ...credentials, endpoint, proxyVariable }
      const failure = translateError(cause, { ...call, ...place })
      if (failure.code !== 'CREDENTIALS_EXPIRED' || !mayBeRepeated(call.operation, failure.aws?.attempts)) {
        throw failure
      }
      if (!(await clients.renewal?.after(failure, since))) throw failure
    }
  }
}

/** Of several attempts at a change an earlier one may have been carried out, its answer lost. */
function mayBeRepeated(operation: string, attempts = 1): boolean {
  return attempts <= 1 || /^(?:Describe|Filter|Get|List|Simulate)/.test(operation)
}
