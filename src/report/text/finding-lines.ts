import type { Finding } from '../../preflight/finding.js'
import { fill, type Page, shown } from '../page.js'
import { commandLines } from './command-lines.js'
import { label, labelled } from './labelled.js'

/** One finding as four parts: what, why, fix, more. A mere note needs no more than the first and the last. */
export function findingLines(page: Page, finding: Finding): readonly string[] {
  const paint = paintFor(page, finding)
  const brief = isNote(finding)
  const glyph = isNote(finding) ? page.glyphs.note : page.glyphs.status[finding.status]
  const [first = '', ...others] = fill(
    page,
    `${glyph} ${wordFor(finding)}: ${shown(page, finding.message)}`,
    0,
    2,
  )
  return [
    paint(first),
    ...others.map(paint),
    ...(brief ? [] : labelled(page, 'Why', why(finding))),
    ...(brief ? [] : fixLines(page, finding)),
    ...labelled(page, 'More', finding.docs).map(page.paint.faint),
  ]
}

/** What the status is called beside its symbol. */
function wordFor(finding: Finding): string {
  if (isNote(finding)) return 'note'
  return finding.status === 'warn' ? 'warning' : finding.status === 'fail' ? 'failed' : finding.status
}

/** Worth knowing, nothing to worry about. */
export const isNote = (finding: Finding) =>
  finding.severity === 'info' && (finding.status === 'warn' || finding.status === 'fail')

function paintFor(page: Page, finding: Finding) {
  if (finding.status === 'fail') return page.paint.bad
  if (isNote(finding)) return page.paint.strong
  return page.paint.caution
}

/** What passed, or was left out on request, in one line: for those who want to see that it was looked at. */
export function briefLines(page: Page, { status, message, rule }: Finding): readonly string[] {
  const text = status === 'ignored' ? `ignored: ${message} (${rule})` : message
  const paint = status === 'pass' ? page.paint.good : page.paint.caution
  const glyph = page.glyphs.status[status]
  const [first = '', ...others] = fill(page, `${glyph} ${shown(page, text)}`, 2, 4)
  return [`  ${paint(glyph)}${first.slice(2 + glyph.length)}`, ...others]
}

/** The reason, and what was seen against what is needed, where a rule says so in one word each. */
function why({ why: reason, observed, expected }: Finding): string {
  const seen = scalar(observed)
  const wanted = scalar(expected)
  // That a permission is wanted `allowed` stands in the message already.
  if (seen === undefined || wanted === undefined || wanted === 'allowed') return reason
  return `${reason}${reason.endsWith('.') ? '' : '.'} Found ${seen}, needed ${wanted}.`
}

/** `false` against `true` says nothing that the sentence before it did not. */
function scalar(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' && value.length <= 60 ? value : undefined
}

function fixLines(page: Page, { fix }: Finding): readonly string[] {
  if (fix === null) return []
  if (fix.commands.length === 0) return labelled(page, 'Fix', fix.summary)
  return [
    ...labelled(page, 'Fix', `${fix.summary.replace(/\.$/, '')}:`),
    ...fix.commands.flatMap(({ text }) =>
      commandLines(page, shown(page, text), 2 + label).map((line) => page.paint.command(line)),
    ),
  ]
}
