import type { Change } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { Facts } from '../preflight/facts.js'
import { blocking as blockingAt } from '../preflight/strictness.js'
import type { Operation, Target } from './events.js'
import type { ApplyOptions, PlanOptions, WireOptions, WireRequest } from './requests.js'
import type { WirePlan, WireResult } from './results.js'
import { type PreflightResult, runPreflight } from './run-preflight.js'
import { sendMessages } from './send.js'
import type { Session } from './session.js'
import { waitFor } from './wait.js'
import { requireApplicable } from './wire/conflict.js'
import { type Created, createPlanned } from './wire/create.js'
import { compareExisting, existingMapping } from './wire/existing-mapping.js'
import { askingAgain } from './wire/propagation.js'

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
  return yield* planFound(yield* runPreflight(request, session), request, session, options)
}

/** The plan for what a preflight of the same request has just found: nothing is judged again. */
export async function* planFound(
  { context, target, findings, facts, samples }: PreflightResult,
  request: WireRequest,
  session: Session,
  options: PlanOptions = {},
): Operation<PlannedWiring> {
  const existing = existingMapping(facts, target)
  const compared =
    existing && existing.state !== 'Deleting'
      ? yield* compareExisting(request.settings, existing, session)
      : null
  // A mapping that differs is a conflict, and told as one.
  const blocking = blockingAt(findings, { failOn: options.failOn ?? 'error' }).filter(
    ({ rule }) => rule !== 'mapping-differs',
  )
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
    ...(samples === undefined ? {} : { samples }),
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
  /** Asking again for a creation has a limit of its own. */
  const left = (apartMs = 0) => Math.max(0, started + apartMs + timeoutMs - session.clock.now())
  requireApplicable(plan, session)
  if (plan.existing?.state === 'Deleting') {
    yield { type: 'step-started', what: 'Waiting until the old mapping is gone' }
    yield* waitFor(
      { uuid: plan.existing.uuid, for: 'deleted', timeoutMs: left(), seen: plan.existing },
      session,
    )
  }
  const asking = askingAgain(options)
  const made = plan.outcome === 'create' ? yield* createPlanned(plan, { left, asking }, session) : null
  const { mapping, outcome, pendingMs } = made ?? unchanged(plan.existing)
  const result = { mapping, outcome, waitedMs: session.clock.now() - started, proof: null }
  if (!wait) return result
  const wanted = plan.settings.enabled === false ? 'disabled' : 'enabled'
  const request = {
    uuid: mapping.uuid,
    for: wanted,
    timeoutMs: left(pendingMs),
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
  const { body: testBody } = options
  const asked = testBody === undefined ? request : { ...request, testBody }
  const plan = yield* planWiring(asked, session, options)
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

function unchanged(existing: Mapping | null): Created {
  if (!existing) throw new TypeError('an unchanged plan has a mapping')
  return { mapping: existing, outcome: 'unchanged', pendingMs: 0 }
}
