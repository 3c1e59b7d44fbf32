import type { ProofLevel } from './events.js'
import type { Invocation, LogReading } from './invocation-log.js'
import type { QueueCounters } from './results.js'

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
}

export interface Verdict {
  readonly level: ProofLevel
  readonly gone: boolean
  /** The invocation that had the message, or the only one that can have had it. */
  readonly invocation: Invocation | null
}

/** An invocation shortly before the message means that the function is not idle. */
const idleMs = 60_000
/** The clocks of this machine and of AWS differ a little. */
const clockSkewMs = 2_000
/** How long AWS's counters, once they have shown the message, may waver. */
const flutterMs = 2_000
/** How long AWS's counters may lag behind. */
const countersSettleMs = 60_000

/**
 * strong: token or message id stand in the log. medium: one invocation since the message was sent, without an
 * error, on an otherwise idle function, and the message gone. weak: only gone. Never more than was seen.
 */
export function judgeDelivery(seen: Sightings): Verdict {
  const invocation = traced(seen.log) ?? onlyOne(seen)
  const ran = invocation?.finished === true && invocation.failure === null
  const gone = isGone(seen, invocation)
  if (seen.log?.trace) return { level: 'strong', gone, invocation }
  if (!gone || seen.deadLettered || invocation?.failure) return { level: 'none', gone, invocation }
  return { level: ran ? 'medium' : 'weak', gone, invocation }
}

function traced(log: LogReading | null): Invocation | null {
  const requestId = log?.trace?.requestId
  return log?.invocations.find((invocation) => invocation.requestId === requestId) ?? null
}

function onlyOne({ log, sentAt }: Sightings): Invocation | null {
  if (log?.trace) return null
  const recent = log?.invocations.filter(({ startedAt }) => startedAt > sentAt - idleMs) ?? []
  const [first] = recent
  return recent.length === 1 && first && first.startedAt >= sentAt - clockSkewMs ? first : null
}

/**
 * Zero right after sending may only mean that the counters lag: the invocation must have ended, or the message must
 * have been seen on the queue and stay away, or the counters must have had the time that they need.
 */
function isGone(
  { counters, wasOnQueue, emptySince, now, sentAt }: Sightings,
  invocation: Invocation | null,
): boolean {
  if (!counters || emptySince === null) return false
  if (invocation?.finished) return true
  return now - (wasOnQueue ? emptySince + flutterMs : sentAt + countersSettleMs) >= 0
}
