import type { Clients } from './clients.js'
import { type FailedCall, translateError } from './translate-error.js'

/**
 * Sends one call and translates what goes wrong. Region and profile are added for the hints.
 * @throws SqsTriggerError
 */
export async function send<Answer>(
  clients: Clients,
  call: Pick<FailedCall, 'service' | 'operation' | 'queue' | 'function'>,
  run: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await run()
  } catch (error) {
    throw translateError(error, {
      ...call,
      region: clients.region,
      profile: clients.profile,
      endpoint: clients.endpoint,
    })
  }
}
