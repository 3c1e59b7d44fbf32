import type { Change } from '../change.js'
import { nextCommand } from '../command-line.js'
import type { Operation } from '../operations/events.js'
import type { Repair, RepairResult } from '../operations/results.js'
import type { PreflightResult } from '../operations/run-preflight.js'
import type { Session } from '../operations/session.js'
import type { Finding } from '../preflight/finding.js'
import type { RepairTold } from '../report/outcome.js'
import { possible, rulesOf, withoutFixes } from '../report/without-fixes.js'
import { WentBack } from '../wizard/step-machine.js'
import { apiCallsOf } from './api-calls.js'
import { showBeforeAsking } from './beside-the-answer.js'
import type { CommandContext } from './command-context.js'
import type { Leaving } from './prompts/prompter.js'

/** The repairs of one run, and whether anything was changed. */
export interface Mended {
  readonly repairs: readonly RepairTold[]
  readonly made: readonly RepairTold[]
  /** A question was left with Esc; those after it were not put. */
  readonly left?: true
}

/** What may be mended, and how. */
export interface Mending {
  readonly allowDrift: boolean
  /** Findings without whose repair none is of use: nothing is mended unless all of them can be. Default: none. */
  readonly required?: readonly Finding[]
  /** Slug of the only finding to mend. Default: all. */
  readonly alone?: string
  /** See RepairOptions. */
  readonly usesPresent?: boolean
}

/**
 * `--fix`: what would be repaired, shown one by one with the full JSON, asked about one by one, and made. With
 * `--dry-run` nothing is asked or made, and nothing is shown: it is the answer.
 * @throws SqsTriggerError JOURNAL_FAILED, or as AWS answered; then the earlier ones stay made.
 */
export async function mend(
  found: PreflightResult,
  { allowDrift, required = [], alone, usesPresent = false }: Mending,
  session: Session,
  context: CommandContext,
  leaving: Leaving = {},
): Promise<Mended> {
  const { planRepairs } = await import('../operations/repair/plan.js')
  const plan = await context.run(
    planRepairs(
      found,
      { allowDrift, usesPresent, ...(alone === undefined ? {} : { only: [alone] }) },
      session,
    ),
  )
  const planned = await Promise.all(plan.repairs.map((repair) => told(repair, session)))
  const stuck = required.find(({ rule }) => !rulesOf(possible(planned)).has(rule))
  if (stuck !== undefined && planned.some(({ outcome }) => outcome === 'planned')) {
    context.reporter.note(`Nothing is fixed, because --fix cannot mend this: ${stuck.message}`)
    return { repairs: planned.filter(({ outcome }) => outcome === 'refused'), made: [] }
  }
  if (context.globals.dryRun) return { repairs: planned, made: [] }
  if (planned.length === 0) context.reporter.note('There is nothing here that --fix could mend.')
  const of = planned.filter(({ outcome }) => outcome === 'planned').length
  if (of > 0 && !context.globals.yes) {
    // What is going to be offered need not stand there as a command to paste, too, once for each finding.
    const findings = withoutFixes(found.findings, possible(planned))
    context.reporter.plan({ kind: 'findings', findings })
  }
  const repairs: RepairTold[] = []
  // All of a run stand in one entry of the journal, so that one rollback takes them back.
  let before: RepairResult | undefined
  for (const one of planned) {
    const position = repairs.filter(({ outcome }) => outcome !== 'refused').length + 1
    const ended = one.outcome === 'refused' ? one : await unlessLeft(offered(one, { position, of }))
    if (ended === undefined) return { ...ending(), left: true }
    repairs.push(ended)
  }
  return ending()

  function ending(): Mended {
    return { repairs, made: repairs.filter(({ outcome }) => outcome === 'made') }
  }

  async function offered(one: RepairTold, place: { readonly position: number; readonly of: number }) {
    const asking = !context.globals.yes
    await showBeforeAsking({ kind: 'repair', told: one, ...place, asking }, context)
    if (asking && !(await agreed())) return { ...one, outcome: 'declined' } as const
    const { applyRepair } = await import('../operations/repair/apply.js')
    const operation = applyRepair(one.repair, session, before)
    before = await context.run(announced(one.repair.changes, operation))
    const { journalId, made: changed } = before
    const undo = nextCommand(context.connection, 'rollback', journalId)
    return { ...one, outcome: 'made', journalId, made: changed, undo } as const
  }

  /** Whoever presses Enter without reading has not agreed. */
  function agreed(): Promise<boolean> {
    const { account, region } = plan.context
    context.reporter.pause()
    return context.prompter.confirm(`Make this change in account ${account}, ${region}?`, false, leaving)
  }
}

/** undefined: the question was left with Esc. */
async function unlessLeft(offer: Promise<RepairTold>): Promise<RepairTold | undefined> {
  try {
    return await offer
  } catch (error) {
    if (error instanceof WentBack) return undefined
    throw error
  }
}

/** From here on a change may be under way: whoever stops the run must not be told that nothing was changed. */
export async function* announced<Result>(
  changes: readonly Change[],
  operation: Operation<Result>,
): Operation<Result> {
  yield { type: 'planned', changes }
  return yield* operation
}

async function told(repair: Repair, session: Session): Promise<RepairTold> {
  return {
    repair,
    calls: await apiCallsOf(repair.changes, session.clients),
    outcome: repair.refusal === null ? 'planned' : 'refused',
    journalId: null,
    made: [],
    undo: null,
  }
}

/** The repairs with what the preflight after them found: one that was made need not have helped. */
export function judgedAgain({ repairs }: Mended, pending: readonly string[]): Mended {
  const told = repairs.map((one) =>
    one.outcome === 'made'
      ? { ...one, pending: one.repair.rules.filter((rule) => pending.includes(rule)) }
      : one,
  )
  return { repairs: told, made: told.filter(({ outcome }) => outcome === 'made') }
}

/** Slugs of the rules that were mended, and kinds of what was changed for them. */
export function mendedParts(made: readonly RepairTold[]) {
  return {
    rules: [...rulesOf(made)],
    types: [...new Set(made.flatMap(({ repair }) => repair.changes.map(({ type }) => type)))],
  }
}
