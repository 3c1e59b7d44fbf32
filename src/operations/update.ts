import { toolCommand, updateCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import { isOff, type MappingUpdate, settingsAfter } from '../mapping-update.js'
import { blocking as blockingAt } from '../preflight/strictness.js'
import type { Operation } from './events.js'
import { findMapping, readMapping } from './find-mapping.js'
import { functionHere } from './mapping-ends.js'
import type { UpdatePlan, UpdateResult } from './mapping-results.js'
import type { ApplyOptions, PlanOptions, UpdateInput } from './requests.js'
import { runPreflight } from './run-preflight.js'
import { sendWhenFree } from './send-when-free.js'
import type { Session } from './session.js'
import { changesOf, formerOf, undoOf } from './update/changes.js'
import { checksOf } from './update/checks.js'
import { differing, readTagsFor } from './update/differences.js'
import { waitFor } from './wait.js'

/**
 * What it takes to give a mapping the settings that are asked for; changes nothing. What it has already is not asked
 * for again. The settings that it would then have are judged, and where AWS looks again (a mapping that is switched on,
 * or that calls another function) queue, function and role as well.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`.
 */
export async function* planUpdate(
  request: UpdateInput,
  session: Session,
  options: PlanOptions = {},
): Operation<UpdatePlan> {
  const { context, mapping: found } = yield* findMapping(request.mapping, request.functionName, session)
  // A list withholds encrypted filters.
  const mapping = found.filters === undefined ? await readMapping(found.uuid, session) : found
  const functionArn = request.toFunction && functionHere(request.toFunction, context).arn
  const target = {
    queueArn: mapping.queueArn,
    functionArn: functionArn ?? mapping.functionArn,
    roleArn: null,
  }
  if (functionArn !== undefined) yield { type: 'target-resolved', target }
  if (mapping.state === 'Deleting') throw isGoing(mapping.uuid, session)

  const { settings = {}, clear = [], untag = [] } = request
  const asked = { settings, clear, untag, ...(functionArn === undefined ? {} : { functionArn }) }
  const tags = yield* readTagsFor(asked, mapping, session)
  const { update, differences } = differing(asked, mapping, tags)
  const about = { context, target, mapping, update, differences }
  if (differences.length === 0)
    return { ...about, findings: [], blocking: [], changes: [], outcome: 'unchanged' }

  const findings = yield* judged(update, target.functionArn, about, session)
  const blocking = blockingAt(findings, { failOn: options.failOn ?? 'error' })
  const changes = blocking.length > 0 ? [] : changesOf(update, mapping)
  if (changes.length > 0) yield { type: 'planned', changes }
  return { ...about, findings, blocking, changes, outcome: blocking.length > 0 ? 'blocked' : 'update' }
}

async function* judged(
  update: MappingUpdate,
  functionArn: string,
  { mapping }: Pick<UpdatePlan, 'mapping'>,
  session: Session,
): Operation<UpdatePlan['findings']> {
  const only = await checksOf(update)
  if (only.length === 0) return []
  const settings = settingsAfter(mapping, update)
  const request = {
    queue: mapping.queueArn,
    function: functionArn,
    settings,
    sendTest: false,
    ignore: [],
    only,
  }
  return (yield* runPreflight(request, session)).findings
}

/**
 * Makes the changes of a plan, and waits until the mapping is at rest again. A mapping that is in transition refuses
 * them: it is asked again until the deadline. Applying an unchanged plan only waits.
 * @throws SqsTriggerError CHECKS_FAILED for a plan that is blocked, MAPPING_BUSY when the mapping stays in use,
 *   NOT_FINISHED, or as AWS answers.
 */
export async function* applyUpdate(
  plan: UpdatePlan,
  options: ApplyOptions,
  session: Session,
): Operation<UpdateResult> {
  const { timeoutMs = 120_000, wait = true } = options
  const { clients, clock } = session
  const { mapping, update } = plan
  if (plan.outcome === 'blocked') {
    const fix = plan.blocking[0]?.fix?.commands[0]?.text
    const count = plan.blocking.length === 1 ? 'One check' : `${plan.blocking.length} checks`
    throw new SqsTriggerError('CHECKS_FAILED', `${count} failed. Nothing was changed.`, {
      ...(fix === undefined ? {} : { hint: fix }),
    })
  }
  const started = clock.now()
  const hint = updateCommand(clients, mapping.uuid, update)
  let current = mapping
  for (const change of plan.changes) {
    const deadline = started + timeoutMs
    const patience = { uuid: mapping.uuid, of: mapping, done: 'changed', deadline, hint } as const
    const sent = yield* sendWhenFree(change, patience, session)
    current = sent.mapping ?? current
    yield { type: 'change-applied', change, made: { ...sent.made, undo: undoOf(plan, change, session) } }
  }
  const outcome = plan.changes.length === 0 ? 'unchanged' : 'updated'
  // While AWS works on it, a mapping that is off says Updating.
  const wasOff = isOff(mapping) || isOff(current)
  const off = update.settings.enabled === undefined ? wasOff : !update.settings.enabled
  if (!wait) return { mapping: current, outcome, waitedMs: clock.now() - started }
  const left = Math.max(0, started + timeoutMs - clock.now())
  const former = plan.changes.length === 0 ? undefined : updateCommand(clients, mapping.uuid, formerOf(plan))
  const { mapping: last } = yield* waitFor(
    {
      uuid: mapping.uuid,
      for: off ? 'disabled' : 'enabled',
      timeoutMs: left,
      seen: current,
      asked: true,
      ...(former === undefined ? {} : { back: former }),
    },
    session,
  )
  return { mapping: last ?? current, outcome, waitedMs: clock.now() - started }
}

function isGoing(uuid: string, { clients }: Session): SqsTriggerError {
  return new SqsTriggerError('MAPPING_NOT_FOUND', `Event source mapping ${uuid} is being deleted.`, {
    hint: toolCommand(clients, 'list'),
  })
}
