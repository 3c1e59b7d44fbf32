import { type Finding, type Group, groups } from '../../preflight/finding.js'
import { fill, type Page, shown } from '../page.js'
import { findingLines, isNote } from './finding-lines.js'
import { counted } from './sentences.js'

const titles: Readonly<Record<Group, string>> = {
  caller: 'You',
  placement: 'Placement',
  queue: 'Queue',
  key: 'Key',
  function: 'Function',
  role: 'Role',
  mapping: 'Mapping',
  loops: 'Loops',
  'test-message': 'Test message',
  audit: 'Audit',
}

const widestTitle = Math.max(...Object.values(titles).map((title) => title.length))

/** Groups with their counts, then what needs attention; the worst stands last, where the eye rests. */
export function findingsLines(page: Page, findings: readonly Finding[], verbose: boolean): readonly string[] {
  const detailed = [...findings.filter((finding) => needsAttention(finding, verbose))].sort(
    (a, b) => weight(a) - weight(b),
  )
  return [
    ...groups.flatMap((group) => groupLine(page, group, findings)),
    ...detailed.flatMap((finding) => ['', ...findingLines(page, finding)]),
    ...assumptionLines(page, findings),
  ]
}

/** `10 passed, 1 failed, 1 warning`. */
export function countsOf(findings: readonly Finding[]): string {
  const count = (is: (finding: Finding) => boolean) => findings.filter(is).length
  const parts: readonly (readonly [number, string])[] = [
    [count(({ status }) => status === 'pass'), 'passed'],
    [count((finding) => finding.status === 'fail' && !isNote(finding)), 'failed'],
    [count(({ status }) => status === 'unknown'), 'unknown'],
    [count(({ status }) => status === 'ignored'), 'ignored'],
  ]
  const warnings = count((finding) => finding.status === 'warn' && !isNote(finding))
  const notes = count(isNote)
  const words = [
    ...parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`),
    ...(warnings ? [counted(warnings, 'warning')] : []),
    ...(notes ? [counted(notes, 'note')] : []),
  ]
  return words.length === 0 ? 'nothing to check' : words.join(', ')
}

function groupLine(page: Page, group: Group, findings: readonly Finding[]): readonly string[] {
  const members = findings.filter((finding) => finding.group === group && finding.status !== 'skip')
  if (members.length === 0) return []
  const failed = members.some((finding) => finding.status === 'fail' && !isNote(finding))
  const open = members.some(({ status }) => status === 'unknown')
  const warned = members.some((finding) => finding.status === 'warn' && !isNote(finding))
  const status = failed ? 'fail' : warned ? 'warn' : open ? 'unknown' : 'pass'
  const paint = failed ? page.paint.bad : status === 'pass' ? page.paint.good : page.paint.caution
  return [`${paint(page.glyphs.status[status])} ${titles[group].padEnd(widestTitle)}  ${countsOf(members)}`]
}

const needsAttention = (finding: Finding, verbose: boolean) =>
  verbose ? finding.status !== 'skip' : ['fail', 'warn', 'unknown'].includes(finding.status)

function weight(finding: Finding): number {
  if (isNote(finding)) return 1
  return { pass: 0, skip: 0, ignored: 0, warn: 2, unknown: 3, fail: 4 }[finding.status]
}

/** One footnote for everything that was taken on trust, however many findings share it. */
function assumptionLines(page: Page, findings: readonly Finding[]): readonly string[] {
  const assumed = [...new Set(findings.flatMap(({ assumptions }) => assumptions))]
  if (assumed.length === 0) return []
  return [
    '',
    ...fill(page, shown(page, `Assumed: ${assumed.map(sentence).join(' ')}`), 0, 2).map(page.paint.faint),
  ]
}

const sentence = (text: string) => `${text.replace(/\.+$/, '')}.`
