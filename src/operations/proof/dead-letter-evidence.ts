import type { QueueAddress } from '../../arn.js'
import { type Queue, readQueueCounters } from '../../aws/queue.js'
import { SqsTriggerError } from '../../errors.js'
import type { CallContext, QueueCounters } from '../events.js'
import { functionAt, queueAt } from '../mapping-ends.js'
import { readReaders, takes } from '../send/meet-filters.js'
import type { Session } from '../session.js'

/** The dead-letter queue of a queue, as it was before a message was sent. */
export interface DeadLetters {
  readonly address: QueueAddress
  /** null: they could not be read. */
  readonly before: QueueCounters | null
  /** Why a message that came into it might not be seen there; null: it would be, as SQS counts. */
  readonly hidden: string | null
  /**
   * How long after the send the message can lie there at the earliest, in milliseconds: each failed receive lasts a
   * visibility timeout, which Lambda does not shorten.
   */
  readonly earliestMs: number
}

/** Reads the counters of the dead-letter queue, and who takes from it. null: there is none. */
export async function readDeadLetters(
  queue: Queue | null,
  { account }: CallContext,
  session: Session,
): Promise<DeadLetters | null> {
  const address = queueAt(queue?.redrive?.deadLetterQueueArn ?? '')
  if (!queue?.redrive || !address) return null
  const taking = address.account === account ? whoTakes(address, session) : null
  // Where the queue cannot be read, nobody asks who takes from it.
  taking?.catch(() => undefined)
  const before = await readQueueCounters(session.clients, address).catch((error: unknown) => {
    const told = ['ACCESS_DENIED', 'QUEUE_NOT_FOUND']
    if (error instanceof SqsTriggerError && told.includes(error.code)) return null
    throw error
  })
  const hidden =
    before === null
      ? `the dead-letter queue ${address.name} cannot be read`
      : taking !== null
        ? await taking
        : `the dead-letter queue ${address.name} belongs to account ${address.account}, whose consumers cannot be seen`
  const earliestMs = queue.redrive.maxReceiveCount * queue.visibilityTimeoutSeconds * 1_000
  return { address, before, hidden, earliestMs }
}

async function whoTakes(address: QueueAddress, session: Session): Promise<string | null> {
  const readers = await readReaders(address, session)
  if (readers === null)
    return `who reads the dead-letter queue ${address.name} cannot be seen: lambda:ListEventSourceMappings is refused`
  const [taker] = readers.filter(takes)
  if (!taker) return null
  return `${functionAt(taker.functionArn).name} reads the dead-letter queue ${address.name}: what comes into it may be gone at once`
}

/** What was seen of a dead-letter queue after the send. */
export interface DeadLetterSightings {
  /** More messages stand in it than before. */
  readonly deadLettered: boolean
  /** null: they could not be read, or not yet. */
  readonly deadLetterCount: number | null
  /** The message may have come into it unseen. */
  readonly deadLettersHidden: boolean
}

/** Compares the counters with those from before. null: they could not be read again. */
export function judgeDeadLetters(
  { before, hidden, earliestMs }: DeadLetters,
  after: QueueCounters | null,
  elapsedMs: number,
): DeadLetterSightings {
  const deadLettered = before !== null && after !== null && total(after) > total(before)
  const unclear = hidden !== null || before === null || after === null || total(after) < total(before)
  return {
    deadLettered,
    deadLetterCount: after?.visible ?? null,
    deadLettersHidden: !deadLettered && unclear && elapsedMs >= earliestMs,
  }
}

const total = ({ visible, inFlight, delayed }: QueueCounters) => visible + inFlight + delayed
