import type { ProofLevel } from '../events.js'
import { type Evidence, isBlind } from './gather-evidence.js'
import { judgeDelivery, type Verdict } from './level.js'
import type { ProofRequest } from './request.js'

/** Log lines and counters may come a little later than what they report. */
const lagMs = 15_000
/** How long what was seen of a run has to stand before it is believed. */
export const settleMs = 5_000

/** In the order of their strength. */
export const rank: Readonly<Record<ProofLevel, number>> = { none: 0, weak: 1, medium: 2, strong: 3 }

/** By then CloudWatch shows what ran, as a rule. */
const metricsShowMs = 180_000
const metricsGapMs = 20_000

/** The usual deadline, unless metrics are all that can still raise a weak proof to the bar. */
export function deadlineOf(evidence: Evidence, request: ProofRequest): number {
  const { sentAt, timeoutMs, delivery } = request
  if (timeoutMs !== undefined) return sentAt + timeoutMs
  const worthIt = metricsMayTell(evidence, judgeDelivery(evidence), request)
  return sentAt + Math.max(delivery.deadlineMs, worthIt ? metricsShowMs : 0)
}

/** Metrics tell of a run at most that it was without an error: worth waiting for where the message is gone. */
function metricsMayTell(evidence: Evidence, { level, gone }: Verdict, { wanted, delivery }: ProofRequest) {
  const { metrics } = evidence
  const lacksOnlyRun = gone && (level === 'weak' || (delivery.filtersKeep && !evidence.deadLettered))
  if (wanted !== 'medium' || level === 'medium' || !lacksOnlyRun || delivery.consumers.length !== 1)
    return false
  if (!isBlind(evidence)) return false
  return metrics === null || (metrics.kind === 'counts' && (!metrics.settled || metrics.runs === 0))
}

/** Is it time to ask CloudWatch, whose numbers come late and rarely change? */
export function metricsDue(evidence: Evidence, request: ProofRequest): boolean {
  const { metrics, now } = evidence
  if (!metricsMayTell(evidence, judgeDelivery(evidence), request)) return false
  return metrics === null || (metrics.kind === 'counts' && now - metrics.readAt >= metricsGapMs)
}

/** Is there nothing left that a further look is likely to change? */
export function isSettled(evidence: Evidence, verdict: Verdict, request: ProofRequest): boolean {
  const { level, gone, invocation, counted } = verdict
  const { wanted, delivery, others = 0 } = request
  if (invocation?.failure || counted === 'failed') return true
  if (evidence.log?.repeated) return true
  if (metricsMayTell(evidence, verdict, request)) return false
  // A message that was not handled after all is seen by nothing but its staying. Of a batch nobody knows which stay, but
  // those that a function returned as failed are its own.
  const mayStay = delivery.goneUntellable === null && (delivery.partialResponses || others === 0)
  if (level === 'strong') return (gone || !mayStay) && (invocation === null || invocation.finished)
  return gone || rank[level] >= rank[wanted]
}

/** How long a settled state is watched for what comes a little later. */
export function graceMs(
  { level, gone, invocation, counted }: Verdict,
  evidence: Evidence,
  { wanted, delivery }: ProofRequest,
): number {
  if (invocation?.failure || counted || evidence.log?.repeated === 'certain') return 0
  if (level === 'strong') return gone || delivery.goneUntellable !== null ? 0 : settleMs
  const blind = evidence.logs.every((log) => log?.kind === 'refused')
  return rank[level] >= Math.max(1, rank[wanted]) || blind ? 0 : lagMs
}
