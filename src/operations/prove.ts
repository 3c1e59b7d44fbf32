import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Delivery } from './delivery.js'
import type { Operation, Proof, ProofHop, ProofLevel, SentMessage } from './events.js'
import {
  type Evidence,
  isBlind,
  look,
  lookAtDeadLetters,
  lookAtMetrics,
  lookForReasons,
  nothingSeen,
} from './gather-evidence.js'
import { heldUpMs } from './held-up.js'
import { createLookSchedule } from './look-schedule.js'
import { doubtsOf, missingPermissions } from './proof-doubts.js'
import { describeHops } from './proof-hops.js'
import { judgeDelivery, openEnd, type Verdict } from './proof-level.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

export interface ProofRequest {
  readonly message: SentMessage
  /** How many more were sent with it. Default 0. */
  readonly others?: number
  readonly delivery: Delivery
  /** Milliseconds since the epoch. */
  readonly sentAt: number
  /** Evidence at which to stop; a failure of the function stops it, too. */
  readonly wanted: ProofLevel
  /** true: the deduplication id was given, so SQS may have taken the message for an earlier one. Default false. */
  readonly mayBeRepeated?: boolean
  /** Default: delay + batching window + function timeout + 60 s. */
  readonly timeoutMs?: number
}

/**
 * Gathers evidence that a message was delivered: the function's log, the queue's counters, the dead-letter queue.
 * Never receives from the queue, because that would hide the message and count as a delivery. Ends with what was
 * seen when the deadline comes: too little evidence is an answer, not an error.
 * @throws SqsTriggerError what the signal's reason says, with the message id.
 */
export async function* proveDelivery(request: ProofRequest, session: Session): Operation<Proof> {
  const { delivery, sentAt } = request
  const { clock, signal } = session
  const before = heldUpMs(session)
  // While a person signs in again, nothing is looked at.
  const deadlineNow = (seen: Evidence) => deadlineOf(seen, request) + heldUpMs(session) - before
  const looks = createLookSchedule(clock.now(), 'free')
  const told = new Map<ProofHop['hop'], ProofHop>()
  const tell = (hops: readonly Omit<ProofHop, 'elapsedMs'>[]) => {
    const fresh = hops
      .filter(({ hop, outcome }) => told.get(hop)?.outcome !== outcome)
      .map((hop) => ({ ...hop, elapsedMs: clock.now() - sentAt }))
    for (const hop of fresh) told.set(hop.hop, hop)
    return fresh.map((hop) => ({ type: 'proof-hop', hop }) as const)
  }
  const { mayBeRepeated = false } = request
  const { partialResponses } = delivery
  let evidence: Evidence = { ...nothingSeen, mayBeRepeated, partialResponses, sentAt, now: clock.now() }
  let settledAt: number | null = null
  yield* tell(describeHops(evidence, judgeDelivery(evidence), request, false))
  let lookedAt: readonly number[] = []
  try {
    for (;;) {
      const deadline = deadlineNow(evidence)
      await clock.sleep(Math.min(looks.next(clock.now()), Math.max(0, deadline - clock.now())), signal)
      lookedAt = [...lookedAt.slice(-1), clock.now()]
      evidence = await untilAborted(look(evidence, request, session), signal)
      if (metricsDue(evidence, request)) {
        if (evidence.metrics === null) yield { type: 'step-started', what: waitsForMetrics }
        evidence = await untilAborted(lookAtMetrics(evidence, request, session), signal)
      }
      let verdict = judgeDelivery(evidence)
      const settled = isSettled(evidence, verdict, request)
      settledAt = settled ? (settledAt ?? clock.now()) : null
      const last =
        clock.now() >= deadlineNow(evidence) ||
        (settledAt !== null && clock.now() - settledAt >= graceMs(verdict, evidence, request))
      if (last) {
        evidence = await lastLook(evidence, verdict, lookedAt, request, session)
        verdict = judgeDelivery(evidence)
      }
      yield* tell(describeHops(evidence, verdict, request, last))
      if (last) return proofOf(evidence, verdict, request, [...told.values()])
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw interrupted(session, request, judgeDelivery(evidence))
  }
}

/** Log lines and counters may come a little later than what they report. */
const lagMs = 15_000
const settleMs = 5_000

const rank: Readonly<Record<ProofLevel, number>> = { none: 0, weak: 1, medium: 2, strong: 3 }

const waitsForMetrics = 'Waiting for CloudWatch, whose numbers come a minute or more late'

/** The dead-letter queue, and where too little was seen also what could explain it. */
async function lastLook(
  evidence: Evidence,
  verdict: Verdict,
  lookedAt: readonly number[],
  request: ProofRequest,
  session: Session,
): Promise<Evidence> {
  const { delivery, wanted } = request
  const { clock, signal } = session
  let seen = evidence
  if (delivery.deadLetterQueue?.before) {
    // The same API once more: never three times within a second.
    const [secondLast = 0, last] = lookedAt
    const pause = last === undefined ? 0 : secondLast + 1_000 - clock.now()
    if (pause > 0) await clock.sleep(pause, signal)
    seen = await untilAborted(lookAtDeadLetters(seen, request, session), signal)
  }
  if (rank[verdict.level] >= rank[wanted] || verdict.invocation?.failure) return seen
  // Events that the mapping counts tell what its filters deleted.
  const counts = isBlind(seen) || delivery.consumers.some(({ mapping }) => mapping.eventCountMetrics)
  const fresh = seen.metrics?.kind === 'counts' && seen.metrics.readAt === seen.now
  if (counts && !fresh) seen = await untilAborted(lookAtMetrics(seen, request, session), signal)
  return untilAborted(lookForReasons(seen, request, session), signal)
}

/** By then CloudWatch shows what ran, as a rule. */
const metricsShowMs = 180_000
const metricsGapMs = 20_000

/** The usual deadline, unless metrics are all that can still raise a weak proof to the bar. */
function deadlineOf(evidence: Evidence, request: ProofRequest): number {
  const { sentAt, timeoutMs, delivery } = request
  if (timeoutMs !== undefined) return sentAt + timeoutMs
  const worthIt = metricsMayTell(evidence, judgeDelivery(evidence), request)
  return sentAt + Math.max(delivery.deadlineMs, worthIt ? metricsShowMs : 0)
}

/** Metrics tell of a run at most that it was without an error: worth waiting for where the message is gone. */
function metricsMayTell(evidence: Evidence, { level, gone }: Verdict, { wanted, delivery }: ProofRequest) {
  const { metrics } = evidence
  if (wanted !== 'medium' || level !== 'weak' || !gone || delivery.consumers.length !== 1) return false
  if (!isBlind(evidence)) return false
  return metrics === null || (metrics.kind === 'counts' && (!metrics.settled || metrics.runs === 0))
}

function metricsDue(evidence: Evidence, request: ProofRequest): boolean {
  const { metrics, now } = evidence
  if (!metricsMayTell(evidence, judgeDelivery(evidence), request)) return false
  return metrics === null || (metrics.kind === 'counts' && now - metrics.readAt >= metricsGapMs)
}

/** Is there nothing left that a further look is likely to change? */
function isSettled(evidence: Evidence, verdict: Verdict, request: ProofRequest): boolean {
  const { level, gone, invocation, counted } = verdict
  const { wanted, delivery } = request
  if (invocation?.failure || counted === 'failed') return true
  if (metricsMayTell(evidence, verdict, request)) return false
  // A message that the function returned as failed is seen by nothing but its staying.
  const mayStay = delivery.partialResponses && delivery.goneUntellable === null
  if (level === 'strong') return (gone || !mayStay) && (invocation === null || invocation.finished)
  return gone || rank[level] >= rank[wanted]
}

/** How long a settled state is watched for what comes a little later. */
function graceMs(
  { level, gone, invocation, counted }: Verdict,
  evidence: Evidence,
  { wanted, delivery }: ProofRequest,
): number {
  if (invocation?.failure || counted) return 0
  if (level === 'strong') return gone || delivery.goneUntellable !== null ? 0 : settleMs
  const blind = evidence.logs.every((log) => log?.kind === 'refused')
  return rank[level] >= Math.max(1, rank[wanted]) || blind ? 0 : lagMs
}

function proofOf(
  seen: Evidence,
  verdict: Verdict,
  request: ProofRequest,
  evidence: readonly ProofHop[],
): Proof {
  const { level, invocation, counted } = verdict
  const { message, wanted, delivery } = request
  const enough = rank[level] >= rank[wanted] || invocation?.failure != null
  const [only, ...others] = delivery.mappings
  const mapping = others.length === 0 ? only : delivery.consumers[seen.tracedIn ?? -1]?.mapping
  return {
    level,
    messageId: message.messageId,
    requestId: invocation?.requestId ?? null,
    functionFailed: invocation?.failure != null || counted === 'failed' || openEnd(seen, verdict) !== null,
    evidence,
    doubts: enough ? [] : doubtsOf(seen, request),
    missingPermissions: enough ? [] : missingPermissions(seen, request),
    mapping: mapping ? { uuid: mapping.uuid, functionArn: mapping.functionArn } : null,
  }
}

function interrupted(session: Session, request: ProofRequest, verdict: Verdict): SqsTriggerError {
  const { reason } = session.signal
  const { message, others = 0, delivery } = request
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const more = others === 0 ? '' : ` with ${others} ${others === 1 ? 'other' : 'others'}`
  const sent = `Message ${message.messageId} was sent${more}${fate(request, verdict)}`
  const [first = { uuid: delivery.queue.arn }] = delivery.mappings
  const hint = toolCommand(session.clients, 'logs', first.uuid)
  return new SqsTriggerError(code, `Stopped looking for proof. ${sent}`, { hint, cause: reason })
}

/** What is certain of the message when nobody looks any more. */
function fate({ delivery, mayBeRepeated = false }: ProofRequest, { level, gone }: Verdict): string {
  const names = delivery.consumers.map(({ name }) => name).join(', ')
  if (level === 'strong') return `, and reached ${names}.`
  if (gone) return ', and is gone from the queue.'
  if (mayBeRepeated) return '; AWS delivers it, unless it was dropped as a repeated one.'
  const filters = delivery.mappings.some((mapping) => mapping.filters?.length !== 0)
  return filters ? '; AWS delivers it, unless the filters delete it.' : ', and AWS goes on delivering it.'
}
