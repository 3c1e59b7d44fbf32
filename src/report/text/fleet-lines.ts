import type { FleetPlan, FleetStep, StepAction, StepResult } from '../../fleet/fleet-plan.js'
import type { ManifestTrigger } from '../../fleet/manifest.js'
import type { Outcome } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { callLines } from './call-lines.js'
import { hintLines } from './failure-lines.js'
import { fleetFindingsLines } from './fleet-findings.js'
import { fieldLines, pair } from './mapping-lines.js'
import { marked } from './marked.js'
import { counted, elapsed, joined } from './sentences.js'
import { differenceOf, settingInWords } from './update-lines.js'

/** What stands before a step, as in a diff, and what it is called where symbols are not seen. */
const signs: Readonly<Record<StepAction, readonly [sign: string, word: string]>> = {
  create: ['+', 'create'],
  update: ['~', 'change'],
  delete: ['-', 'delete'],
  blocked: ['!', 'blocked'],
  foreign: ['!', "not this file's"],
  left: ['?', 'no longer in the file'],
  unchanged: ['=', 'unchanged'],
}

/** A plan like a diff: what changes, then what stands in its way, then how much of each there is. */
export function fleetPlanLines(page: Page, plan: FleetPlan, verbose: boolean): readonly string[] {
  const told = plan.steps.filter(({ action, reason }) => verbose || action !== 'unchanged' || reason !== null)
  const checks = fleetFindingsLines(page, plan.findings, verbose)
  return [
    ...told.flatMap((step) => stepLines(page, step)),
    ...(checks.length === 0 ? [] : ['', ...checks]),
    ...(told.length === 0 || checks.length > 0 ? [] : ['']),
    ...fill(page, page.paint.strong(shown(page, summaryOf(plan))), 0, 2),
    ...notesOf(plan).flatMap((note) => fill(page, shown(page, note), 0, 2)),
  ]
}

/** The plan as the answer: with the calls for whoever wants to see them. */
export function plannedFleetLines(
  page: Page,
  { plan, calls, dryRun }: Extract<Outcome, { kind: 'fleet-plan' }>,
  verbose: boolean,
): readonly string[] {
  const told = verbose ? calls.flatMap((call) => ['', ...callLines(page, call)]) : []
  const end = dryRun ? ['', page.paint.strong('Dry run: nothing was changed.')] : []
  return [...fleetPlanLines(page, plan, verbose), ...told, ...end]
}

/** What became of every step; of many that were done the number is enough. */
export function appliedFleetLines(
  page: Page,
  { plan, result, error }: Extract<Outcome, { kind: 'fleet-applied' }>,
  verbose: boolean,
): readonly string[] {
  const stopped = error?.code === 'INTERRUPTED' || error?.code === 'TERMINATED'
  const of = (outcome: StepResult['outcome']) => result.steps.filter((one) => one.outcome === outcome)
  const done = of('done')
  const failed = of('failed').flatMap(({ step, failure }) => [
    ...marked(page, 'fail', `${pair(page, step)}: ${failure?.message ?? ''}`),
    // What mends several alike is said once, below the last of them.
    ...(failure?.hint && of('failed').findLast((one) => one.failure?.hint === failure.hint)?.step === step
      ? hintLines(page, failure.hint)
      : []),
  ])
  const untouched = of('untouched')
  const after = result.waitedMs >= 1000 ? ` after ${elapsed(result.waitedMs)}` : ''
  const leftOut = plan.steps.filter(({ action }) => action === 'blocked' || action === 'foreign')
  const out =
    leftOut.length === 0 ? [] : ['Left out:', ...leftOut.flatMap((step) => leftOutLines(page, step))]
  if (result.steps.length === 0 && out.length > 0) return out
  if (result.steps.length === 0) {
    const notes = notesOf(plan).flatMap((note) => fill(page, shown(page, note), 0, 2))
    return [...marked(page, 'pass', `${nothingToDo(plan)}.`), ...notes]
  }
  return [
    ...(verbose ? done.flatMap(({ step }) => stepLines(page, step)) : []),
    ...(stopped && !verbose && done.length > 0
      ? ['Done:', ...done.flatMap(({ step }) => stepLines(page, step, 'brief'))]
      : []),
    ...failed,
    ...(untouched.length === 0
      ? []
      : [
          'Not touched:',
          ...untouched.flatMap(({ step }) => stepLines(page, step, stopped ? 'brief' : 'whole')),
        ]),
    ...out,
    ...(done.length === 0
      ? []
      : marked(
          page,
          'pass',
          `${joined(
            countsOf(
              done.map(({ step }) => step),
              past,
            ),
          )}${after}.`,
        )),
  ]
}

const past = { create: 'created', update: 'changed', delete: 'deleted' } as const

function stepLines(page: Page, step: FleetStep, form: 'brief' | 'whole' = 'whole'): readonly string[] {
  const [sign, word] = signs[step.action]
  const paint = paintOf(page, step.action)
  const where = step.trigger === null ? '' : ` (line ${step.trigger.at.line})`
  const lead = page.accessible ? `${word}: ` : `${sign} `
  const note =
    step.action === 'create' || step.action === 'update' || step.action === 'delete'
      ? ''
      : `: ${step.reason ?? word}`
  const [first = '', ...others] = fill(page, `${lead}${pair(page, step)}${where}${shown(page, note)}`, 0, 4)
  const differences = step.differences.map((difference) => differenceOf(page, difference))
  const fields = step.action === 'create' && step.trigger !== null ? settingsOf(step.trigger) : differences
  const uuid =
    step.mapping === null || step.action === 'create' || step.action === 'unchanged'
      ? []
      : [['mapping', step.mapping.uuid] as const]
  return [
    paint(first),
    ...others.map(paint),
    ...(form === 'brief' ? [] : fieldLines(page, [...uuid, ...fields]).map((line) => `  ${line}`)),
  ]
}

/** Why nothing was done about it: whose it is, or which checks failed. */
function leftOutLines(page: Page, step: FleetStep): readonly string[] {
  const rules = [...new Set(step.blocking.map(({ rule }) => rule))]
  const reason = step.reason ?? (rules.length === 0 ? null : `blocked by ${joined(rules)}`)
  return stepLines(page, { ...step, reason, differences: [] })
}

function paintOf(page: Page, action: StepAction) {
  const { good, bad, caution, faint } = page.paint
  if (action === 'create') return good
  if (action === 'delete' || action === 'blocked' || action === 'foreign') return bad
  return action === 'unchanged' ? faint : caution
}

/** What a new mapping is asked to have, as the file names it. */
function settingsOf({ settings }: ManifestTrigger): readonly (readonly [string, string])[] {
  // The names of exactly the settings that there are.
  const named = Object.entries(settings) as readonly [keyof typeof settings, unknown][]
  return named.map(([setting, value]) => settingInWords(setting, value))
}

type Words = Readonly<Partial<Record<StepAction, string>>>

function countsOf(steps: readonly FleetStep[], words: Words): readonly string[] {
  return Object.entries(words).flatMap(([action, word]) => {
    const count = steps.filter((step) => step.action === action).length
    return count === 0 ? [] : [`${count} ${word}`]
  })
}

const ahead = {
  create: 'to create',
  update: 'to change',
  delete: 'to delete',
  blocked: 'blocked by checks',
  foreign: "not this file's to change",
  unchanged: 'unchanged',
} as const

/** `Plan: 3 to create, 1 to change, 12 unchanged.` */
function summaryOf(plan: FleetPlan): string {
  const { steps } = plan
  const rests = steps.every(({ action }) => action === 'unchanged' || action === 'left')
  return rests ? `${nothingToDo(plan)}.` : `Plan: ${countsOf(steps, ahead).join(', ')}.`
}

function nothingToDo({ steps }: FleetPlan): string {
  const count = steps.filter(({ action }) => action === 'unchanged').length
  return `No changes: ${counted(count, 'trigger')} ${count === 1 ? 'is' : 'are'} as the file says`
}

/** What is worth knowing beside it. */
function notesOf({ steps, unused, unowned, file }: FleetPlan): readonly string[] {
  const left = steps.filter(({ action }) => action === 'left').length
  return [
    ...(left === 0
      ? []
      : [
          `${left === 1 ? 'One mapping' : `${left} mappings`} of this file ${left === 1 ? 'is' : 'are'} no longer in it; --prune deletes ${left === 1 ? 'it' : 'them'}.`,
        ]),
    ...(unowned === 0
      ? []
      : [
          `${unowned === 1 ? 'One mapping was' : `${unowned} mappings were`} not made by this file; apply --adopt takes ${unowned === 1 ? 'it' : 'them'} over.`,
        ]),
    ...unused.map(({ rule, at }) => `Unused: the ignore of ${rule} in ${file}, line ${at.line}.`),
  ]
}
