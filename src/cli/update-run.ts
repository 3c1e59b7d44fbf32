import { nameIn } from '../arn.js'
import { nextCommand, updateWords } from '../command-line.js'
import type { UpdatePlan } from '../operations/mapping-results.js'
import type { UpdateInput } from '../operations/requests.js'
import type { FailOn } from '../preflight/strictness.js'
import type { Outcome } from '../report/outcome.js'
import { apiCallsOf } from './api-calls.js'
import { checksFailed } from './checks-failed.js'
import type { CommandContext } from './command-context.js'
import { mappingReference } from './mapping-reference.js'
import { requireAnswers } from './missing-answers.js'
import { runMove } from './move-run.js'
import { confirm } from './prompts/confirm.js'

/** What `update`, `enable` and `disable` obey. */
export const updateObeys = {
  timeout: 'give up waiting after this time (default 2m)',
  yes: true,
  input: true,
  dryRun: true,
} as const

/** What `update`, `enable` and `disable` share. */
interface UpdateAim {
  readonly positionals: { readonly mapping: string | undefined; readonly function: string | undefined }
  /** What is asked for of the mapping. */
  readonly asked: Omit<UpdateInput, 'mapping' | 'functionName'>
  readonly failOn: FailOn
  readonly wait: boolean
  /** The queue to read instead. */
  readonly toQueue?: string
  readonly oldFirst?: boolean
}

/** Finds the mapping, shows what would be changed, asks, changes it and waits until it is at rest. */
export async function runUpdate(aim: UpdateAim, context: CommandContext): Promise<Outcome> {
  const { globals } = context
  const { positionals } = aim
  requireAnswers(
    [
      { what: 'the mapping', given: positionals.mapping !== undefined, type: '<mapping-or-queue>' },
      { what: '--yes (or --dry-run)', given: globals.yes || globals.dryRun, type: '--yes' },
    ],
    context,
  )
  const mapping = await mappingReference(positionals, context)
  const named = positionals.function === undefined ? {} : { functionName: positionals.function }
  if (aim.toQueue !== undefined) {
    const { toQueue, oldFirst = false } = aim
    const moved = await runMove({ ...aim.asked, mapping, ...named, toQueue, oldFirst }, aim, context)
    if (moved !== null) return moved
  }
  const [{ applyUpdate, planUpdate }, { formerOf }] = await Promise.all([
    import('../operations/update.js'),
    import('../operations/update/changes.js'),
  ])
  const session = await context.session()
  const request = { ...aim.asked, mapping, ...named }
  const plan = await context.run(planUpdate(request, session, { failOn: aim.failOn }))
  const error = checksFailed(plan.blocking, plan.findings)
  if (globals.dryRun) {
    const calls = await apiCallsOf(plan.changes, session.clients)
    return { kind: 'update-plan', plan, calls, ...(error === undefined ? {} : { error }) }
  }
  if (plan.outcome !== 'unchanged') context.reporter.plan({ kind: 'update', plan })
  if (error !== undefined) throw error
  if (plan.changes.length > 0) await confirm(questionOf(plan), context, !stops(plan))
  const { timeout } = globals
  const options = { wait: aim.wait, ...(timeout === undefined ? {} : { timeoutMs: timeout }) }
  const result = await context.run(applyUpdate(plan, options, session))
  const command = nextCommand(context.connection, ...updateWords(plan.mapping.uuid, formerOf(plan)))
  const next = plan.changes.length === 0 ? [] : [{ command, does: 'bring back what it was' }]
  return { kind: 'updated', plan, result, next }
}

/** Something that works would stop. */
const stops = ({ update }: UpdatePlan) => update.settings.enabled === false

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
function questionOf({ mapping, update, context: { account, region } }: UpdatePlan): string {
  const { enabled } = update.settings
  const verb = enabled === undefined ? 'Change' : enabled ? 'Enable' : 'Disable'
  const what = `${nameIn(mapping.queueArn)} to ${nameIn(mapping.functionArn)}`
  return `${verb} the mapping of ${what} in account ${account}, ${region}?`
}
