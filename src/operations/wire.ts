import type { Change } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { Facts } from '../preflight/facts.js'
import type { Finding, Severity } from '../preflight/finding.js'
import { runPreflight } from '../preflight/run-preflight.js'
import { madeByCreation, sendChange } from './apply-change.js'
import type { Operation, Target } from './events.js'
import { compareExisting, existingMapping } from './existing-mapping.js'
import { readMapping } from './find-mapping.js'
import type { ApplyOptions, PlanOptions, WireOptions, WireRequest } from './requests.js'
import type { WirePlan, WireResult } from './results.js'
import { sendMessages } from './send.js'
import type { Session } from './session.js'
import { waitFor } from './wait.js'
import { conflictWith, duplicateNamedIn, requireApplicable } from './wiring-conflict.js'

/** A plan with everything that was read for it, for those who ask before they apply. */
export interface PlannedWiring extends WirePlan {
  readonly facts: Facts
}

/**
 * Preflight, and what it would take to wire: changes nothing. A conflict with an existing mapping outranks blocking
 * findings, because it needs another command, not another setting.
 * @throws SqsTriggerError USAGE for malformed names, or when nobody is signed in.
 */
export async function* planWiring(
  request: WireRequest,
  session: Session,
  options: PlanOptions = {},
): Operation<PlannedWiring> {
  const { context, target, findings, facts } = yield* runPreflight(request, session)
  const existing = existingMapping(facts, target)
  const compared =
    existing && existing.state !== 'Deleting'
      ? yield* compareExisting(request.settings, existing, session)
      : null
  const blocking = findings.filter((finding) => isBlocking(finding, options.failOn ?? 'error'))
  const outcome =
    compared && compared.outcome !== 'unchanged'
      ? compared.outcome
      : blocking.length > 0
        ? 'blocked'
        : (compared?.outcome ?? 'create')
  const changes = outcome === 'create' ? [creation(target, request.settings)] : []
  if (outcome === 'create' || outcome === 'unchanged') yield { type: 'planned', changes }
  const differences = compared?.differences ?? []
  return {
    context,
    target,
    findings,
    blocking,
    changes,
    existing,
    outcome,
    differences,
    settings: request.settings,
    facts,
  }
}

/**
 * Creates the mapping and waits until it is as asked for. Applying an unchanged plan only waits, so that an
 * interrupted run is completed by the next.
 * @throws SqsTriggerError CHECKS_FAILED, MAPPING_DIFFERS or MAPPING_DISABLED for a plan that cannot be applied;
 *   otherwise as AWS answers, or as `waitFor`.
 */
export async function* applyWiring(
  plan: WirePlan,
  options: ApplyOptions,
  session: Session,
): Operation<WireResult> {
  const { timeoutMs = 120_000, wait = true } = options
  const started = session.clock.now()
  const left = () => Math.max(0, started + timeoutMs - session.clock.now())
  requireApplicable(plan, session)
  if (plan.existing?.state === 'Deleting') {
    yield { type: 'step-started', what: 'Waiting until the old mapping is gone' }
    yield* waitFor(
      { uuid: plan.existing.uuid, for: 'deleted', timeoutMs: left(), seen: plan.existing },
      session,
    )
  }
  const { mapping, outcome } =
    plan.outcome === 'create' ? yield* create(plan, left, session) : unchanged(plan.existing)
  const result = { mapping, outcome, waitedMs: session.clock.now() - started, proof: null }
  if (!wait) return result
  const wanted = plan.settings.enabled === false ? 'disabled' : 'enabled'
  const request = {
    uuid: mapping.uuid,
    for: wanted,
    timeoutMs: left(),
    seen: mapping,
    justCreated: outcome === 'created',
  } as const
  const waited = yield* waitFor(request, session)
  return { ...result, mapping: waited.mapping ?? mapping, waitedMs: session.clock.now() - started }
}

/**
 * Everything in one: plan, apply, and, when the request says so, a test message with its proof. For programs; the
 * command asks in between.
 * @throws SqsTriggerError as `planWiring` and `applyWiring`; a proof that falls short is no error.
 */
export async function* wire(
  request: WireRequest,
  options: WireOptions,
  session: Session,
): Operation<WireResult> {
  if (request.sendTest && (options.wait === false || request.settings.enabled === false)) {
    throw new SqsTriggerError(
      'USAGE',
      'A test message needs a mapping that is Enabled: wait for it, or send none.',
    )
  }
  const plan = yield* planWiring(request, session, options)
  const result = yield* applyWiring(plan, options, session)
  if (!request.sendTest) return result
  const { body, prove = 'medium', proofTimeoutMs } = options
  const message = {
    queue: result.mapping.queueArn,
    count: 1,
    prove,
    ...(body === undefined ? {} : { body }),
    ...(proofTimeoutMs === undefined ? {} : { timeoutMs: proofTimeoutMs }),
  }
  const { proof } = yield* sendMessages(message, session, {
    context: plan.context,
    mapping: result.mapping,
  })
  return { ...result, proof }
}

/** Does this finding stand in the way at this level? A mapping that differs is a conflict, and told as one. */
function isBlocking({ rule, status, severity }: Finding, failOn: Severity): boolean {
  const rank: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 }
  return (
    rule !== 'mapping-differs' && (status === 'fail' || status === 'warn') && rank[severity] >= rank[failOn]
  )
}

function creation({ queueArn, functionArn }: Target, settings: MappingSettings): Change {
  if (queueArn === null || functionArn === null)
    throw new TypeError('a plan without queue or function cannot be created')
  return {
    action: 'create',
    type: 'event-source-mapping',
    iamAction: 'lambda:CreateEventSourceMapping',
    queueArn,
    functionArn,
    settings,
  }
}

type Made = Pick<WireResult, 'mapping' | 'outcome'>

/** Applies the changes of the plan. Someone else may have been faster: then theirs is compared like any other. */
async function* create(plan: WirePlan, left: () => number, session: Session): Operation<Made> {
  let made: Made | undefined
  for (const change of plan.changes) {
    const began = session.clock.now()
    try {
      const sent = await sendChange(change, session)
      yield { type: 'change-applied', change, made: sent.made }
      if (sent.mapping) made = { mapping: sent.mapping, outcome: 'created' }
    } catch (error) {
      const uuid = duplicateNamedIn(error)
      if (uuid === undefined) throw error
      const other = await readMapping(uuid, session)
      if (other.state === 'Deleting') {
        yield* waitFor({ uuid, for: 'deleted', timeoutMs: left(), seen: other }, session)
        return yield* create(plan, left, session)
      }
      const conflict = conflictWith(
        other,
        yield* compareExisting(plan.settings, other, session),
        plan.settings,
        session,
      )
      if (conflict) throw conflict
      if (isOwn(error, other, began)) {
        yield { type: 'change-applied', change, made: madeByCreation(change, other, session.clients) }
        made = { mapping: other, outcome: 'created' }
      } else {
        made = { mapping: other, outcome: 'unchanged' }
      }
    }
  }
  return made ?? unchanged(plan.existing)
}

/**
 * Is this the mapping of our own first attempt, whose answer was cut off? The SDK then asks again by itself, and AWS
 * answers that the mapping exists.
 */
function isOwn(error: unknown, { lastModified }: Mapping, began: number): boolean {
  const attempts = error instanceof SqsTriggerError ? (error.aws?.attempts ?? 1) : 1
  return attempts > 1 && lastModified !== undefined && Date.parse(lastModified) >= began - clockSkewMs
}

/** The clocks of this machine and of AWS differ a little; simpler endpoints than AWS cut the fraction of a second. */
const clockSkewMs = 2_000

function unchanged(existing: Mapping | null): Made {
  if (!existing) throw new TypeError('an unchanged plan has a mapping')
  return { mapping: existing, outcome: 'unchanged' }
}
