import { readStack, readStackEvents, readStackResources } from '../../aws/stack-life.js'
import { quickstartName, removeStackCommand } from '../../command-line.js'
import { untilAborted } from '../../until-aborted.js'
import { applyChange } from '../apply-change.js'
import { readContext } from '../call-context.js'
import type { Operation } from '../events.js'
import type { Session } from '../session.js'
import { foreign } from './conflict.js'
import type { RemovalPlan, RemovalResult } from './results.js'
import { deletionFailed } from './stack-failure.js'
import { optionsIn } from './template.js'
import { watchStack } from './watch-stack.js'

const defaultTimeoutMs = 600_000

/**
 * What goes with a stack of the quickstart; deletes nothing. A stack that something else made stands in the way.
 * @throws SqsTriggerError as AWS answers.
 */
export async function* planQuickstartRemoval(
  { name = quickstartName }: { readonly name?: string },
  session: Session,
): Operation<RemovalPlan> {
  const { clients, signal } = session
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  const stack = await untilAborted(readStack(clients, name), signal)
  const about = { context, name, stack: stack && { id: stack.id, status: stack.status } }
  if (stack === null) return { ...about, resources: [], changes: [], outcome: 'unchanged', obstacle: null }
  if (optionsIn(stack.description) === null) {
    const obstacle = foreign(name, clients)
    return { ...about, resources: [], changes: [], outcome: 'conflict', obstacle }
  }
  const listed = await untilAborted(readStackResources(clients, stack.id), signal)
  // What failed to be made has no id.
  const resources = listed.filter(({ physicalId }) => physicalId !== null)
  if (stack.status === 'DELETE_IN_PROGRESS') {
    return { ...about, resources, changes: [], outcome: 'resume', obstacle: null }
  }
  const change = {
    action: 'delete',
    type: 'stack',
    iamAction: 'cloudformation:DeleteStack',
    stackId: stack.id,
    name,
  } as const
  yield { type: 'planned', changes: [change] }
  return { ...about, resources, changes: [change], outcome: 'delete', obstacle: null }
}

/**
 * Deletes the stack of a plan with all that it made, and tells how it goes on.
 * @throws SqsTriggerError what stands in the way; ACCESS_DENIED or REJECTED_BY_AWS with the first reason where a resource
 *   could not be deleted; NOT_FINISHED, or as AWS answers.
 */
export async function* applyQuickstartRemoval(
  { name, stack, changes, obstacle }: RemovalPlan,
  { timeoutMs = defaultTimeoutMs }: { readonly timeoutMs?: number },
  session: Session,
): Operation<RemovalResult> {
  if (obstacle !== null) throw obstacle
  if (stack === null) return { outcome: 'unchanged', events: [], waitedMs: 0 }
  const { clients, signal } = session
  // What happened before is not told again.
  const before =
    changes.length === 0 ? [] : await untilAborted(readStackEvents(clients, stack.id, isAny), signal)
  for (const change of changes) {
    const made = await applyChange(change, session)
    yield { type: 'change-applied', change, made }
  }
  const resume = removeStackCommand(clients, name)
  const watch = { name, stack: stack.id, begins: 'DELETE_IN_PROGRESS', after: before[0]?.id ?? null } as const
  const watched = yield* watchStack({ ...watch, timeoutMs, resume }, session)
  if (watched.status !== 'DELETE_COMPLETE') throw deletionFailed(watched, name, session)
  return { outcome: 'deleted', events: watched.events, waitedMs: watched.waitedMs }
}

const isAny = () => true
