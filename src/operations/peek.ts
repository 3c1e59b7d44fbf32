import { peekMessages } from '../aws/peek-messages.js'
import { readQueue, readQueueCounters } from '../aws/queue.js'
import { untilAborted } from '../until-aborted.js'
import type { Operation } from './events.js'
import { findMapping } from './find-mapping.js'
import { queueAt } from './mapping-ends.js'
import type { PeekResult } from './redrive/results.js'
import { noDeadLetterQueue } from './redrive.js'
import type { RedriveRequest } from './requests.js'
import type { Session } from './session.js'

/**
 * Looks at up to ten messages of the dead-letter queue of a mapping. SQS counts each look as a receive.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`; NOT_FOUND where there is no dead-letter queue;
 *   ACCESS_DENIED
 */
export async function* peekDeadLetters(
  { mapping: reference, functionName }: Pick<RedriveRequest, 'mapping' | 'functionName'>,
  count: number,
  session: Session,
): Operation<PeekResult> {
  const { clients, signal } = session
  const { context, mapping } = yield* findMapping(reference, functionName, session)
  const source = queueAt(mapping.queueArn)
  const redrive = source && (await untilAborted(readQueue(clients, source), signal)).redrive
  const deadLetters = redrive && queueAt(redrive.deadLetterQueueArn)
  if (!deadLetters) throw noDeadLetterQueue(mapping, session)
  const counters = await untilAborted(readQueueCounters(clients, deadLetters), signal)
  const messages =
    counters.visible === 0 ? [] : await untilAborted(peekMessages(clients, deadLetters, count), signal)
  return { context, deadLetterQueueArn: deadLetters.arn, counters, messages }
}
