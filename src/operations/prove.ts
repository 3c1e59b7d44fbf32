import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Delivery } from './delivery.js'
import type { Operation, Proof, ProofHop, ProofLevel, SentMessage } from './events.js'
import { type Evidence, look, lookAtDeadLetters, nothingSeen } from './gather-evidence.js'
import { heldUpMs } from './held-up.js'
import { createLookSchedule } from './look-schedule.js'
import { describeHops } from './proof-hops.js'
import { judgeDelivery, openEnd, type Verdict } from './proof-level.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

export interface ProofRequest {
  readonly message: SentMessage
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
  const { message, delivery, sentAt } = request
  const { clock, signal } = session
  const limit = sentAt + (request.timeoutMs ?? delivery.deadlineMs)
  const before = heldUpMs(session)
  const deadline = () => limit + heldUpMs(session) - before
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
  try {
    for (;;) {
      await clock.sleep(Math.min(looks.next(clock.now()), Math.max(0, deadline() - clock.now())), signal)
      evidence = await untilAborted(look(evidence, request, session), signal)
      let verdict = judgeDelivery(evidence)
      const settled = isSettled(verdict, request)
      settledAt = settled ? (settledAt ?? clock.now()) : null
      const last =
        clock.now() >= deadline() ||
        (settledAt !== null && clock.now() - settledAt >= graceMs(verdict, evidence, request))
      if (last) {
        evidence = await untilAborted(lookAtDeadLetters(evidence, request, session), signal)
        verdict = judgeDelivery(evidence)
      }
      yield* tell(describeHops(evidence, verdict, request, last))
      if (last) return proofOf(evidence, verdict, message, [...told.values()])
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw interrupted(session, request)
  }
}

/** Log lines and counters may come a little later than what they report. */
const lagMs = 15_000
const settleMs = 5_000

const rank: Readonly<Record<ProofLevel, number>> = { none: 0, weak: 1, medium: 2, strong: 3 }

/** Is there nothing left that a further look is likely to change? */
function isSettled({ level, gone, invocation }: Verdict, { wanted, delivery }: ProofRequest): boolean {
  if (invocation?.failure) return true
  // A message that the function returned as failed is seen by nothing but its staying.
  const mayStay = delivery.partialResponses && delivery.goneUntellable === null
  if (level === 'strong') return (gone || !mayStay) && (invocation === null || invocation.finished)
  return gone || rank[level] >= rank[wanted]
}

/** How long a settled state is watched for what comes a little later. */
function graceMs(
  { level, gone, invocation }: Verdict,
  evidence: Evidence,
  { wanted, delivery }: ProofRequest,
): number {
  if (invocation?.failure) return 0
  if (level === 'strong') return gone || delivery.goneUntellable !== null ? 0 : settleMs
  const blind = evidence.logs.every((log) => log?.kind === 'refused')
  return rank[level] >= Math.max(1, rank[wanted]) || blind ? 0 : lagMs
}

function proofOf(
  seen: Evidence,
  verdict: Verdict,
  { messageId }: SentMessage,
  evidence: readonly ProofHop[],
): Proof {
  const { level, invocation } = verdict
  return {
    level,
    messageId,
    requestId: invocation?.requestId ?? null,
    functionFailed: invocation?.failure != null || openEnd(seen, verdict) !== null,
    evidence,
  }
}

function interrupted({ signal, clients }: Session, { message, delivery }: ProofRequest): SqsTriggerError {
  const { reason } = signal
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const sent = `Message ${message.messageId} was sent, and AWS goes on delivering it.`
  const hint = toolCommand(clients, 'status', delivery.queue.arn)
  return new SqsTriggerError(code, `Stopped looking for proof. ${sent}`, { hint, cause: reason })
}
