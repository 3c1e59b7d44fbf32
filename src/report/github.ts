import { cleanLines, cleanText } from './clean-text.js'
import type { ToldFinding, ToldRun } from './document.js'
import { causesOf, causeText, changeText, findingText, sampleText } from './finding-text.js'
import { markdownParts } from './markdown.js'

type Level = 'error' | 'warning' | 'notice'

interface Annotation {
  readonly level: Level
  readonly title: string
  readonly lines: readonly string[]
}

/**
 * A run as workflow commands that GitHub Actions shows as annotations, one a line; none where nothing objects. Errors
 * stand first, and what one cause leaves unknown is one annotation, because only the first few of each kind are shown.
 * They name no file: nothing of it is in one.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
export function annotations(
  { document, findings, failure, samples }: ToldRun,
  troubles: readonly string[],
): string {
  const warned = [...document.warnings, ...troubles].map(
    (message): Annotation => ({ level: 'warning', title: 'sqs-trigger', lines: [message] }),
  )
  const failed: readonly Annotation[] =
    failure === null
      ? []
      : [
          {
            level: 'error',
            title: `sqs-trigger: ${failure.code}`,
            lines: [failure.message, ...(failure.hint === null ? [] : [failure.hint])],
          },
        ]
  const changed = document.changed.map(
    (made): Annotation => ({
      level: 'notice',
      title: 'sqs-trigger: changed',
      lines: [changeText(made), ...(made.undo === '' ? [] : [`Undo: ${made.undo}`])],
    }),
  )
  const met = samples.map(
    (sample): Annotation => ({
      level: sample.verdict === 'kept' ? 'notice' : 'warning',
      title: 'sqs-trigger: sample',
      lines: [sampleText(sample)],
    }),
  )
  const open = causesOf(findings).map(
    (cause): Annotation => ({
      level: cause.stops ? 'error' : 'notice',
      title: `unknown: ${cause.findings.map(({ rule }) => rule).join(' ')}`,
      lines: causeText(cause),
    }),
  )
  const told = [...failed, ...findings.flatMap(annotated), ...open, ...warned, ...met, ...changed]
  const inOrder = (['error', 'warning', 'notice'] as const).flatMap((level) =>
    told.filter((annotation) => annotation.level === level),
  )
  return inOrder.map((annotation) => `${commandOf(annotation)}\n`).join('')
}

function annotated(finding: ToldFinding): readonly Annotation[] {
  const { status, rule, severity, stops } = finding
  const lines = findingText(finding)
  switch (status) {
    case 'fail':
      return [{ level: 'error', title: rule, lines }]
    case 'warn':
      return [{ level: stops ? 'error' : severity === 'info' ? 'notice' : 'warning', title: rule, lines }]
    default:
      return []
  }
}

const commandOf = ({ level, title, lines }: Annotation) =>
  `::${level} title=${property(title)}::${data(lines.join('\n'))}`

/** As the runner takes them apart: https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts */
const data = (text: string) =>
  cleanLines(text)
    .replaceAll('%', '%25')
    .replaceAll('\r', '%0D')
    .replace(/[\n\u2028\u2029]/g, '%0A')
const property = (text: string) => data(cleanText(text)).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** What GitHub takes as the summary of one step, in bytes. */
export const largestSummary = 1024 * 1024

/**
 * The Markdown of the run for the summary of a step, no longer than `room` bytes: GitHub refuses a longer one as a
 * whole. What is left out is said.
 */
export function stepSummary(run: ToldRun, room: number): string {
  const parts = markdownParts(run).map((part) => `${part}\n\n`)
  const whole = parts.join('')
  if (Buffer.byteLength(whole) <= room) return whole
  const rest = '_The rest is too long for a summary; it stands in the log._\n\n'
  let left = room - Buffer.byteLength(rest)
  const fitting = parts.map((part) => {
    const size = Buffer.byteLength(part)
    if (size > left) return ''
    left -= size
    return part
  })
  return left < 0 ? '' : `${fitting.join('')}${rest}`
}
