import { nextCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { JournalEntry } from '../../journal.js'
import type { RollbackPlan, UndoStep } from '../../operations/results.js'
import type { Outcome } from '../../report/outcome.js'
import { apiCallsOf } from '../api-calls.js'
import { showBeforeAsking } from '../beside-the-answer.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { lazyJournal } from '../files/journal.js'
import { announced } from '../mend.js'
import { requireAnswers } from '../missing-answers.js'
import { notUndone } from '../not-undone.js'
import { confirm } from '../prompts/confirm.js'
import { quoted, usageError } from '../usage-error.js'

export default defineCommand({
  name: 'rollback',
  positionals: {
    id: {
      summary: 'id of what is to be undone, or its beginning; without it: what there is',
      completes: 'journal-id',
    },
  },
  summary: 'Undo what --fix changed; without an id, list what can be undone',
  description:
    'Every change of --fix is written down before it is made. This shows what was changed, and undoes it: a policy that was added is taken away, one that was extended gets its former text, an attribute of a queue its former value. Only what still is as --fix left it is touched, and a queue is never deleted. The fixes of one run have one id, and are undone together, the last first.',
  options: {},
  obeys: { yes: true, input: true, dryRun: true },
  examples: [
    { command: 'sqs-trigger rollback', does: 'list what can be undone, newest first' },
    { command: 'sqs-trigger rollback 20261123-0915', does: 'show it, ask, undo it' },
    { command: 'sqs-trigger rollback 20261123-0915 --dry-run', does: 'show the API calls' },
    { command: 'sqs-trigger rollback 20261123-0915 --yes', does: 'for scripts' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT'],
  run: async ({ positionals: { id } }, context) => {
    const { globals } = context
    if (id === undefined) return list(context)
    const entry = await entryNamed(id, context)
    const agreed = globals.yes || globals.dryRun
    requireAnswers([{ what: '--yes (or --dry-run)', given: agreed, type: '--yes' }], context)
    const session = await context.session()
    const { applyRollback, planRollback } = await import('../../operations/rollback.js')
    const plan = await context.run(planRollback(entry.id, session)).catch((error: unknown) => {
      throw asUsage(error)
    })
    const undo = plan.steps.flatMap((step) => step.undo ?? [])
    const calls = await apiCallsOf(undo, session.clients)
    if (globals.dryRun) return { kind: 'rollback-plan', plan, calls, ...left(plan.steps) }
    if (undo.length > 0) {
      await showBeforeAsking({ kind: 'rollback', plan, calls, asking: !globals.yes }, context)
      await confirm(questionOf(plan), context, false)
    }
    const result = await context.run(announced(undo, applyRollback(plan, session)))
    return { kind: 'rolled-back', plan, result, ...left(result.steps) }

    function left(steps: readonly UndoStep[]) {
      const error = notUndone(entry.id, steps, context.connection)
      return error ? { error } : {}
    }
  },
})

/** The journal is a folder of this machine: without AWS it is listed all the same. */
async function list(context: CommandContext): Promise<Outcome> {
  const journal = lazyJournal(context.host.env)
  const { entries, unreadable } = journal ? await journal.list() : { entries: [], unreadable: [] }
  // Ids of one second are in no order.
  const open = entries.filter(hasSomethingLeft).toSorted((a, b) => b.startedAt.localeCompare(a.startedAt))
  const { isHere } = await import('../files/journal-here.js')
  const belongs = await isHere(open, context)
  const here = open.filter(belongs)
  const newest = here[0]
  const next = newest === undefined ? null : nextCommand(context.connection, 'rollback', newest.id)
  return {
    kind: 'rollback-list',
    entries: here,
    elsewhere: open.filter((entry) => !belongs(entry)),
    unreadable,
    place: journal?.place ?? null,
    next,
  }
}

/** A queue that was made stays for good. */
const hasSomethingLeft = ({ changes }: JournalEntry) =>
  changes.some(({ change, state }) => state !== 'undone' && state !== 'never-made' && change.type !== 'queue')

/** @throws SqsTriggerError NOT_FOUND, USAGE where several begin like this, or JOURNAL_FAILED for a damaged one. */
async function entryNamed(id: string, { host, connection }: CommandContext): Promise<JournalEntry> {
  const journal = lazyJournal(host.env)
  const { entries, unreadable } = journal ? await journal.list() : { entries: [], unreadable: [] }
  const meant = entries.filter((entry) => entry.id === id)
  const begun = entries.filter((entry) => entry.id.startsWith(id))
  const open = begun.filter(hasSomethingLeft)
  const found = meant.length > 0 ? meant : open.length > 0 ? open : begun
  const [entry, second] = found
  const hint = nextCommand(connection, 'rollback')
  if (entry === undefined) {
    const { requireUndamaged } = await import('../../operations/rollback/entry.js')
    requireUndamaged(id, unreadable)
    throw new SqsTriggerError('NOT_FOUND', `Nothing that --fix changed has the id ${quoted(id)}.`, { hint })
  }
  if (second !== undefined) {
    const ids = found.slice(0, 5).map((one) => one.id)
    const more = found.length > ids.length ? [`and ${found.length - ids.length} more`] : []
    const list = [...ids, ...more].join(', ')
    throw usageError(`${quoted(id)} is the beginning of ${found.length} ids: ${list}`, hint)
  }
  return entry
}

/** What was changed somewhere else is undone there: who typed the command can say where. */
function asUsage(error: unknown): unknown {
  if (!(error instanceof SqsTriggerError) || error.code !== 'FIX_REFUSED') return error
  const { message, hint } = error
  return new SqsTriggerError('USAGE', message, { ...(hint === undefined ? {} : { hint }), cause: error })
}

/** Names what and where by itself: with --quiet or --json nothing else stands above it. */
function questionOf({ entry, context: { account, region } }: RollbackPlan): string {
  return `Undo ${entry.id} in account ${account}, ${region}?`
}
