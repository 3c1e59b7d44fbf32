import { nameIn } from '../../arn.js'
import type { LogResult } from '../../operations/mapping-results.js'
import type { ListRequest, LogRequest } from '../../operations/requests.js'
import type { Finding } from '../../preflight/finding.js'
import type { Outcome, Suggestion } from '../outcome.js'
import { fill, type Page, shown } from '../page.js'
import { commandLines } from './command-lines.js'
import { countsOf } from './findings.js'
import { marked } from './marked.js'
import { counted } from './sentences.js'

/** What belongs below the answer without being part of it: totals, an empty list, what to type next. */
export function afterwards(page: Page, outcome: Outcome, verbose: boolean): readonly string[] {
  switch (outcome.kind) {
    case 'preflight': {
      const made = (outcome.repairs ?? []).filter((told) => told.outcome === 'made').length
      const end = made > 0 ? [`${counted(made, 'fix', 'fixes')} made.`] : ['Nothing was changed.']
      const last = outcome.error ? [] : end
      const open = outcome.error ? [] : unsettled(outcome.report.findings)
      return [
        '',
        ...fill(page, [`${countsOf(outcome.report.findings)}.`, ...last].join(' ')),
        ...open.flatMap((line) => fill(page, line)),
      ]
    }
    case 'list':
      return outcome.list.mappings.length === 0
        ? fill(page, shown(page, nothingListed(outcome.asked)), 0, 2)
        : []
    case 'logs':
      return logNotes(page, outcome.log, outcome.asked)
    case 'rollback-list':
      return rollbackNotes(page, outcome, verbose)
    case 'status':
    case 'wired':
    case 'updated':
    case 'moved':
    case 'said':
      return outcome.next === undefined || outcome.next.length === 0
        ? []
        : ['', 'Next', ...nextLines(page, outcome.next)]
    default:
      return []
  }
}

/** Nobody should take for a pass what could not be looked at. */
function unsettled(findings: readonly Finding[]): readonly string[] {
  const open = findings.filter(({ status }) => status === 'unknown').length
  if (open === 0) return []
  const [what, them] = open === 1 ? ['One check', 'it'] : [`${open} checks`, 'them']
  return [
    `${what} could not be made: --strict=core fails on ${them}, \`sqs-trigger policy\` prints the rights.`,
  ]
}

/** What was looked for stands in the sentence: an empty list may be a misspelt name. */
function nothingListed({ queue, function: functionName }: ListRequest): string {
  const filters = [
    ...(queue === undefined ? [] : [`of the queue ${nameIn(queue)}`]),
    ...(functionName === undefined ? [] : [`to the function ${nameIn(functionName)}`]),
  ]
  if (filters.length === 0) return 'No event source mappings of SQS queues here.'
  return `No event source mapping ${filters.join(' ')} here; \`sqs-trigger list\` shows all.`
}

/** An empty log says by itself nothing about why. */
function logNotes(page: Page, { logGroup, lines, cut }: LogResult, asked: LogRequest): readonly string[] {
  if (lines.length === 0)
    return [
      ...fill(page, shown(page, `Log group ${logGroup} holds ${noLine(asked)}.`), 0, 2),
      ...(asked.messageId === undefined
        ? []
        : fill(page, 'A handler need not write the ids of its messages.')),
      ...furtherBack(asked).flatMap((since) => fill(page, `--since ${since} looks further back.`)),
    ]
  return cut ? fill(page, 'There are more lines than are read at once: begin later with --since.') : []
}

/** `no line that names message 5f0e… in the last 10 minutes`. */
function noLine({ messageId, requestId, lastMs }: LogRequest): string {
  const what =
    messageId !== undefined
      ? ` that names message ${messageId}`
      : requestId === undefined
        ? ''
        : ` of request ${requestId}`
  return `no line${what} in the last ${span(lastMs)}`
}

const hourMs = 3_600_000
const span = (ms: number) =>
  ms < 60_000
    ? counted(ms / 1_000, 'second')
    : ms < hourMs
      ? counted(Math.round(ms / 6_000) / 10, 'minute')
      : counted(Math.round(ms / 360_000) / 10, 'hour')

const furtherBack = ({ lastMs }: LogRequest): readonly string[] =>
  lastMs < hourMs ? ['1h'] : lastMs < 24 * hourMs ? ['24h'] : []

/** What belongs below the list of what can be undone. */
function rollbackNotes(
  page: Page,
  { entries, elsewhere, unreadable, place, next }: Extract<Outcome, { kind: 'rollback-list' }>,
  verbose: boolean,
): readonly string[] {
  const where = place === null ? '' : ` What --fix changes is written down in ${place}.`
  const here = elsewhere.length === 0 ? '' : ' here'
  return [
    ...(entries.length === 0
      ? fill(page, shown(page, `There is nothing to undo${here}.${where}`), 0, 2)
      : []),
    ...(elsewhere.length === 0 || verbose
      ? []
      : fill(page, `${elsewhere.length} more for other places: --verbose`)),
    ...unreadable.flatMap((name) => marked(page, 'warn', `${name} cannot be read, and is left out.`)),
    ...(next === null ? [] : ['', 'Next', ...nextLines(page, [{ command: next, does: 'undo the newest' }])]),
  ]
}

/** What each command does stands beside it where there is room, otherwise above it. */
function nextLines(page: Page, next: readonly Suggestion[]): readonly string[] {
  const width = Math.max(0, ...next.map(({ command }) => command.length))
  const beside = !page.accessible && next.every(({ does }) => 2 + width + 3 + does.length <= page.columns)
  return next.flatMap(({ command, does }) => {
    const typed = shown(page, command)
    if (beside) return [`  ${page.paint.command(typed.padEnd(width))}   ${does}`]
    return [`  ${does}:`, ...commandLines(page, typed, 4).map(page.paint.command)]
  })
}
