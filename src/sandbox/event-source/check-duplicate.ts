import { AwsFault } from '../aws-fault.js'
import type { FunctionReference } from '../function-reference.js'
import type { World } from '../world.js'
import type { QueueReference } from './queue-reference.js'

/**
 * Throws ResourceConflictException where another mapping joins the same queue and function, in whatever state.
 * Whether AWS tells `f` from `f:$LATEST` is not recorded; here they are two.
 */
export function refuseDuplicate(
  world: World,
  queue: QueueReference,
  reference: FunctionReference,
  ownUuid?: string,
): void {
  for (const { uuid, queueArn, functionArn } of world.eventSources.mappings.values()) {
    if (uuid === ownUuid || queueArn !== queue.arn || functionArn !== reference.arn) continue
    throw new AwsFault(
      'ResourceConflictException',
      // The spaces inside the quotes are AWS's.
      `An event source mapping with SQS arn (" ${queue.arn} ") and function (" ${reference.name} ") already exists. Please update or delete the existing mapping with UUID ${uuid}`,
      { status: 409 },
    )
  }
}
