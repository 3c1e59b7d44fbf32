import type { SettingDifference } from '../../compare-settings.js'
import type { UpdatePlan } from '../../operations/mapping-results.js'
import { settingName, settingWords } from '../../setting-words.js'
import type { Outcome } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { dryRunLines } from './call-lines.js'
import { findingsLines } from './findings.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { elapsed } from './sentences.js'

/** What is about to be changed, or why it must not be. */
export function updateIntentLines(page: Page, plan: UpdatePlan, verb: 'Will' | 'Would'): readonly string[] {
  const { mapping, differences, findings, outcome } = plan
  const what = `event source mapping ${mapping.uuid}: ${pair(page, mapping)}`
  const judged = findings.some(({ status }) => !['pass', 'skip'].includes(status))
    ? [...findingsLines(page, findings, false), '']
    : []
  if (outcome === 'unchanged') return fill(page, `Nothing to do: this is how it is already, ${what}`, 0, 2)
  if (outcome === 'blocked') return judged
  return [
    ...judged,
    ...fill(page, shown(page, `${verb} change ${what}`), 0, 2),
    ...fieldLines(
      page,
      differences.map((difference) => differenceOf(page, difference)),
    ),
  ]
}

export function updatePlanLines(
  page: Page,
  { plan, calls }: Extract<Outcome, { kind: 'update-plan' }>,
): readonly string[] {
  return [...updateIntentLines(page, plan, 'Would'), ...dryRunLines(page, calls)]
}

export function updatedLines(
  page: Page,
  { plan, result }: Extract<Outcome, { kind: 'updated' }>,
): readonly string[] {
  const { mapping, outcome, waitedMs } = result
  const after = waitedMs >= 1000 ? ` after ${elapsed(waitedMs)}` : ''
  const how =
    outcome === 'unchanged'
      ? `has these settings already and is ${mapping.state}`
      : `is ${mapping.state}${after}`
  const fields: readonly (readonly [string, string])[] = [
    ['Mapping', mapping.uuid],
    ['Settings', settingsOf(mapping).join(page.glyphs.between)],
  ]
  return [
    ...marked(page, 'pass', `${pair(page, mapping)} ${how}`),
    ...fieldLines(page, fields),
    ...(outcome === 'updated' && plan.update.functionArn !== undefined ? cutOver(page) : []),
  ]
}

/** AWS says Enabled a little before every poller goes by it. */
function cutOver(page: Page): readonly string[] {
  return fill(page, 'The old function may still be called for some seconds.', 2)
}

/** A setting, what it is and what it is to be. */
export const differenceOf = (page: Page, difference: SettingDifference): readonly [string, string] => [
  settingName(difference.setting),
  shown(page, fromTo(page, difference)),
]

/** A setting with its value, in words. */
export const settingInWords = (
  setting: SettingDifference['setting'],
  value: unknown,
): readonly [string, string] => [settingName(setting), settingWords(setting, value)]

function fromTo(page: Page, { setting, wanted, found }: SettingDifference): string {
  return `${settingWords(setting, found)} ${page.glyphs.arrow} ${settingWords(setting, wanted)}`
}
