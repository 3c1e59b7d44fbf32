import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import { untilAborted } from '../until-aborted.js'
import type { Operation, Proof, ProofHop } from './events.js'
import { doubtsOf, missingPermissions, notIdle } from './proof/doubts.js'
import {
  type Evidence,
  isBlind,
  look,
  lookAtDeadLetters,
  lookAtMetrics,
  lookAtRun,
  lookForReasons,
  nothingSeen,
} from './proof/gather-evidence.js'
import { describeHops } from './proof/hops.js'
import { judgeDelivery, openEnd, type Verdict } from './proof/level.js'
import type { ProofRequest } from './proof/request.js'
import { deadlineOf, graceMs, isSettled, metricsDue, rank, settleMs } from './proof/settling.js'
import type { Invocation } from './runs/invocation-log.js'
import type { Session } from './session.js'
import { heldUpMs } from './waiting/held-up.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createTurns } from './waiting/turns.js'

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
  const paced = { ...request, turn: createTurns(session) }
  const told = new Map<ProofHop['hop'], ProofHop>()
  const tell = (hops: readonly Omit<ProofHop, 'elapsedMs'>[]) => {
    const fresh = hops
      .filter((hop) => isNews(hop, told.get(hop.hop)))
      .map((hop) => ({ ...hop, elapsedMs: clock.now() - sentAt }))
    for (const hop of fresh) told.set(hop.hop, hop)
    return fresh.map((hop) => ({ type: 'proof-hop', hop }) as const)
  }
  const { mayBeRepeated = false, others = 0 } = request
  const { partialResponses, alone, filtersKeep: filtered } = delivery
  const known = { mayBeRepeated, partialResponses, alone, filtered, others }
  let evidence: Evidence = { ...nothingSeen, ...known, sentAt, now: clock.now() }
  let well: WellRun = { requestId: null, since: 0 }
  let warned = false
  let settledAt: number | null = null
  yield* tell(describeHops(evidence, judgeDelivery(evidence), request, false))
  let lookedAt: readonly number[] = []
  try {
    for (;;) {
      const deadline = deadlineNow(evidence)
      await clock.sleep(Math.min(looks.next(clock.now()), Math.max(0, deadline - clock.now())), signal)
      lookedAt = [...lookedAt.slice(-1), clock.now()]
      evidence = await untilAborted(look(evidence, paced, session), signal)
      if (metricsDue(evidence, request)) {
        if (evidence.metrics === null) yield { type: 'step-started', what: waitsForMetrics }
        evidence = await untilAborted(lookAtMetrics(evidence, request, session), signal)
      }
      let verdict = judgeDelivery(evidence)
      well = wellRun(verdict, well, clock.now())
      const { invocation } = verdict
      const lasting = clock.now() - well.since >= settleMs
      if (invocation && lasting && verdict.end === 'stayed' && !isRead(evidence, invocation)) {
        evidence = await untilAborted(lookAtRun(evidence, invocation, paced, session), signal)
        verdict = judgeDelivery(evidence)
      }
      const settled = isSettled(evidence, verdict, request)
      settledAt = settled ? (settledAt ?? clock.now()) : null
      const last =
        clock.now() >= deadlineNow(evidence) ||
        (settledAt !== null && clock.now() - settledAt >= graceMs(verdict, evidence, request))
      if (last) {
        evidence = await lastLook(evidence, verdict, lookedAt, paced, session)
        verdict = judgeDelivery(evidence)
      }
      const sure = last || clock.now() - well.since >= settleMs
      yield* tell(describeHops(evidence, verdict, request, last).filter((hop) => sure || !isPass(hop)))
      const why = warned || last ? undefined : whyNoMore(evidence, request)
      if (why !== undefined) {
        warned = true
        yield { type: 'warning', message: why }
      }
      if (last) return proofOf(evidence, verdict, request, [...told.values()])
    }
  } catch (error) {
    if (!signal.aborted) throw error
    throw interrupted(session, request, evidence)
  }
}

type Hop = Omit<ProofHop, 'elapsedMs'>

/** The run of a message may turn out to be another one. */
const isNews = (hop: Hop, before: Hop | undefined) =>
  hop.outcome !== before?.outcome || (hop.hop === 'invoked' && hop.detail !== before.detail)

/** Told only once it is certain: a failure may be seen later than the end of its run. */
const isPass = ({ hop, outcome }: Hop) => hop === 'invoked' && outcome === 'seen'

/** The run that is seen to have ended without an error, and since when. */
interface WellRun {
  readonly requestId: string | null
  readonly since: number
}

function wellRun({ invocation }: Verdict, before: WellRun, now: number): WellRun {
  const requestId = invocation?.finished && invocation.failure === null ? invocation.requestId : null
  return requestId !== null && requestId === before.requestId ? before : { requestId, since: now }
}

/** Said while it is still waited: only a trace in the log can now show more than that the message is gone. */
function whyNoMore(evidence: Evidence, { delivery, wanted, sentAt }: ProofRequest): string | undefined {
  const ended = evidence.log?.invocations.some(({ finished, startedAt }) => finished && startedAt >= sentAt)
  if (!ended || !delivery.alone || rank[wanted] < rank.medium) return undefined
  const [why] = notIdle(
    evidence,
    delivery.consumers.map(({ name }) => name),
  )
  return why
}

const isRead = ({ runRead }: Evidence, { requestId }: Invocation) => runRead?.requestId === requestId

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
  const { invocation, end } = verdict
  const unclear = (end === 'ran' || end === 'stayed') && invocation && !isRead(seen, invocation)
  if (unclear || delivery.deadLetterQueue?.before) {
    // The same API once more: never three times within a second.
    const [secondLast = 0, last] = lookedAt
    const pause = last === undefined ? 0 : secondLast + 1_000 - clock.now()
    if (pause > 0) await clock.sleep(pause, signal)
  }
  if (unclear) seen = await untilAborted(lookAtRun(seen, invocation, request, session), signal)
  seen = await untilAborted(lookAtDeadLetters(seen, request, session), signal)
  const settled = verdict.invocation?.failure || seen.log?.repeated === 'certain'
  if (rank[verdict.level] >= rank[wanted] || settled) return seen
  // Events that the mapping counts tell what its filters deleted.
  const counts = isBlind(seen) || delivery.consumers.some(({ mapping }) => mapping.eventCountMetrics)
  const fresh = seen.metrics?.kind === 'counts' && seen.metrics.readAt === seen.now
  if (counts && !fresh) seen = await untilAborted(lookAtMetrics(seen, request, session), signal)
  return untilAborted(lookForReasons(seen, request, session), signal)
}

function proofOf(
  seen: Evidence,
  verdict: Verdict,
  request: ProofRequest,
  evidence: readonly ProofHop[],
): Proof {
  const { level, invocation, counted } = verdict
  const { message, wanted, delivery, mayBeRepeated } = request
  const dropped = seen.log?.repeated === 'certain'
  const met = rank[level] >= rank[wanted]
  const enough = met || invocation?.failure != null || dropped
  const [only, ...others] = delivery.mappings
  const mapping = others.length === 0 ? only : delivery.consumers[seen.tracedIn ?? -1]?.mapping
  return {
    level,
    messageId: message.messageId,
    requestId: invocation?.requestId ?? null,
    functionFailed: invocation?.failure != null || counted === 'failed' || openEnd(seen, verdict) !== null,
    evidence,
    doubts: enough ? [] : doubtsOf(seen, request),
    ...(dropped ? { repeated: true } : mayBeRepeated && !met ? { repeated: null } : {}),
    missingPermissions: enough ? [] : missingPermissions(seen, request),
    mapping: mapping ? { uuid: mapping.uuid, functionArn: mapping.functionArn } : null,
  }
}

function interrupted(session: Session, request: ProofRequest, seen: Evidence): SqsTriggerError {
  const { reason } = session.signal
  const { message, others = 0, delivery } = request
  const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
  const more = others === 0 ? '' : ` with ${others} ${others === 1 ? 'other' : 'others'}`
  const sent = `Message ${message.messageId} was sent${more}${fate(request, seen)}`
  const [first = { uuid: delivery.queue.arn }] = delivery.mappings
  const hint = toolCommand(session.clients, 'logs', first.uuid, '--message', message.messageId)
  return new SqsTriggerError(code, `Stopped looking for proof. ${sent}`, { hint, cause: reason })
}

/** What is certain of the message when nobody looks any more. */
function fate({ delivery, mayBeRepeated = false }: ProofRequest, seen: Evidence): string {
  const { level, gone } = judgeDelivery(seen)
  const names = delivery.consumers.map(({ name }) => name).join(', ')
  if (level === 'strong') return `, and reached ${names}.`
  if (gone) return ', and is gone from the queue.'
  if (seen.log?.repeated === 'certain') return '; SQS dropped it as a repeated one.'
  if (mayBeRepeated) return '; AWS delivers it, unless it was dropped as a repeated one.'
  const filters = delivery.mappings.some((mapping) => mapping.filters?.length !== 0)
  return filters ? '; AWS delivers it, unless the filters delete it.' : ', and AWS goes on delivering it.'
}
