import { roleNameOf } from '../arn.js'
import type { Change, ChangeMade } from '../change.js'
import { commandFor } from '../change-command.js'
import { toolCommand, wireCommand } from '../command-line.js'
import { reworded, SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { sendChange } from './apply-change.js'
import { readContext } from './call-context.js'
import type { Operation } from './events.js'
import { type FoundMapping, findMapping, readMapping } from './find-mapping.js'
import { functionHere, queueHere } from './mapping-ends.js'
import type { UnwirePlan, UnwireResult } from './mapping-results.js'
import type { ApplyOptions, UnwireOptions } from './requests.js'
import { planRevocation } from './revocation.js'
import { sendWhenFree } from './send-when-free.js'
import type { Session } from './session.js'
import { isNotFound, waitFor } from './wait.js'

/**
 * Finds the mapping, and plans its deletion. Queue, messages and function stay as they are, and so does the role unless
 * `revoke` is true: then the grant that `--fix` made for the queue goes, where nothing else needs it.
 * A mapping that is gone is no reason not to revoke, where queue and function are named.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`.
 */
export async function* planUnwiring(
  reference: string,
  functionName: string | undefined,
  session: Session,
  { revoke = false }: UnwireOptions = {},
): Operation<UnwirePlan> {
  let located: FoundMapping
  try {
    located = yield* findMapping(reference, functionName, session)
  } catch (error) {
    const left = revoke && functionName !== undefined && isNotFound(error)
    const plan = left ? await planLeftGrant(reference, functionName, session) : null
    if (plan === null) throw error
    yield { type: 'planned', changes: plan.changes }
    return plan
  }
  const { context, mapping: found } = located
  // A list withholds encrypted filters, and the undo has to bring them back.
  const mapping = found.filters === undefined ? await readMapping(found.uuid, session) : found
  const target = { queueArn: mapping.queueArn, functionArn: mapping.functionArn, roleArn: null }
  const deletion = {
    action: 'delete',
    type: 'event-source-mapping',
    iamAction: 'lambda:DeleteEventSourceMapping',
    uuid: mapping.uuid,
  } as const
  const revocation = revoke ? await planRevocation(mapping, session) : null
  const changes = [
    ...(mapping.state === 'Deleting' ? [] : [deletion]),
    ...(revocation?.change ? [revocation.change] : []),
  ]
  yield { type: 'planned', changes }
  return { context, target, mapping, changes, revocation }
}

/** Of a run that was ended between the two: the mapping is gone, the grant is not. null: there is none. */
async function planLeftGrant(
  queue: string,
  functionName: string,
  session: Session,
): Promise<UnwirePlan | null> {
  const context = await readContext(session)
  const ends = {
    queueArn: queueHere(queue, context).arn,
    functionArn: functionHere(functionName, context).arn,
  }
  const revocation = await planRevocation(ends, session)
  if (revocation.change === null) return null
  const target = { ...ends, roleArn: null }
  return { context, target, mapping: null, changes: [revocation.change], revocation }
}

/**
 * Deletes the mapping and waits until it is gone. A mapping that is in transition refuses to be deleted: it is
 * asked again until the deadline. One that is gone already is as wanted.
 * @throws SqsTriggerError MAPPING_BUSY when it stays in use, NOT_FINISHED, or as AWS answers.
 */
export async function* applyUnwiring(
  plan: UnwirePlan,
  options: ApplyOptions,
  session: Session,
): Operation<UnwireResult> {
  const { mapping } = plan
  const { timeoutMs = 120_000, wait = true } = options
  const started = session.clock.now()
  let gone = mapping === null
  for (const change of plan.changes.filter(({ type }) => type === 'event-source-mapping')) {
    if (mapping === null) break
    const deleted = yield* deleteInUse(change, mapping, started + timeoutMs, session)
    if (deleted) yield { type: 'change-applied', change, made: deleted }
    gone = deleted === null
  }
  if (!gone && !wait) return { mapping, outcome: 'deleting', waitedMs: session.clock.now() - started }
  if (mapping !== null && !gone) {
    const left = Math.max(0, started + timeoutMs - session.clock.now())
    try {
      yield* waitFor({ uuid: mapping.uuid, for: 'deleted', timeoutMs: left, asked: true }, session)
    } catch (error) {
      throw withRightsLeft(error, plan, session)
    }
  }
  // Last, so that nothing polls without rights.
  if (plan.revocation?.change) {
    const { change, previous } = plan.revocation
    const { made } = await sendChange(change, session, previous)
    yield { type: 'change-applied', change, made }
  }
  const outcome = gone ? 'unchanged' : 'deleted'
  return { mapping, outcome, waitedMs: session.clock.now() - started }
}

/** Once the mapping is gone, nobody finds by it what else was to go: who stopped waiting is told how it goes. */
function withRightsLeft(error: unknown, { revocation }: UnwirePlan, { clients }: Session): unknown {
  if (!(error instanceof SqsTriggerError) || !revocation?.change) return error
  const { change } = revocation
  const message = `${error.message} Policy ${change.policyName} of role ${roleNameOf(change.roleArn)} stays.`
  const then = `when it is gone, take the rights away: ${commandFor(change, clients)}`
  return reworded(error, { message, hint: error.hint === undefined ? then : `${error.hint}\n${then}` }, error)
}

/** null: it was gone already. */
async function* deleteInUse(
  change: Change,
  mapping: Mapping,
  deadline: number,
  session: Session,
): Operation<ChangeMade | null> {
  const hint = toolCommand(session.clients, 'unwire', mapping.uuid)
  try {
    const patience = { uuid: mapping.uuid, done: 'deleted', deadline, hint } as const
    const { made } = yield* sendWhenFree(change, patience, session)
    // The answer of the deletion says Deleting; how it was before is what the undo has to bring back.
    return { ...made, undo: wireCommand(session.clients, mapping) }
  } catch (error) {
    if (isNotFound(error)) return null
    throw error
  }
}
