import { nameIn } from '../arn.js'
import { readQueueCounters } from '../aws/queue.js'
import { awsCommand, toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { isOff, settingsAfter } from '../mapping-update.js'
import { waitUntilDrained } from './drain.js'
import type { Operation, QueueCounters } from './events.js'
import { findMapping, readMapping } from './find-mapping.js'
import { queueAt, queueHere } from './mapping-ends.js'
import type { MovePlan, MoveResult } from './mapping-results.js'
import { added, exchanged, isUnfinished } from './move-steps.js'
import type { ApplyOptions, MoveInput, PlanOptions } from './requests.js'
import type { Session } from './session.js'
import { applyUnwiring, planUnwiring } from './unwire.js'
import { readTagsFor } from './update/differences.js'
import { requireApplicable } from './wire/conflict.js'
import { planWiring } from './wire.js'

/**
 * What it takes to let the function of a mapping read another queue; changes nothing. AWS ties a mapping to its queue,
 * so a new one is made like the old one, and the old one goes once its queue is empty. null: it reads that queue already.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`; as `planWiring` for the new queue.
 */
export async function* planMove(
  request: MoveInput,
  session: Session,
  options: PlanOptions = {},
): Operation<MovePlan | null> {
  const { context, mapping: found } = yield* findMapping(request.mapping, request.functionName, session)
  if (queueHere(request.toQueue, context).arn === found.queueArn) return null
  const old = found.filters === undefined ? await readMapping(found.uuid, session) : found
  if (old.filterKeyArn !== undefined) throw encrypted(old, old.filterKeyArn, session)
  const { settings = {}, clear = [], untag = [], toFunction = old.functionArn } = request
  const update = { settings, clear, untag }
  const known = (yield* readTagsFor({ ...update, settings: { tags: {} } }, old, session)) ?? {}
  const tags = { ...without(known, untag), ...settings.tags }
  const wiring = yield* planWiring(
    {
      queue: request.toQueue,
      function: toFunction,
      settings: {
        ...settingsAfter(old, update),
        ...(Object.keys(tags).length === 0 ? {} : { tags }),
      },
      sendTest: false,
      ignore: [],
      only: [],
    },
    session,
    options,
  )
  const deletion = yield* planUnwiring(old.uuid, undefined, session)
  const unwiring = { ...deletion, mapping: deletion.mapping ?? old }
  const applicable = wiring.outcome === 'create' || wiring.outcome === 'unchanged'
  const changes = applicable ? inOrder(wiring.changes, unwiring.changes, request.oldFirst) : []
  if (applicable) yield { type: 'planned', changes }
  return { wiring, unwiring, changes, oldFirst: request.oldFirst === true }
}

/** Tags that AWS gives by itself nobody may set. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
const without = (tags: Readonly<Record<string, string>>, keys: readonly string[]) =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key) && !key.startsWith('aws:')))

const inOrder = <Item>(first: readonly Item[], second: readonly Item[], turned: boolean | undefined) =>
  turned ? [...second, ...first] : [...first, ...second]

/**
 * Makes the move. Without `oldFirst` both mappings work for a while, so that nothing waits; the old one is deleted when
 * its queue has been empty for a minute. Interrupted or out of time, the same move goes on where it was.
 * @throws SqsTriggerError as `applyWiring`, `waitUntilDrained` and `applyUnwiring`.
 */
export async function* applyMove(
  { wiring, unwiring, oldFirst }: MovePlan,
  options: ApplyOptions,
  session: Session,
): Operation<MoveResult> {
  requireApplicable(wiring, session)
  const started = session.clock.now()
  const old = unwiring.mapping
  const { mapping, outcome } = yield* oldFirst
    ? exchanged(wiring, unwiring, options, session)
    : added(wiring, old, options, session)
  if (!oldFirst) {
    // One that is off takes nothing: its messages stay either way.
    if (!isOff(old) && old.state !== 'Deleting') {
      yield { type: 'step-started', what: 'Waiting until the old queue is empty' }
      try {
        yield* waitUntilDrained({ mapping: old, timeoutMs: options.timeoutMs ?? 120_000 }, session)
      } catch (error) {
        throw halfWay(error, { old, mapping }, session)
      }
    }
    yield* applyUnwiring(unwiring, options, session)
  }
  const left = oldFirst ? await leftBehind(old, session) : null
  return { mapping, old, outcome, left, waitedMs: session.clock.now() - started }
}

/** Messages that nobody takes any more; null: they cannot be counted. */
async function leftBehind({ queueArn }: Mapping, { clients }: Session): Promise<QueueCounters | null> {
  const address = queueAt(queueArn)
  return address === null ? null : readQueueCounters(clients, address).catch(() => null)
}

/** Both mappings work, and the same move goes on from there. */
function halfWay(
  error: unknown,
  { old, mapping }: { readonly old: Mapping; readonly mapping: Mapping },
  { clients }: Session,
): unknown {
  if (!isUnfinished(error)) return error
  const both = `Both mappings work now: ${mapping.uuid} of ${nameIn(mapping.queueArn)}, and ${old.uuid} of ${nameIn(old.queueArn)}, which is not deleted yet.`
  const again = toolCommand(clients, 'update', old.uuid, '--to-queue', mapping.queueArn)
  return new SqsTriggerError(error.code, `${error.message} ${both}`, {
    hint: `continue: ${again}\nback: ${toolCommand(clients, 'unwire', mapping.uuid)}`,
    cause: error,
  })
}

/** Made anew by this tool, its filters would stand there in clear. */
function encrypted({ uuid }: Mapping, keyArn: string, { clients }: Session): SqsTriggerError {
  return new SqsTriggerError(
    'CONFLICT',
    `The filters of event source mapping ${uuid} are encrypted with the key ${keyArn}, and this tool makes none like that.`,
    { hint: awsCommand(clients, 'lambda', 'get-event-source-mapping', '--uuid', uuid) },
  )
}
