import { type CallerIdentity, readCaller } from '../aws/caller-identity.js'
import type { Clients } from '../aws/clients.js'
import { untilAborted } from '../until-aborted.js'
import type { CallContext } from './events.js'
import type { Session } from './session.js'

/**
 * Asks STS who is calling, and says where.
 * @throws SqsTriggerError when there are no usable credentials.
 */
export async function readContext({ clients, signal }: Session): Promise<CallContext> {
  return contextOf(clients, await untilAborted(readCaller(clients), signal))
}

/** Who calls, and where. */
export function contextOf(clients: Clients, { account, partition, arn }: CallerIdentity): CallContext {
  return { account, partition, ...placeOf(clients), caller: arn }
}

/** Where, and by which profile, as far as the clients know it. */
function placeOf({
  region,
  profile,
  profileSetAside,
  endpoint,
}: Clients): Pick<CallContext, 'region' | 'profile' | 'profileSetAside' | 'endpoint'> {
  return { region, profile, endpoint, ...(profileSetAside ? { profileSetAside } : {}) }
}
