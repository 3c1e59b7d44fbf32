import { readCaller } from '../aws/caller-identity.js'
import type { CallContext } from './events.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

/**
 * Asks STS who is calling, and says where.
 * @throws SqsTriggerError when there are no usable credentials.
 */
export async function readContext({ clients, signal }: Session): Promise<CallContext> {
  const { account, partition, arn } = await untilAborted(readCaller(clients), signal)
  const { region, profile, endpoint } = clients
  return { account, partition, region, profile, endpoint, caller: arn }
}
