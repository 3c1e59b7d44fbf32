import type { QueueAddress } from '../../arn.js'
import { readQueue } from '../../aws/queue.js'
import { resolveQueue } from '../../aws/resolve-target.js'
import { isSignedOut, SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { SampleVerdict } from '../../preflight/samples.js'
import { untilAborted } from '../../until-aborted.js'
import { readContext } from '../call-context.js'
import type { CallContext, Operation, QueueCounters } from '../events.js'
import { type Delivery, readDelivery } from '../proof/delivery.js'
import type { SendRequest } from '../requests.js'
import type { Session } from '../session.js'
import { type ComposedMessage, checkBody, composeMessages } from './compose-messages.js'
import { filterWarning, firstIsDeleted, meetFilters, readReaders, takes } from './meet-filters.js'

/** What `wire` knows by the time it sends its test message. */
export interface KnownDelivery {
  readonly mapping: Mapping
  /** Saves asking STS again. */
  readonly context?: CallContext
}

/** What a person should know before messages are sent into somebody's function. */
export interface SendBriefing {
  /** The mappings of the queue, disabled ones included; null: they cannot be listed. */
  readonly readers: readonly Mapping[] | null
  /** What the queue holds already; null: it cannot be read. */
  readonly counters: QueueCounters | null
  /** For how long a message that a function rejects comes back; null: it goes to a dead-letter queue, or nobody knows. */
  readonly returnsForSeconds: number | null
}

/** Messages that are ready to go. */
export interface SendPlan {
  readonly request: SendRequest
  readonly context: CallContext
  readonly queue: QueueAddress
  readonly messages: readonly ComposedMessage[]
  /** null: nobody asked for a proof. */
  readonly delivery: Delivery | null
  readonly briefing: SendBriefing
  /** What the filters do with the messages; left out where none applies. */
  readonly samples?: readonly SampleVerdict[]
}

/**
 * Reads who would take the messages, and checks them as SQS and the filters would. Sends nothing.
 * @param known the mapping that the messages are to go through, where it is known already, and who calls.
 * @throws SqsTriggerError USAGE for what SQS is certain to refuse, QUEUE_NOT_FOUND, MAPPING_NOT_FOUND or
 *   MAPPING_DISABLED when a proof is asked for and nothing would take the message, NOT_DELIVERED when the filters
 *   would delete it, or as AWS answers.
 */
export async function* planSending(
  request: SendRequest,
  session: Session,
  known?: KnownDelivery,
): Operation<SendPlan> {
  const { attributes = [], prove } = request
  const given = request.bodies ?? [request.body]
  for (const body of given) if (body !== undefined) checkBody(body, undefined, attributes)
  const context = known?.context ?? (await readContext(session))
  // Those who know the mapping have said who calls, and what for.
  if (!known) yield { type: 'caller-identified', context }
  const queue = await resolveQueue(session.clients, request.queue, context)
  const messages = composeMessages(request, queue)
  if (!known)
    yield { type: 'target-resolved', target: { queueArn: queue.arn, functionArn: null, roleArn: null } }
  const first = messages[0]?.body ?? ''
  const reading = prove === null ? null : readDelivery(queue, first, context, session, known?.mapping)
  const delivery = reading && (await untilAborted(reading, session.signal))
  const read = delivery
    ? { before: delivery.before, readers: delivery.listed }
    : await untilAborted(readBehind(queue, session), session.signal)
  for (const { body } of messages) checkBody(body, read.before?.maximumMessageBytes, attributes)
  const samples = meetFilters(
    delivery?.mappings ?? read.readers?.filter(takes) ?? [],
    messages.map(({ body }) => body),
  )
  const warning = samples && filterWarning(samples)
  if (samples && prove !== null && firstIsDeleted(samples, messages.length)) {
    throw new SqsTriggerError('NOT_DELIVERED', `${warning} Nothing was sent: there is nothing to prove.`, {
      hint: 'Give --body a message that the filters keep.',
    })
  }
  if (warning !== undefined) yield { type: 'warning', message: warning }
  const { before, readers } = read
  const briefing = {
    readers,
    counters: before?.messages ?? null,
    returnsForSeconds: before && before.redrive === null ? before.retentionSeconds : null,
  }
  const met = samples === undefined ? {} : { samples }
  return { request, context, queue, messages, delivery, briefing, ...met }
}

/** Sending needs none of this: what cannot be read is not known. */
async function readBehind(queue: QueueAddress, session: Session) {
  // One after the other: a person whose session is over is asked once.
  const readers = await readReaders(queue, session)
  const before = await readQueue(session.clients, queue).catch((error: unknown) => {
    if (!(error instanceof SqsTriggerError) || error.code === 'QUEUE_NOT_FOUND' || isSignedOut(error))
      throw error
    return null
  })
  return { before, readers }
}

/** The mappings that will take the messages; null: nobody knows. */
export const takers = ({ readers }: SendBriefing): readonly Mapping[] | null => readers?.filter(takes) ?? null
