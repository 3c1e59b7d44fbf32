import { type LogSearch, searchLog } from '../aws/log-events.js'
import { readQueueCounters } from '../aws/queue.js'
import { SqsTriggerError } from '../errors.js'
import type { Delivery } from './delivery.js'
import type { QueueCounters, SentMessage } from './events.js'
import { type LogReading, readLog, searchTerms, type Wanted } from './invocation-log.js'
import type { Sightings } from './proof-level.js'
import type { Session } from './session.js'

interface LookRequest {
  readonly message: SentMessage
  readonly delivery: Delivery
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  /** true: the deduplication id was given, so SQS may have taken the message for an earlier one. */
  readonly mayBeRepeated?: boolean
}

/** What is known so far; grows with each look. */
export interface Evidence extends Sightings {
  readonly logs: readonly (LogSearch | null)[]
  readonly deadLetterCount: number | null
}

/** Before the first look. */
export const nothingSeen = {
  log: null,
  counters: null,
  wasOnQueue: false,
  emptySince: null,
  deadLettered: false,
  logs: [],
  deadLetterCount: null,
}

/** How far back the log is read: the machine's clock may be ahead of AWS's. */
const lookBackMs = 300_000
/** Looks once at the logs and the queue, in parallel. What is refused for good is not asked again. */
export async function look(before: Evidence, request: LookRequest, session: Session): Promise<Evidence> {
  const { delivery, sentAt } = request
  const { clients, clock, signal } = session
  const wanted = wantedOf(request)
  const terms = searchTerms(wanted)
  const searches = delivery.consumers.map(async ({ logGroup }, index) => {
    const known = before.logs[index] ?? null
    if (known?.kind === 'refused') return known
    return (
      (await tolerant(searchLog(clients, { group: logGroup, since: sentAt - lookBackMs, terms }, signal))) ??
      known
    )
  })
  const counting =
    delivery.goneUntellable === null ? tolerant(readQueueCounters(clients, delivery.queue)) : null
  const [logs, counted] = await Promise.all([Promise.all(searches), counting])
  const counters = counted ?? before.counters
  const now = clock.now()
  return {
    ...before,
    logs,
    log: merge(logs, wanted),
    counters,
    wasOnQueue: before.wasOnQueue || total(counters) > 0,
    emptySince: total(counters) > 0 ? null : (before.emptySince ?? now),
    now,
  }
}

/** Looks at the dead-letter queue: once, at the end, to keep the calls few. */
export async function lookAtDeadLetters(
  evidence: Evidence,
  { delivery: { deadLetterQueue } }: LookRequest,
  { clients }: Session,
): Promise<Evidence> {
  if (!deadLetterQueue?.before) return evidence
  const counters = await tolerant(readQueueCounters(clients, deadLetterQueue.address))
  if (!counters) return evidence
  return {
    ...evidence,
    deadLetterCount: counters.visible,
    deadLettered: counters.visible > deadLetterQueue.before.visible,
  }
}

/** Only the log with the trace counts; without one, several functions cannot be told apart. */
function merge(logs: readonly (LogSearch | null)[], wanted: Wanted): LogReading | null {
  const readings = logs.flatMap((log) => (log?.kind === 'lines' ? [readLog(log.lines, wanted)] : []))
  const found = readings.find(({ trace }) => trace !== null)
  return found ?? (logs.length === 1 ? (readings[0] ?? null) : null)
}

const wantedOf = ({ message: { token, messageId }, sentAt, mayBeRepeated }: LookRequest): Wanted => ({
  token: token === messageId ? null : token,
  messageId,
  ...(mayBeRepeated ? { idSince: sentAt } : {}),
})
const total = (counters: QueueCounters | null) =>
  counters ? counters.visible + counters.inFlight + counters.delayed : 0

/** What passes by itself must not end a proof: the next look asks again. */
async function tolerant<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading
  } catch (error) {
    const passing = ['THROTTLED', 'AWS_FAILED', 'ENDPOINT_TIMED_OUT', 'ENDPOINT_UNREACHABLE']
    if (error instanceof SqsTriggerError && passing.includes(error.code)) return null
    // A load balancer's own page: no AWS error code, and yet it passes.
    if (error instanceof SqsTriggerError && (error.aws?.httpStatus ?? 0) >= 500) return null
    throw error
  }
}
