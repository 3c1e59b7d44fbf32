import { sendMessageBatch } from '../aws/messages.js'
import { reworded, SqsTriggerError } from '../errors.js'
import type { Operation, Proof, SentMessage } from './events.js'
import { proveDelivery } from './prove.js'
import type { SendRequest } from './requests.js'
import type { RefusedMessage, SendResult } from './results.js'
import { batchesOf } from './send/compose-messages.js'
import { type KnownDelivery, planSending, type SendPlan } from './send/plan-sending.js'
import type { Session } from './session.js'

/**
 * Sends messages, and gathers the proof of the first one when it is asked for. The function behind the queue really
 * runs: whoever calls this has asked for that.
 * @param known the mapping that the messages are to go through, where it is known already, and who calls.
 * @throws SqsTriggerError as `planSending` and `applySending`.
 */
export async function* sendMessages(
  request: SendRequest,
  session: Session,
  known?: KnownDelivery,
): Operation<SendResult> {
  return yield* applySending(yield* planSending(request, session, known), session)
}

/**
 * Sends what was planned. One message that SQS refuses is reported and does not stop the others.
 * @throws SqsTriggerError as AWS answers a whole request; the message says how many were sent before.
 */
export async function* applySending(plan: SendPlan, session: Session): Operation<SendResult> {
  const { context, queue, messages, samples } = plan
  const sent: SentMessage[] = []
  const refused: RefusedMessage[] = []
  const sentAt = session.clock.now()
  let position = 0
  for (const batch of batchesOf(messages)) {
    if (session.signal.aborted) throw session.signal.reason
    const outcomes = await sendMessageBatch(session.clients, queue, batch).catch((error: unknown) => {
      throw afterSome(error, sent.length, messages.length)
    })
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
          ...(outcome.perhapsTwice ? { perhapsTwice: true as const } : {}),
        }
        sent.push(message)
        yield { type: 'message-sent', message, queueArn: queue.arn }
      }
    }
    position += batch.length
  }
  const twice = sent.filter(({ perhapsTwice }) => perhapsTwice).length
  if (twice > 0) yield { type: 'warning', message: sentTwice(twice, sent.length) }
  const proof = yield* proveFirst(plan, sent, sentAt, session)
  const met = samples === undefined ? {} : { samples }
  return { context, queueArn: queue.arn, messages: sent, refused, proof, ...met }
}

async function* proveFirst(
  { request, queue, delivery }: SendPlan,
  [message, ...others]: readonly SentMessage[],
  sentAt: number,
  session: Session,
): Operation<Proof | null> {
  const { prove: wanted, timeoutMs } = request
  if (wanted === null || !message || !delivery) return null
  yield { type: 'step-started', what: 'Looking for proof that the message was delivered' }
  const mayBeRepeated = queue.fifo && request.deduplicationId !== undefined
  const deadline = timeoutMs === undefined ? {} : { timeoutMs }
  const about = { message, others: others.length, delivery, sentAt, mayBeRepeated, wanted }
  return yield* proveDelivery({ ...about, ...deadline }, session)
}

function sentTwice(doubtful: number, all: number): string {
  const subject =
    all === 1 ? 'The message' : `${doubtful === all ? 'The' : `${doubtful} of the`} ${all} messages`
  return `${subject} may have been sent twice: SQS did not properly answer the first attempt, and may have taken it all the same.`
}

function afterSome(error: unknown, sent: number, all: number): unknown {
  if (!(error instanceof SqsTriggerError) || sent === 0) return error
  return reworded(error, { message: `${error.message} ${sent} of ${all} messages were sent before.` }, error)
}
