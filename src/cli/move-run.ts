import { nameIn } from '../arn.js'
import { nextCommand } from '../command-line.js'
import type { MovePlan } from '../operations/mapping-results.js'
import type { MoveInput } from '../operations/requests.js'
import type { FailOn } from '../preflight/strictness.js'
import type { Outcome } from '../report/outcome.js'
import { typedName } from '../report/text/sentences.js'
import { apiCallsOf } from './api-calls.js'
import type { CommandContext } from './command-context.js'
import { confirm } from './prompts/confirm.js'
import { nextSteps } from './test-message.js'
import { obstacleOf } from './wire-plan.js'

/**
 * Shows the new mapping and the end of the old one as one plan, asks, and makes both changes. null: the mapping reads that
 * queue already.
 */
export async function runMove(
  request: MoveInput,
  { failOn }: { readonly failOn: FailOn },
  context: CommandContext,
): Promise<Outcome | null> {
  const { globals } = context
  const { applyMove, planMove } = await import('../operations/move.js')
  const session = await context.session()
  const plan = await context.run(planMove(request, session, { failOn }))
  if (plan === null) return null
  const error = await obstacleOf(plan.wiring, undefined, session, context)
  if (globals.dryRun) {
    const calls = await apiCallsOf(plan.changes, session.clients)
    return { kind: 'move-plan', plan, calls, ...(error === undefined ? {} : { error }) }
  }
  context.reporter.plan({ kind: 'move', plan })
  if (error !== undefined) throw error
  if (plan.changes.length > 0) await confirm(questionOf(plan), context)
  const { timeout } = globals
  const options = timeout === undefined ? {} : { timeoutMs: timeout }
  const result = await context.run(applyMove(plan, options, session))
  const { links, next } = await nextSteps(plan.wiring, result.mapping, null, context.connection)
  const back = nextCommand(
    context.connection,
    'update',
    result.mapping.uuid,
    '--to-queue',
    typedName(result.old.queueArn, plan.wiring.context.account),
  )
  return { kind: 'moved', plan, result, links, next: [...next.slice(0, -1), { command: back, does: 'undo' }] }
}

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
function questionOf({ wiring, unwiring: { mapping: old } }: MovePlan): string {
  const { account, region } = wiring.context
  const to = nameIn(wiring.target.queueArn ?? '')
  return `Let ${nameIn(old.functionArn)} read ${to} instead of ${nameIn(old.queueArn)} in account ${account}, ${region}?`
}
