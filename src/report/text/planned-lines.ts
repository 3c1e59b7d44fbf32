import type { Page } from '../page.js'
import type { PlanToShow } from '../reporter.js'
import { findingsLines } from './findings.js'
import { unwireIntentLines, wireIntentLines } from './plan-lines.js'
import { repairLines } from './repair-lines.js'
import { rollbackPlanLines } from './rollback-lines.js'

/** What is about to be done, before the question. */
export function plannedLines(page: Page, toShow: PlanToShow, verbose: boolean): readonly string[] {
  switch (toShow.kind) {
    case 'unwire':
      return unwireIntentLines(page, toShow.plan, 'Will')
    case 'wire':
      return [
        ...findingsLines(page, toShow.plan.findings, verbose),
        '',
        ...wireIntentLines(page, toShow.plan),
      ]
    case 'findings':
      return findingsLines(page, toShow.findings, verbose)
    case 'repair':
      return ['', ...repairLines(page, toShow.told, toShow)]
    case 'rollback':
      return rollbackPlanLines(page, toShow.plan, toShow.calls, 'Will')
  }
}
