import { nameIn } from '../../arn.js'
import type { UnwirePlan } from '../../operations/mapping-results.js'
import type { WirePlan } from '../../operations/results.js'
import type { Outcome } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { possible, withoutFixes } from '../without-fixes.js'
import { callsBelow, dryRunLines } from './call-lines.js'
import { intendedWords } from './change-words.js'
import { findingsLines } from './findings.js'
import { pair } from './mapping-lines.js'
import { plannedRepairLines } from './repair-lines.js'
import { filteredLines, sampleLines } from './sample-lines.js'

type Plan = Extract<Outcome, { kind: 'wire-plan' | 'unwire-plan' | 'send-plan' }>

/** What `--dry-run` shows: the checks, what would be changed, and the calls with their JSON. */
export function planLines(page: Page, outcome: Plan): readonly string[] {
  return [
    ...(outcome.kind === 'wire-plan' ? [...foundLines(page, outcome), ''] : []),
    ...intentLines(page, outcome),
    ...samplesIn(page, outcome),
    ...callsBelow(page, outcome.calls),
    ...(outcome.kind === 'wire-plan' ? plannedRepairLines(page, outcome.repairs ?? []) : []),
    ...dryRunLines(page, []),
  ]
}

/** A fix that stands below with its JSON need not stand there as a command, too. */
const foundLines = (page: Page, { plan, repairs = [] }: Extract<Plan, { kind: 'wire-plan' }>) =>
  findingsLines(page, withoutFixes(plan.findings, possible(repairs)), false)

function samplesIn(page: Page, outcome: Plan): readonly string[] {
  if (outcome.kind === 'unwire-plan') return []
  const lines =
    outcome.kind === 'wire-plan'
      ? sampleLines(page, outcome.plan.samples ?? [])
      : filteredLines(page, outcome.samples ?? [])
  return lines.length === 0 ? [] : ['', ...lines]
}

function intentLines(page: Page, outcome: Plan): readonly string[] {
  if (outcome.kind === 'wire-plan') return fill(page, intention(page, outcome), 0, 2)
  if (outcome.kind === 'unwire-plan') return unwireIntentLines(page, outcome.plan, 'Would')
  const told = outcome.briefing.flatMap((line) => fill(page, shown(page, line), 0, 2))
  return [...told, 'Would send:']
}

/** What wiring would do, or why it would do nothing. */
function intention(page: Page, { plan, repairs = [] }: Extract<Plan, { kind: 'wire-plan' }>): string {
  const target = between(page, plan)
  if (plan.outcome === 'blocked' && repairs.some(({ outcome }) => outcome === 'planned')) {
    return `Would make the fixes below and check again; only if the checks of ${target} then pass, it would create the event source mapping.`
  }
  const texts = {
    create: `Would create one event source mapping: ${target}`,
    unchanged: `Nothing to do: ${target} is wired already, with these settings.`,
    differs: `Would change nothing: ${target} is wired already, with other settings.`,
    disabled: `Would change nothing: ${target} is wired already, but Disabled.`,
    blocked: `Would create nothing: the checks of ${target} found problems.`,
  }
  return texts[plan.outcome]
}

/** What is about to happen; nothing where nothing is: the answer or the error says so. */
export function wireIntentLines(page: Page, plan: WirePlan): readonly string[] {
  if (plan.outcome !== 'create') return []
  return fill(page, `Will create one event source mapping: ${between(page, plan)}`, 0, 2)
}

export function unwireIntentLines(
  page: Page,
  { mapping, target, changes, revocation }: UnwirePlan,
  verb: 'Will' | 'Would',
): readonly string[] {
  const ends = { queueArn: target.queueArn ?? '', functionArn: target.functionArn ?? '' }
  const what = `event source mapping${mapping ? ` ${mapping.uuid}` : ''}: ${pair(page, ends)}`
  const gone = mapping === null ? `There is no ${what}` : `AWS is deleting ${what} already`
  const going = changes.every(({ type }) => type !== 'event-source-mapping')
  const then = revocation?.change
    ? [`${verb} then ${intendedWords(revocation.change)}`]
    : (revocation?.reason ?? [])
  return [going ? gone : `${verb} delete ${what}`, ...[then].flat()].flatMap((line) =>
    fill(page, shown(page, line), 0, 2),
  )
}

const between = (page: Page, { target }: WirePlan) =>
  shown(
    page,
    `${nameIn(target.queueArn ?? 'the queue')} ${page.glyphs.arrow} ${nameIn(target.functionArn ?? 'the function')}`,
  )
