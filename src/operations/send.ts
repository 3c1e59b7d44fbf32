import { sendMessageBatch } from '../aws/messages.js'
import { resolveQueue } from '../aws/resolve-target.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { readContext } from './call-context.js'
import { batchesOf, checkBody, composeMessages } from './compose-messages.js'
import { type Delivery, readDelivery } from './delivery.js'
import type { CallContext, Operation, Proof, SentMessage } from './events.js'
import { filterWarning, firstIsDeleted, meetFilters, readTakers } from './meet-filters.js'
import { proveDelivery } from './prove.js'
import type { SendRequest } from './requests.js'
import type { RefusedMessage, SendResult } from './results.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

/** What `wire` knows by the time it sends its test message. */
interface KnownDelivery {
  readonly mapping: Mapping
  /** Saves asking STS again. */
  readonly context?: CallContext
}

/**
 * Sends messages, and gathers the proof of the first one when it is asked for. One that SQS refuses is reported
 * and does not stop the others. The function behind the queue really runs: whoever calls this has asked for that.
 * @param known the mapping that the messages are to go through, where it is known already, and who calls.
 * @throws SqsTriggerError USAGE for what SQS is certain to refuse, MAPPING_NOT_FOUND or MAPPING_DISABLED when
 *   nothing would take the message, NOT_DELIVERED when a proof is asked for and the filters delete the message
 *   (nothing has been sent then), or as AWS answers.
 */
export async function* sendMessages(
  request: SendRequest,
  session: Session,
  known?: KnownDelivery,
): Operation<SendResult> {
  for (const body of request.bodies ?? [request.body]) if (body !== undefined) checkBody(body)
  const context = known?.context ?? (await readContext(session))
  // Those who know the mapping have said who calls, and what for.
  if (!known) yield { type: 'caller-identified', context }
  const queue = await resolveQueue(session.clients, request.queue, context)
  const messages = composeMessages(request, queue)
  if (!known)
    yield { type: 'target-resolved', target: { queueArn: queue.arn, functionArn: null, roleArn: null } }
  const reading = request.prove === null ? null : readDelivery(queue, context, session, known?.mapping)
  const delivery = reading && (await untilAborted(reading, session.signal))
  const maximum = delivery?.before?.maximumMessageBytes
  for (const { body } of messages) checkBody(body, maximum)
  const takers = delivery?.mappings ?? (await untilAborted(readTakers(queue, session), session.signal))
  const samples = meetFilters(
    takers,
    messages.map(({ body }) => body),
  )
  const warning = samples && filterWarning(samples)
  if (samples && request.prove !== null && firstIsDeleted(samples, messages.length)) {
    throw new SqsTriggerError('NOT_DELIVERED', `${warning} Nothing was sent: there is nothing to prove.`, {
      hint: 'Give --body a message that the filters keep.',
    })
  }
  if (warning !== undefined) yield { type: 'warning', message: warning }

  const sent: SentMessage[] = []
  const refused: RefusedMessage[] = []
  const sentAt = session.clock.now()
  let position = 0
  for (const batch of batchesOf(messages)) {
    const outcomes = await sendMessageBatch(session.clients, queue, batch)
    for (const [index, outcome] of outcomes.entries()) {
      const from = batch[index]
      if (outcome.kind === 'refused') {
        const entry = { index: position + index, code: outcome.code, reason: outcome.reason }
        refused.push(entry)
        yield { type: 'message-refused', ...entry }
      } else {
        const message = {
          messageId: outcome.messageId,
          token: from?.token ?? outcome.messageId,
          groupId: from?.groupId ?? null,
        }
        sent.push(message)
        yield { type: 'message-sent', message, queueArn: queue.arn }
      }
    }
    position += batch.length
  }
  const mayBeRepeated = queue.fifo && request.deduplicationId !== undefined
  const proof = yield* prove(request, sent[0], delivery && { delivery, sentAt, mayBeRepeated }, session)
  const met = samples === undefined ? {} : { samples }
  return { context, queueArn: queue.arn, messages: sent, refused, proof, ...met }
}

async function* prove(
  { prove: wanted, timeoutMs }: SendRequest,
  message: SentMessage | undefined,
  about: { readonly delivery: Delivery; readonly sentAt: number; readonly mayBeRepeated: boolean } | null,
  session: Session,
): Operation<Proof | null> {
  if (wanted === null || !message || !about) return null
  yield { type: 'step-started', what: 'Looking for proof that the message was delivered' }
  const deadline = timeoutMs === undefined ? {} : { timeoutMs }
  return yield* proveDelivery({ message, ...about, wanted, ...deadline }, session)
}
