import { nameIn } from '../../arn.js'
import { ownerNamed } from '../../fleet/owner.js'
import type { Mapping } from '../../mapping.js'
import type { LastRun } from '../../operations/redrive/results.js'
import type { QueueStatus, StatusMetrics, StatusResult } from '../../operations/results.js'
import type { Finding } from '../../preflight/finding.js'
import { fill, type Page } from '../page.js'
import { briefLines } from './finding-lines.js'
import { countsOf } from './findings.js'
import { linkLines } from './link-lines.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { counted, elapsed } from './sentences.js'

/** One mapping, its settings, and how full its queues are. */
export function statusLines(page: Page, status: StatusResult): readonly string[] {
  const {
    mapping,
    queue,
    deadLetterQueue,
    maxReceiveCount,
    logGroup,
    links,
    queueTags,
    mappingTags,
    findings,
    metrics,
    lastRun,
  } = status
  const { between } = page.glyphs
  const enabled = mapping.state === 'Enabled'
  const gone = endGone(findings)
  const owner = ownerNamed(mappingTags)
  const reason = mapping.stateTransitionReason ? ` (${mapping.stateTransitionReason})` : ''
  const deadLetters =
    deadLetterQueue === null
      ? 'none'
      : countersOf(deadLetterQueue, maxReceiveCount === null ? '' : `, after ${maxReceiveCount} receives`)
  return [
    ...(gone
      ? marked(page, 'fail', gone.message)
      : marked(page, enabled ? 'pass' : 'warn', `${pair(page, mapping)} is ${mapping.state}`)),
    ...fieldLines(page, [
      ['Mapping', mapping.uuid],
      ['State', `${mapping.state}${reason}`],
      ...(mapping.lastModified === undefined ? [] : [['Changed', mapping.lastModified] as const]),
      ['Settings', settingsOf(mapping).join(between)],
      ['Filters', mapping.filters?.length ? mapping.filters.join('\n') : 'none'],
      ['Queue', countersOf(queue)],
      ['Dead letters', deadLetters],
      ['Queue tags', queueTags === null ? 'cannot be read' : tagsOf(queueTags, between)],
      ['Mapping tags', mappingTags === null ? 'cannot be read' : tagsOf(mappingTags, between)],
      ...(owner === null ? [] : [['Belongs to', owner] as const]),
      ['Log group', logGroup],
      ...(lastRun === null ? [] : [['Last run', lastRunWords(lastRun)] as const]),
      ...(metrics === null ? [] : metricFields(metrics)),
    ]),
    ...(links === null ? [] : linkLines(page, links)),
    ...(findings === null ? [] : checkLines(page, findings)),
    ...(lastRun?.kind === 'failed' ? failedLines(page, mapping, lastRun) : []),
  ]
}

function lastRunWords(lastRun: LastRun): string {
  switch (lastRun.kind) {
    case 'well':
      return `ended well, ${lastRun.at}`
    case 'failed':
      return `${lastRun.certain === false ? 'may have failed' : 'failed'}, ${lastRun.at}`
    case 'none':
      return 'none within the last hour'
    case 'unknown':
      return `cannot be told (${lastRun.reason})`
  }
}

/** Enabled is not yet working. */
function failedLines(
  page: Page,
  { functionArn }: Mapping,
  { failure, certain }: Extract<LastRun, { kind: 'failed' }>,
) {
  return marked(
    page,
    'fail',
    `Function ${nameIn(functionArn)} ${certain === false ? 'may have failed' : 'failed'} in its last run: ${failure}`,
  )
}

/** CloudWatch tells of the last minute only when it is over. */
function metricFields(metrics: StatusMetrics): readonly (readonly [string, string])[] {
  const { minutes, oldestSeconds, sent, deleted, runs, errors, throttles, unreadable } = metrics
  if (unreadable !== null) return [['Metrics', unreadable]]
  const numbered = (value: number | null, word: string) =>
    value === null ? `no count of ${word}s` : counted(value, word)
  const count = (value: number | null, word: string) => `${value ?? 'no count of'} ${word}`
  return [
    [
      'Oldest',
      oldestSeconds === null ? 'CloudWatch tells no age' : `message of ${elapsed(oldestSeconds * 1_000)}`,
    ],
    ['Messages', `${count(sent, 'sent')}, ${count(deleted, 'deleted')}, in ${minutes} minutes`],
    [
      'Runs',
      `${numbered(runs, 'run')}, ${numbered(errors, 'error')}, ${count(throttles, 'throttled')}, in ${minutes} minutes`,
    ],
  ]
}

const tagsOf = (tags: Readonly<Record<string, string>>, between: string) =>
  Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(between) || 'none'

/** A note says nothing that is wrong. */
export const isWrong = ({ status, severity }: Finding) =>
  (status === 'fail' || status === 'warn') && severity !== 'info'

/** That its queue or function does not exist: it hardly matters then that it is Enabled. */
export const endGone = (findings: readonly Finding[] | null): Finding | undefined =>
  findings?.find(({ rule, status }) => status === 'fail' && /^mapping-without-/.test(rule))

/** What is wrong now, a line each; how it is mended the preflight says. */
function checkLines(page: Page, findings: readonly Finding[]): readonly string[] {
  const first = endGone(findings)
  // That was said above.
  const wrong = findings.filter((finding) => finding !== first && isWrong(finding))
  return [
    '',
    ...fill(page, `Checks: ${countsOf(findings)}`, 0, 2),
    ...wrong.flatMap((finding) => briefLines(page, finding)),
  ]
}

/** @param when what brings messages there */
function countersOf({ queueArn, counters, unreadable }: QueueStatus, when = ''): string {
  const name = `${nameIn(queueArn)}${when}`
  if (counters === null) return `${name}: cannot be read${unreadable === null ? '' : ` (${unreadable})`}`
  const { visible, inFlight, delayed } = counters
  return `${name}: about ${visible} waiting, ${inFlight} in flight, ${delayed} delayed`
}
