import { type Finding, type Group, groups } from '../../preflight/finding.js'
import { fill, type Page, shown } from '../page.js'
import { briefLines, findingLines, isNote } from './finding-lines.js'
import { gapBlocks } from './gap-lines.js'
import { counted } from './sentences.js'

/** What a group is called above its findings. */
const groupTitles: Readonly<Record<Group, string>> = {
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

const widestTitle = Math.max(...Object.values(groupTitles).map((title) => title.length))

/**
 * Groups with their counts, with `verbose` each with what passed; then what needs attention, of which the worst
 * stands last, where the eye rests.
 */
export function findingsLines(page: Page, findings: readonly Finding[], verbose: boolean): readonly string[] {
  const told = (is: (finding: Finding) => boolean) =>
    findings.filter(is).map((finding) => findingLines(page, finding, sameFixBelow(finding)))
  /** Several rights that are given by one command: it stands once, below. */
  const sameFixBelow = (finding: Finding) =>
    findings
      .slice(findings.indexOf(finding) + 1)
      .findLast(
        (other) =>
          other.status === finding.status && !isNote(other) && commandsOf(other) === commandsOf(finding),
      )
  const blocks = [
    ...told(isNote),
    ...told((finding) => finding.status === 'warn' && !isNote(finding)),
    ...gapBlocks(page, findings),
    ...told((finding) => finding.status === 'fail' && !isNote(finding)),
  ]
  return [
    ...groups.flatMap((group) => groupLines(page, group, findings, verbose)),
    ...blocks.flatMap((block) => ['', ...block]),
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

/** Empty where there is none: such fixes are never the same. */
export const commandsOf = ({ fix, rule }: Finding) =>
  fix === null || fix.commands.length === 0 ? rule : fix.commands.map(({ text }) => text).join('\n')

function groupLines(
  page: Page,
  group: Group,
  findings: readonly Finding[],
  verbose: boolean,
): readonly string[] {
  const members = findings.filter((finding) => finding.group === group && finding.status !== 'skip')
  if (members.length === 0) return []
  const failed = members.some((finding) => finding.status === 'fail' && !isNote(finding))
  const open = members.some(({ status }) => status === 'unknown')
  const warned = members.some((finding) => finding.status === 'warn' && !isNote(finding))
  const status = failed ? 'fail' : warned ? 'warn' : open ? 'unknown' : 'pass'
  const paint = failed ? page.paint.bad : status === 'pass' ? page.paint.good : page.paint.caution
  const brief = members.filter((finding) => finding.status === 'pass' || finding.status === 'ignored')
  const passed = verbose ? brief.flatMap((finding) => briefLines(page, finding)) : []
  // The counts say how it stands.
  if (page.accessible) return [...fill(page, `${groupTitles[group]}: ${countsOf(members)}`, 0, 2), ...passed]
  const glyph = page.glyphs.status[status]
  const lead = ` ${groupTitles[group].padEnd(widestTitle)}  `
  const [first = '', ...others] = fill(page, countsOf(members), glyph.length + lead.length)
  return [`${paint(glyph)}${lead}${first.slice(glyph.length + lead.length)}`, ...others, ...passed]
}

/** One footnote for everything that was taken on trust, however many findings share it. */
function assumptionLines(page: Page, findings: readonly Finding[]): readonly string[] {
  const assumed = [...new Set(findings.flatMap(({ assumptions }) => assumptions))]
  if (assumed.length === 0) return []
  const text = assumed.map(sentence).join(' ')
  // It goes on behind a colon; an abbreviation such as SCP keeps its capitals.
  const begun = /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text
  return ['', ...fill(page, shown(page, `Assumed: ${begun}`), 0, 2).map(page.paint.faint)]
}

const sentence = (text: string) => `${text.replace(/\.+$/, '')}.`
