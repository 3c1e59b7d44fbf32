import { cleanLines, cleanText } from './clean-text.js'
import type { ToldFinding, ToldRun } from './document.js'
import { causesOf, changeText, namesIn } from './finding-text.js'

/** A run as GitHub-flavoured Markdown for a pull request: a line, a table, and what mends each problem, folded. */
export function markdownDocument(run: ToldRun): string {
  return `${markdownParts(run).join('\n\n')}\n`
}

/** The same in parts, the most important first, for a place that may not take all of it. */
export function markdownParts({ document, findings, failure, samples, fleet }: ToldRun): readonly string[] {
  const judged = findings.flatMap((finding) => {
    const label = labelOf(finding)
    return label === undefined ? [] : [{ label, findings: [finding], what: finding.message }]
  })
  const open = causesOf(findings).map(({ stops, permission, reason, findings: left }) => ({
    label: stops ? ('❔ unknown' as const) : ('❔ open' as const),
    findings: left,
    what: `Cannot be told: ${reason}.${permission === null ? '' : ` ${permission} would settle it.`}`,
  }))
  const told = [...judged, ...open].toSorted(
    (one, other) => labels.indexOf(one.label) - labels.indexOf(other.label),
  )
  const rows = told.map(({ label, findings: members, what }) => {
    const rules = members.map(({ rule }) => `\`${rule}\``).join('<br>')
    return `| ${label} | ${rules} | ${phrase(what)} |`
  })
  const hint = failure?.hint ?? null
  return [
    headingOf(document),
    `**${phrase(document.error?.message ?? fleet?.summary ?? verdictOf(document.summary))}**`,
    ...(hint === null ? [] : [block(hint)]),
    ...(findings.length === 0 ? [] : [`${countsOf(document)}${whereOf(document)}`]),
    ...document.warnings.map((warning) => `⚠️ ${phrase(warning)}`),
    ...tableOf(
      ['', 'queue', 'function', 'what'],
      (fleet?.steps ?? []).map(
        ({ what, queue, function: name, details }) =>
          `| ${phrase(what)} | ${code(queue)} | ${code(name)} | ${details.map(phrase).join('<br>')} |`,
      ),
    ),
    ...changedList(document),
    ...tableOf(['', 'rule', 'what'], rows),
    ...tableOf(
      ['message', 'is', 'why'],
      samples.map(({ name, verdict, reason }) => `| ${phrase(name)} | ${verdict} | ${phrase(reason)} |`),
    ),
    ...told.flatMap(({ findings: members }) => members.flatMap(detailsOf)),
  ]
}

/** What was changed, each with the command that undoes it: the journal of a CI run is gone with its machine. */
function changedList({ changed }: ToldRun['document']): readonly string[] {
  if (changed.length === 0) return []
  const items = changed.map((made) => {
    const lines = [phrase(changeText(made)), ...(made.undo === '' ? [] : ['Undo:', block(made.undo, 'sh')])]
    return `- ${lines.join('\n\n').replace(/\n(?=[^\n])/g, '\n  ')}`
  })
  return [['**Changed:**', ...items].join('\n\n')]
}

function tableOf(heads: readonly string[], rows: readonly string[]): readonly string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`.replace('|  |', '| |')
  return [[line(heads), line(heads.map(() => '---')), ...rows].join('\n')]
}

function headingOf({ command, target }: ToldRun['document']): string {
  const names = namesIn(target)
  const about = names === null ? '' : `: ${code(names.queue)} → ${code(names.function)}`
  return `### sqs-trigger${command === null ? '' : ` ${phrase(command)}`}${about}`
}

function verdictOf({ fail, unknown }: ToldRun['document']['summary']): string {
  if (fail > 0) return fail === 1 ? 'One check failed.' : `${fail} checks failed.`
  return unknown > 0 ? 'Nothing that could be judged stands in the way.' : 'Nothing stands in the way.'
}

function countsOf({ summary }: ToldRun['document']): string {
  const counts = [
    [summary.fail, 'failed'],
    [summary.warn, 'to look at'],
    [summary.unknown, 'unknown'],
    [summary.pass, 'passed'],
    [summary.ignored, 'ignored'],
    [summary.skip, 'skipped'],
  ] as const
  const told = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`)
  return `${told.join(', ')}.`
}

const whereOf = ({ context }: ToldRun['document']) =>
  context === null
    ? ''
    : ` Account ${code(context.account)}, ${code(context.region)}, as ${code(context.caller)}.`

const labels = ['❌ fails', '❔ unknown', '⚠️ warning', '❔ open', 'ℹ️ note', '➖ ignored'] as const
type Label = (typeof labels)[number]

/** undefined: not worth a row of its own. An unknown that stops the run stands above the warnings. */
function labelOf({ status, severity, stops }: ToldFinding): Label | undefined {
  if (status === 'ignored') return '➖ ignored'
  if (status === 'fail') return '❌ fails'
  if (status !== 'warn') return undefined
  return stops ? '❌ fails' : severity === 'info' ? 'ℹ️ note' : '⚠️ warning'
}

function detailsOf({ status, rule, why, fix }: ToldFinding): readonly string[] {
  if (fix === null || (status !== 'fail' && status !== 'warn')) return []
  const commands = fix.commands.map(({ text }) => block(text, 'sh'))
  const parts = [
    `<details><summary>Fix <code>${rule}</code></summary>`,
    phrase(why),
    phrase(fix.summary),
    ...commands,
    `More: \`sqs-trigger explain ${rule}\``,
    '</details>',
  ]
  return [parts.join('\n\n')]
}

/**
 * Any text as words on one line: nothing in it is markup, nothing notifies anybody.
 * https://github.github.com/gfm/#backslash-escapes
 */
function phrase(text: string): string {
  return cleanText(text)
    .trim()
    .replace(/[\\`*_[\]<>|~$&#]/g, '\\$&')
    .replace(/(^|[^\w.])@(?=\w)/g, '$1@<!-- -->')
    .replace(/^([+=-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2')
}

/** A name in code. Backticks inside it would end it. */
const code = (name: string) => `\`${cleanText(name).replace(/[`|]/g, "'")}\``

/** A block of code; its fence is longer than any run of backticks inside. */
function block(text: string, language = ''): string {
  const inner = cleanLines(text)
  const longest = Math.max(2, ...(inner.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}${language}\n${inner}\n${fence}`
}
