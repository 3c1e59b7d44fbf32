import type { AuditedMapping, Health } from '../../fleet/audit/results.js'
import type { Finding } from '../../preflight/finding.js'
import { counted, escaped } from './escape.js'
import { mark } from './marks.js'

/** What was found of a mapping, under the worst of it as its heading; then what it is made of. */
export function mappingDetails(audited: AuditedMapping): string {
  const { findings } = audited
  const [worst] = findings
  const more = findings.length > 1 ? ` <span class="count">and ${findings.length - 1} more</span>` : ''
  const summary = worst === undefined ? nothingFound(audited) : `${escaped(worst.message)}${more}`
  return `<details><summary>${summary}</summary>
${findings.map((finding, index) => findingBlock(finding, index === 0)).join('\n')}
${facts(audited)}
</details>`
}

function nothingFound({ health, counts }: AuditedMapping): string {
  const judged = Object.values(counts).some((count) => count > 0)
  if (!judged) return 'Not judged'
  if (health !== 'healthy') return 'Nothing new was found'
  return `Nothing to mend <span class="count">${counted(counts.pass, 'check')} passed</span>`
}

/** The first has its heading in what is folded. */
function findingBlock(finding: Finding, first: boolean): string {
  const { rule, message, why, fix, assumptions, gap, status } = finding
  const parts = [
    ...(first ? [] : [`<h3>${labelOf(finding)}${escaped(message)}</h3>`]),
    ...(why === '' ? [] : [`<p>${escaped(why)}</p>`]),
    ...compared(finding),
    ...(gap?.permission ? [`<p><code>${escaped(gap.permission)}</code> would settle it.</p>`] : []),
    ...(fix === null ? [] : [`<p><b>Fix</b> ${escaped(fix.summary)}</p>`]),
    ...(fix?.commands ?? []).map(({ text }) => `<pre><code>${escaped(text)}</code></pre>`),
    ...(assumptions.length === 0
      ? []
      : [`<p class="small">Assumes that ${escaped(assumptions.join('; '))}.</p>`]),
    `<p class="small">${status === 'ignored' ? 'Ignored. ' : ''}More: <code>sqs-trigger explain ${escaped(rule)}</code></p>`,
  ]
  return `<div class="finding">\n${parts.join('\n')}\n</div>`
}

/** Only values that say something on a line. */
function compared({ observed, expected, status }: Finding): readonly string[] {
  if (status === 'unknown' || observed === null || observed === undefined) return []
  if (typeof observed === 'boolean') return []
  const seen = `Observed <code>${escaped(valueText(observed))}</code>`
  const wanted =
    expected === null || expected === undefined
      ? ''
      : `, expected <code>${escaped(valueText(expected))}</code>`
  return [`<p class="small">${seen}${wanted}.</p>`]
}

const valueText = (value: unknown) => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))

function labelOf({ status, severity }: Finding): string {
  const labels: Readonly<Record<string, readonly [Health | 'note', string]>> = {
    unknown: ['unknown', 'Unknown'],
    pass: ['healthy', 'Passed'],
    skip: ['note', 'Skipped'],
    ignored: ['note', 'Ignored'],
    error: ['error', 'Error'],
    warning: ['warning', 'Warning'],
    info: ['note', 'Note'],
  }
  const [health, word] = labels[status] ?? labels[severity] ?? ['unknown', 'Unknown']
  return `${mark(health)}<span class="spoken">${word}: </span>`
}

function facts({ mapping, roleArn, deadLetterQueueArn }: AuditedMapping): string {
  const { uuid, queueArn, functionArn, batchWindowSeconds, maxConcurrency, filters = [] } = mapping
  const told: readonly (readonly [string, string | null])[] = [
    ['Mapping', uuid],
    ['Queue', queueArn],
    ['Function', functionArn],
    ['Role', roleArn],
    ['Dead-letter queue', deadLetterQueueArn],
    ['Window', batchWindowSeconds === 0 ? null : counted(batchWindowSeconds, 'second')],
    ['Concurrency', maxConcurrency === undefined ? null : `at most ${maxConcurrency}`],
    ['Partial responses', mapping.reportBatchItemFailures ? 'on' : null],
    ['Filters', filters.length === 0 ? null : filters.join('\n')],
  ]
  const items = told.flatMap(([name, value]) =>
    value === null ? [] : [`<dt>${name}</dt><dd>${escaped(value)}</dd>`],
  )
  return `<dl class="facts">${items.join('')}</dl>`
}
