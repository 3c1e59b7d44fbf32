import { type Page, shown } from '../page.js'
import type { PlanToShow } from '../reporter.js'
import { commandLines } from './command-lines.js'
import { findingsLines } from './findings.js'
import { fleetPlanLines } from './fleet-lines.js'
import { moveIntentLines } from './move-lines.js'
import { pictureLines } from './picture-lines.js'
import { unwireIntentLines, wireIntentLines } from './plan-lines.js'
import { redriveIntentLines } from './redrive-lines.js'
import { repairLines } from './repair-lines.js'
import { rollbackPlanLines } from './rollback-lines.js'
import { updateIntentLines } from './update-lines.js'

/** What is about to be done, before the question. */
export function plannedLines(page: Page, toShow: PlanToShow, verbose: boolean): readonly string[] {
  switch (toShow.kind) {
    case 'unwire':
      return unwireIntentLines(page, toShow.plan, 'Will')
    case 'redrive':
      return redriveIntentLines(page, toShow.plan, 'Will')
    case 'move':
      return moveIntentLines(page, toShow.plan, 'Will')
    case 'update':
      return updateIntentLines(page, toShow.plan, 'Will')
    case 'fleet':
      return [...fleetPlanLines(page, toShow.plan, verbose), '']
    case 'wire':
      return [
        ...findingsLines(page, toShow.plan.findings, verbose),
        '',
        ...wireIntentLines(page, toShow.plan),
      ]
    case 'summary':
      return summaryLines(page, toShow)
    case 'findings':
      return findingsLines(page, toShow.findings, verbose)
    case 'repair':
      return ['', ...repairLines(page, toShow.told, toShow)]
    case 'told':
      return toShow.lines(page)
    case 'rollback':
      return rollbackPlanLines(page, toShow.plan, toShow.calls, 'Will')
  }
}

function summaryLines(
  page: Page,
  { plan, picture, command }: Extract<PlanToShow, { kind: 'summary' }>,
): readonly string[] {
  return [
    '',
    ...(plan.outcome === 'unchanged' ? ['Nothing to create: they are wired already.'] : []),
    ...wireIntentLines(page, plan),
    ...pictureLines(page, picture),
    '',
    'The same without questions:',
    ...commandLines(page, shown(page, command), 2).map(page.paint.command),
    '',
  ]
}
