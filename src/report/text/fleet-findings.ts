import type { Finding } from '../../preflight/finding.js'
import { fill, type Page, shown } from '../page.js'
import { findingLines, isNote } from './finding-lines.js'
import { countsOf, findingsLines } from './findings.js'
import { gapBlocks } from './gap-lines.js'
import { labelled } from './labelled.js'
import { joined, nameIn } from './sentences.js'

/**
 * What the checks of many triggers found: each objection once, with all that it concerns, the worst last. Notes are
 * counted. With `verbose` all of it is told.
 */
export function fleetFindingsLines(
  page: Page,
  findings: readonly Finding[],
  verbose: boolean,
): readonly string[] {
  if (verbose) return findingsLines(page, findings, true)
  const of = (status: Finding['status']) =>
    byRule(findings.filter((finding) => finding.status === status && !isNote(finding)))
  const blocks = [
    ...of('warn').map((members) => blockLines(page, members)),
    ...gapBlocks(page, findings),
    ...of('fail').map((members) => blockLines(page, members)),
  ]
  const judged = findings.filter(({ status }) => status !== 'skip')
  return [
    ...blocks.flatMap((block) => [...block, '']),
    ...(judged.length === 0 ? [] : fill(page, `Checks: ${countsOf(findings)}.`, 0, 2)),
  ]
}

function byRule(findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const rules = new Map<string, Finding[]>()
  for (const finding of findings) rules.set(finding.rule, [...(rules.get(finding.rule) ?? []), finding])
  return [...rules.values()]
}

function blockLines(page: Page, [first, ...others]: readonly Finding[]): readonly string[] {
  if (first === undefined) return []
  const names = [...new Set(others.map(({ subject }) => nameIn(subject.arn)))]
  const told = names.slice(0, mostNamed)
  const list = joined(names.length > mostNamed ? [...told, `${names.length - mostNamed} more`] : told)
  return [
    ...findingLines(page, first),
    ...(names.length === 0 ? [] : labelled(page, 'Also', shown(page, list))),
  ]
}

const mostNamed = 8
