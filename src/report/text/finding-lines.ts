import type { Finding, Fix } from '../../preflight/finding.js'
import { beside, fill, named, type Page, shown } from '../page.js'
import { commandLines } from './command-lines.js'
import { label, labelled } from './labelled.js'

/**
 * One finding as four parts: what, why, fix, more. A mere note needs no more than the first and the last. `mendedBy`:
 * a finding further down whose fix mends this one, too.
 */
export function findingLines(page: Page, finding: Finding, mendedBy?: Finding): readonly string[] {
  const paint = paintFor(page, finding)
  const brief = isNote(finding)
  const glyph = isNote(finding) ? page.glyphs.note : page.glyphs.status[finding.status]
  const [first = '', ...others] = fill(
    page,
    `${beside(page, glyph)}${wordFor(finding)}: ${shown(page, finding.message)}`,
    0,
    2,
  )
  return [
    paint(first),
    ...others.map(paint),
    ...(brief ? [] : labelled(page, 'Why', why(finding))),
    ...(brief
      ? []
      : mendedBy
        ? labelled(page, 'Fix', `The command below, under ${mendedBy.rule}, fixes this too.`)
        : fixLines(page, finding)),
    ...moreLines(page, finding).map(page.paint.faint),
  ]
}

/** A command: it stays one to paste where the page is narrow. */
function moreLines(page: Page, { rule }: Finding): readonly string[] {
  const [first = '', ...others] = commandLines(page, `sqs-trigger explain ${shown(page, rule)}`, 2 + label)
  return [`  ${named(page, 'More', label, 0)}${first.slice(2 + label)}`, ...others]
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
  // What was left out on request says so itself.
  const { status: glyphs } = page.glyphs
  const lead = status === 'ignored' ? beside(page, glyphs[status]) : `${glyphs[status]} `
  const [first = '', ...others] = fill(page, `${lead}${shown(page, text)}`, 2, 4)
  return [`  ${paint(lead.trimEnd())}${first.slice(2 + lead.trimEnd().length)}`, ...others]
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
  const indent = 2 + label
  // Never broken: JSON has no place for the backslash of a shell.
  const documents =
    fix.commands.length === 0 ? toAdd(fix).map((text) => ' '.repeat(indent) + shown(page, text)) : []
  const commands = fix.commands.flatMap(({ text }) => commandLines(page, shown(page, text), indent))
  const lines = [...commands, ...documents]
  if (lines.length === 0) return labelled(page, 'Fix', fix.summary)
  return [
    ...labelled(page, 'Fix', `${fix.summary.replace(/\.$/, '')}:`),
    ...lines.map((line) => page.paint.command(line)),
  ]
}

/**
 * What somebody else has to write. Only policies of a resource name a principal; there is one of each, so that a
 * statement is to be added to it. Anything else is a document of its own.
 */
function toAdd({ policy }: Fix): readonly string[] {
  if (policy === undefined) return []
  const statements = [policy.Statement ?? []].flat()
  const ofResource = statements.every((one) => typeof one === 'object' && one !== null && 'Principal' in one)
  return (ofResource ? statements : [policy]).map((one) => JSON.stringify(one))
}
