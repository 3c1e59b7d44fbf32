import type { CommandContext } from '../cli/command-context.js'
import { withProjectIgnores } from '../cli/files/project-ignores.js'
import { type Mended, mend } from '../cli/mend.js'
import type { FixValues } from '../cli/options/fix-values.js'
import { canBeMended, obstacleOf, planned, plannedAgain, type WireAim } from '../cli/wire-plan.js'
import { SqsTriggerError } from '../errors.js'
import type { PlannedWiring } from '../operations/wire.js'
import type { Finding } from '../preflight/finding.js'
import type { RepairTold } from '../report/outcome.js'
import { withoutFixes } from '../report/without-fixes.js'
import type { SettingsAnswers } from './ask-settings.js'
import { type StepFor, WentBack } from './step-machine.js'

export interface CheckAnswers extends SettingsAnswers {
  readonly plan: PlannedWiring
}

/** What was repaired in all rounds, and what was declined, so that it is not offered again unless asked for. */
export interface Repairs {
  readonly told: RepairTold[]
}

/**
 * Judges what was chosen, offers what can be mended, one at a time, and goes on when nothing stands in the way. Judged
 * anew each time that a person comes by.
 */
export function checkStep(
  aimOf: (answers: SettingsAnswers) => WireAim,
  values: Pick<FixValues, 'allowDrift'>,
  repairs: Repairs,
  context: CommandContext,
): StepFor<CheckAnswers, 'plan'> {
  const { reporter, prompter } = context
  return {
    key: 'plan',
    restsOn: ['queue', 'function', 'settings'],
    ask: async ({ queue = '', function: functionName = '', settings }, first) => {
      const chosen = settings ?? { how: 'recommended', settings: {} }
      const typed = aimOf({ queue, function: functionName, settings: chosen })
      const aim = { ...typed, request: await withProjectIgnores(typed.request, context) }
      for (;;) {
        const { plan, asked, shown } = await judged(aim, !first)
        const obstacle = await obstacleOf(
          plan,
          { repairs: [], made: made() },
          await context.session(),
          context,
        )
        // With --quiet only what stands in the way is told.
        if (!shown || context.globals.quiet) {
          reporter.plan(
            obstacle === undefined ? { kind: 'findings', findings: plan.findings } : { kind: 'wire', plan },
          )
        }
        if (obstacle === undefined) return { value: plan, asked }
        reporter.pause()
        await askWhatNow(obstacle, !first)
      }
    },
  }

  async function judged(aim: WireAim, canGoBack: boolean) {
    const before = await planned(aim, context)
    if (!canBeMended(before) || !offerable(before.findings)) {
      return { plan: before, asked: false, shown: false }
    }
    const found = { ...before, findings: withoutDeclined(before.findings) }
    const mended = await mendedOrTold(found, canGoBack)
    if (mended.left || mended.made.length === 0) {
      repairs.told.push(...mended.repairs)
      if (mended.left) throw new WentBack()
      // The findings stand above the offers.
      return { plan: before, asked: true, shown: true }
    }
    const again = await plannedAgain(aim, mended, context)
    repairs.told.push(...again.mended.repairs)
    return { plan: again.plan, asked: true, shown: false }
  }

  /** Who may not make a repair goes on without it. */
  async function mendedOrTold(found: PlannedWiring, canGoBack: boolean): Promise<Mended> {
    try {
      return await mend(found, values, await context.session(), context, { canGoBack })
    } catch (error) {
      if (!(error instanceof SqsTriggerError)) throw error
      if (error.code !== 'ACCESS_DENIED' && error.code !== 'JOURNAL_FAILED') throw error
      reporter.note(error.message)
      if (error.hint !== undefined) for (const line of error.hint.split('\n')) reporter.note(line)
      return { repairs: [], made: [] }
    }
  }

  function offerable(findings: readonly Finding[]): boolean {
    return withoutDeclined(findings).some(
      ({ status, fix }) => (status === 'fail' || status === 'warn') && fix?.automatic === true,
    )
  }

  function withoutDeclined(findings: readonly Finding[]): readonly Finding[] {
    const declined = repairs.told.filter(({ outcome }) => outcome !== 'made')
    return withoutFixes(findings, declined)
  }

  function made(): readonly RepairTold[] {
    return repairs.told.filter(({ outcome }) => outcome === 'made')
  }

  /** @throws WentBack, or the obstacle itself. */
  async function askWhatNow(obstacle: SqsTriggerError, canGoBack: boolean): Promise<void> {
    const next = await prompter.pick(
      `${obstacle.message} What now?`,
      [
        { value: 'again', name: 'Check again (after mending it elsewhere)', short: 'check again' },
        ...(repairs.told.some(({ outcome }) => outcome === 'declined')
          ? ([{ value: 'offer', name: 'Offer the fixes again', short: 'offer the fixes again' }] as const)
          : []),
        ...(canGoBack
          ? ([{ value: 'back', name: 'Choose otherwise', short: 'choose otherwise' }] as const)
          : []),
        { value: 'leave', name: 'Leave', short: 'leave' },
      ],
      { canGoBack },
    )
    if (next === 'back') throw new WentBack()
    if (next === 'leave') throw obstacle
    if (next === 'offer') repairs.told.splice(0, Infinity, ...made())
  }
}
