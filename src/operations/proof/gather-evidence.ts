import { getMapping } from '../../aws/event-source-mapping.js'
import { readReservedConcurrency } from '../../aws/lambda-function.js'
import { type LogLine, type LogSearch, searchLog } from '../../aws/log-events.js'
import { readQueueCounters } from '../../aws/queue.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { QueueCounters, SentMessage } from '../events.js'
import { type Invocation, readLog, searchTerms, type Wanted } from '../runs/invocation-log.js'
import { readRun } from '../runs/read-run.js'
import type { Session } from '../session.js'
import type { Turn } from '../waiting/turns.js'
import { judgeDeadLetters } from './dead-letter-evidence.js'
import type { Delivery } from './delivery.js'
import type { Sightings } from './level.js'

interface LookRequest {
  readonly message: SentMessage
  readonly delivery: Delivery
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  /** true: the deduplication id was given, so SQS may have taken the message for an earlier one. */
  readonly mayBeRepeated?: boolean
  /** Waits before each page of a log. */
  readonly turn?: Turn
}

/** What is known so far; grows with each look. */
export interface Evidence extends Sightings {
  readonly logs: readonly (LogSearch | null)[]
  readonly deadLetterCount: number | null
  /** Position of the consumer in whose log the message stands; null: in none, or several write into that log. */
  readonly tracedIn: number | null
  /** The last failure after the send in any log, and the position of its consumer; null: none. */
  readonly lastFailure: { readonly consumer: number; readonly invocation: Invocation } | null
  /** The run whose every line was read; null: of none. */
  readonly runRead: {
    readonly requestId: string
    readonly group: string
    readonly lines: readonly LogLine[]
  } | null
  /** At the end, where too little was seen: as the mapping is then. null: not looked, or it cannot be told. */
  readonly mappingAfter: Mapping | null
  /** Likewise: executions that are reserved for the function. */
  readonly reservedConcurrency: number | null
}

/** Before the first look. */
export const nothingSeen = {
  log: null,
  counters: null,
  wasOnQueue: false,
  emptySince: null,
  deadLettered: false,
  deadLettersHidden: false,
  tellsFailures: false,
  runRead: null,
  logs: [],
  tracedIn: null,
  lastFailure: null,
  deadLetterCount: null,
  metrics: null,
  mappingAfter: null,
  reservedConcurrency: null,
}

/** How far back the log is read: the machine's clock may be ahead of AWS's. */
const lookBackMs = 300_000
/** Looks once at the logs and the queue, in parallel. What is refused for good is not asked again. */
export async function look(before: Evidence, request: LookRequest, session: Session): Promise<Evidence> {
  const { delivery, sentAt } = request
  const turn = request.turn === undefined ? {} : { turn: request.turn }
  const { clients, clock, signal } = session
  const wanted = wantedOf(request)
  const terms = searchTerms(wanted)
  // Several functions may write to one group: it is asked once.
  const asked = new Map<string, Promise<LogSearch | null>>()
  const searches = delivery.consumers.map(({ logGroup }, index) => {
    const known = before.logs[index] ?? null
    const search = { group: logGroup, since: sentAt - lookBackMs, terms, ...turn }
    const answer =
      asked.get(logGroup) ??
      (known?.kind === 'refused'
        ? Promise.resolve(known)
        : tolerant(searchLog(clients, search, signal)).then((found) => found ?? known))
    asked.set(logGroup, answer)
    return answer
  })
  const counting =
    delivery.goneUntellable === null ? tolerant(readQueueCounters(clients, delivery.queue)) : null
  const [logs, counted] = await Promise.all([Promise.all(searches), counting])
  const counters = counted ?? before.counters
  const now = clock.now()
  return {
    ...before,
    logs,
    ...merge({ ...before, logs }, wanted, request),
    counters,
    wasOnQueue: before.wasOnQueue || total(counters) > 0,
    emptySince: total(counters) > 0 ? null : (before.emptySince ?? now),
    now,
  }
}

/** No log can be read: nothing but metrics tells of the function. */
export const isBlind = ({ logs }: Pick<Evidence, 'logs'>) =>
  logs.length > 0 && logs.every((log) => log?.kind === 'refused' || log?.kind === 'no-group')

/** Reads the metrics of the function, unless that was refused. With several functions they would tell nothing. */
export async function lookAtMetrics(
  evidence: Evidence,
  { delivery: { consumers }, sentAt }: LookRequest,
  session: Session,
): Promise<Evidence> {
  const [consumer, ...others] = consumers
  const known = evidence.metrics
  if (!consumer || others.length > 0 || (known && known.kind !== 'counts')) return evidence
  // Read only where a log cannot be: most proofs never load it.
  const { searchMetrics } = await import('./metric-evidence.js')
  const metrics = (await tolerant(searchMetrics(consumer, sentAt, session))) ?? known
  return { ...evidence, metrics, now: session.clock.now() }
}

/** Looks once for what could explain that too little was seen. What cannot be read stays unknown. */
export async function lookForReasons(
  evidence: Evidence,
  { delivery: { consumers } }: LookRequest,
  { clients }: Session,
): Promise<Evidence> {
  const [consumer, ...others] = consumers
  if (!consumer || others.length > 0) return evidence
  const [mappingAfter, reservedConcurrency] = await Promise.all([
    orNull(getMapping(clients, consumer.mapping.uuid)),
    orNull(readReservedConcurrency(clients, consumer.handle)),
  ])
  return { ...evidence, mappingAfter, reservedConcurrency }
}

async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  return reading.catch((error: unknown) => {
    if (error instanceof SqsTriggerError) return null
    throw error
  })
}

/** Looks at the dead-letter queue: once, at the end, to keep the calls few. */
export async function lookAtDeadLetters(
  evidence: Evidence,
  { delivery: { deadLetterQueue }, sentAt }: LookRequest,
  { clients, clock }: Session,
): Promise<Evidence> {
  if (!deadLetterQueue) return evidence
  const { address, before } = deadLetterQueue
  const after = before && (await tolerant(readQueueCounters(clients, address)))
  return { ...evidence, ...judgeDeadLetters(deadLetterQueue, after, clock.now() - sentAt) }
}

/** Reads all that one run wrote, in the log in which it stands. */
export async function lookAtRun(evidence: Evidence, run: Invocation, request: LookRequest, session: Session) {
  const group = request.delivery.consumers[evidence.tracedIn ?? 0]?.logGroup
  if (group === undefined) return evidence
  const lines = (await tolerant(readRun(group, run, session, request.turn))) ?? []
  const known = { ...evidence, runRead: { requestId: run.requestId, group, lines } }
  return { ...known, ...merge(known, wantedOf(request), request) }
}

/** Only the log with the trace counts; without one, several functions cannot be told apart. */
function merge(
  { logs, runRead }: Pick<Evidence, 'logs' | 'runRead'>,
  wanted: Wanted,
  { delivery: { consumers }, sentAt }: LookRequest,
): Pick<Evidence, 'log' | 'tracedIn' | 'lastFailure' | 'tellsFailures'> {
  const readings = logs.map((log, index) => {
    if (log?.kind !== 'lines') return null
    const more = runRead?.group === consumers[index]?.logGroup ? (runRead?.lines ?? []) : []
    return readLog([...log.lines, ...more], wanted, consumers[index])
  })
  const failures = readings.flatMap((reading, consumer) =>
    (reading?.invocations ?? [])
      .filter(({ failure, startedAt, unsure }) => failure !== null && startedAt >= sentAt && !unsure)
      .map((invocation) => ({ consumer, invocation })),
  )
  const lastFailure =
    failures.toSorted((a, b) => a.invocation.startedAt - b.invocation.startedAt).at(-1) ?? null
  const traced = readings.flatMap((reading, consumer) => (reading?.trace ? [{ reading, consumer }] : []))
  const sure = traced.filter(({ reading }) => !reading.trace?.unsure)
  const [first, ...more] = sure.length > 0 ? sure : traced
  if (!first) {
    const log = readings.length === 1 ? (readings[0] ?? null) : null
    const tellsFailures = consumers.length === 1 && consumers.every((one) => one.tellsFailures)
    return { log, tracedIn: null, lastFailure, tellsFailures }
  }
  // One run in the log of two: nobody can tell whose it was.
  const same = more.some(({ reading }) => reading.trace?.requestId === first.reading.trace?.requestId)
  const tracedIn = same ? null : first.consumer
  const { tellsFailures = consumers.every((one) => one.tellsFailures) } = consumers[tracedIn ?? -1] ?? {}
  return { log: first.reading, tracedIn, lastFailure, tellsFailures }
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
