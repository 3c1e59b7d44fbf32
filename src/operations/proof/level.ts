import type { ProofLevel, QueueCounters } from '../events.js'
import type { Invocation, LogReading } from '../runs/invocation-log.js'
import type { MetricSearch } from './metric-evidence.js'

/** Everything seen so far of one message, in one place, so that the verdict is a plain function of it. */
export interface Sightings {
  /** null: the log could not be read (yet). */
  readonly log: LogReading | null
  readonly sentAt: number
  /** null: an empty queue would say nothing, or it could not be read. */
  readonly counters: QueueCounters | null
  /** The message was seen on the queue after it was sent. */
  readonly wasOnQueue: boolean
  /** Since when every look found the queue empty, in milliseconds since the epoch; null: the last look did not. */
  readonly emptySince: number | null
  readonly now: number
  /** More messages stand in the dead-letter queue than before. */
  readonly deadLettered: boolean
  /** The message may have come into the dead-letter queue unseen. */
  readonly deadLettersHidden: boolean
  /** An error that the function does not catch is sure to be found in the log. */
  readonly tellsFailures: boolean
  /** SQS may have taken the message for an earlier one: nothing from before the send counts, nor mere emptiness. */
  readonly mayBeRepeated: boolean
  /** The function may return messages as failed without failing itself. */
  readonly partialResponses: boolean
  /** The queue was seen to hold nothing else before the send, and one mapping reads it. */
  readonly alone: boolean
  /** How many messages were sent with it: of those that stay in the queue nobody knows which. */
  readonly others: number
  /** Filters apply. They keep this message, as computed here: AWS was not seen to do the same. */
  readonly filtered: boolean
  /** Read where no log can be; null: not (yet). */
  readonly metrics: MetricSearch | null
}

export interface Verdict {
  readonly level: ProofLevel
  readonly gone: boolean
  /** The invocation that had the message, or the only one that can have had it. */
  readonly invocation: Invocation | null
  /** What CloudWatch alone counts: one run without an error, or runs that all failed. null: neither, or not looked. */
  readonly counted: 'ran' | 'failed' | null
  /**
   * How the invocation ended: `well`, without an error; `stayed`, and yet the message is not handled; `ran`, which of
   * both its log does not tell. null: it failed, or was not seen to end.
   */
  readonly end: 'well' | 'stayed' | 'ran' | null
}

/** An invocation shortly before the message means that the function is not idle. */
const idleMs = 60_000
/** How long AWS's counters, once they have shown the message, may waver. */
const flutterMs = 2_000
/** By then the counters show a message that the function returned as failed. */
const returnedShowsMs = 5_000
/** How long AWS's counters may lag behind. */
const countersSettleMs = 60_000

/**
 * strong: token or message id stand in the log. medium: one invocation since the message was sent, without an
 * error, on an otherwise idle function, and the message gone. weak: only gone, where no filter may have deleted it.
 * Never more than was seen.
 */
export function judgeDelivery(seen: Sightings): Verdict {
  const invocation = traced(seen.log) ?? onlyOne(seen) ?? failedSince(seen)
  const gone = isGone(seen, invocation)
  const counted = countedOf(seen, gone)
  const end = endOf(seen, invocation, gone)
  const seenOf = { gone, invocation, counted, end }
  const ran = end === 'well' || counted === 'ran'
  if (seen.log?.trace) return { level: 'strong', ...seenOf }
  if (!gone || seen.deadLettered || invocation?.failure) return { level: 'none', ...seenOf }
  return { level: ran ? 'medium' : seen.filtered ? 'none' : 'weak', ...seenOf }
}

/**
 * Metrics belong to minutes and come late: they count once the minute of the send is over and published, and only
 * where nothing else ran in it or in the one before.
 */
function countedOf(
  { metrics, log, counters, deadLettered, mayBeRepeated }: Sightings,
  gone: boolean,
): Verdict['counted'] {
  // The run of an earlier message with the same deduplication id would count for this one.
  if (mayBeRepeated || metrics?.kind !== 'counts' || log !== null || metrics.runs === 0) return null
  const stays = (counters !== null && !gone) || deadLettered
  if (!metrics.settled) return null
  if (metrics.errors === metrics.runs) return stays ? 'failed' : null
  return gone && metrics.runs === 1 && !metrics.filteredOut ? 'ran' : null
}

/**
 * What speaks against a message that reached the function without an error, at the last look: `unfinished`, the run was
 * not seen to end; `returned`, the function may have reported the message as failed; `stayed`, the run ended and the
 * message is not handled; `suspected`, nothing but what looks like an error tells of the end. null: nothing.
 */
export function openEnd(
  seen: Sightings,
  { level, gone, invocation, end }: Verdict,
): 'unfinished' | 'returned' | 'stayed' | 'suspected' | null {
  if (invocation?.failure) return null
  if (invocation && !invocation.finished && !gone) return 'unfinished'
  if (level !== 'strong' && !invocation) return null
  if (!seen.counters) return end === 'ran' && invocation?.suspicion ? 'suspected' : null
  if (!seen.partialResponses) return stays(seen) ? 'stayed' : null
  return !gone || seen.deadLettered || seen.deadLettersHidden ? 'returned' : null
}

/** Lambda deletes a message only after a run without an error: where it is gone, there was none. */
function endOf(seen: Sightings, invocation: Invocation | null, gone: boolean): Verdict['end'] {
  if (!invocation?.finished || invocation.failure !== null) return null
  const handled = gone && !seen.deadLettered && !seen.deadLettersHidden
  if (invocation.succeeded || handled) return 'well'
  if (stays(seen) && !seen.partialResponses) return 'stayed'
  return seen.tellsFailures ? 'well' : 'ran'
}

/** The message, alone on the queue, is seen on it still, or was moved away as one that failed. */
const stays = ({ counters, emptySince, deadLettered, others }: Sightings) =>
  others === 0 && counters !== null && (emptySince === null || deadLettered)

function traced(log: LogReading | null): Invocation | null {
  const requestId = log?.trace?.requestId
  return log?.invocations.find((invocation) => invocation.requestId === requestId) ?? null
}

/** What began before the send had other messages, and nobody knows whose run it is where there are others. */
function onlyOne({ log, sentAt, alone }: Sightings): Invocation | null {
  if (log?.trace || !alone) return null
  const recent = log?.invocations.filter(({ startedAt }) => startedAt > sentAt - idleMs) ?? []
  const [first] = recent
  return recent.length === 1 && first && first.startedAt >= sentAt && !first.unsure ? first : null
}

/** The last run in the minute before the send: with it, a run after the send is not the only one. null: there is none. */
export function ranBefore({ log, sentAt }: Pick<Sightings, 'log' | 'sentAt'>): Invocation | null {
  const before = log?.invocations.filter(({ startedAt }) => startedAt > sentAt - idleMs && startedAt < sentAt)
  return before?.at(-1) ?? null
}

/** The last run after the send, where every one of them failed and the message, alone on the queue, is not handled. */
function failedSince({ log, sentAt, counters, deadLettered }: Sightings): Invocation | null {
  if (log?.trace || !counters) return null
  // In flight: Lambda has it.
  if (!deadLettered && counters.inFlight === 0) return null
  const since = log?.invocations.filter(({ startedAt }) => startedAt >= sentAt) ?? []
  return since.every(({ failure, unsure }) => failure !== null && !unsure) ? (since.at(-1) ?? null) : null
}

/**
 * Zero right after sending may only mean that the counters lag: the invocation must have ended, or the counters must
 * have had the time that they need, unless the log holds the message and they have shown it. Where the function may
 * return the message as failed, or fail in words that nobody knows, its end alone says nothing: the queue must also
 * stay empty for a while.
 */
function isGone(seen: Sightings, invocation: Invocation | null): boolean {
  const { counters, wasOnQueue, emptySince, now, mayBeRepeated, log } = seen
  if (!counters || emptySince === null) return false
  const mayFail = seen.partialResponses || !(seen.tellsFailures || invocation?.succeeded)
  if (invocation?.finished && !mayFail) return true
  if (invocation?.finished && now >= Math.max(emptySince, invocation.startedAt) + returnedShowsMs) return true
  if (mayBeRepeated && !wasOnQueue) return false
  const steady = now >= emptySince + flutterMs
  return wasOnQueue && log?.trace ? steady : steady && countersAreSettled(seen)
}

/** By then SQS's counters show what became of the message. */
export const countersAreSettled = ({ now, sentAt }: Pick<Sightings, 'now' | 'sentAt'>) =>
  now >= sentAt + countersSettleMs
