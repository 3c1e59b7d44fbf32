import { expect, test } from 'vitest'
import { auditMermaid, failureMermaid } from '../../src/report/mermaid.js'
import { auditOf, hostileAudit, made } from './audit-sample.js'

/** The lines that may stand in a chart of ours; nothing else does. */
const text = '"(?:[\\w .,()+/-]|<br/>|#\\d+;)*"'
const health = ':::(?:error|warning|unknown|healthy)'
const grammar: readonly RegExp[] = [
  /^flowchart LR$/,
  /^accTitle: [\w .,;]+$/,
  /^%% Made by sqs-trigger audit [\d.]+ at [\dT:.Z-]+$/,
  new RegExp(`^\\w+(?:\\[${text}\\]|\\(\\[${text}\\]\\)|\\[\\(${text}\\)\\])${health}$`),
  new RegExp(`^\\w+ (?:-->|--x|-\\.->)\\|${text}\\| \\w+$`),
  /^classDef (?:error|warning|unknown|healthy) [\w#:, -]+$/,
]
const strange = (chart: string) =>
  chart.split('\n').filter((line) => line !== '' && !grammar.some((form) => form.test(line.trim())))

test('queues, functions and dead-letter queues in the colours of their health', async () => {
  const chart = auditMermaid(auditOf(5), made)
  expect(strange(chart)).toEqual([])
  await expect(chart).toMatchFileSnapshot('snapshots/audit-chart.mmd')
})

test('every line names only what was declared', () => {
  const lines = auditMermaid(auditOf(60), made).split('\n')
  const declared = new Set(lines.flatMap((line) => /^ {2}(\w+)[[(]/.exec(line)?.[1] ?? []))
  const used = lines.flatMap((line) => /^ {2}(\w+) -.*\| (\w+)$/.exec(line)?.slice(1) ?? [])
  expect(used.length).toBeGreaterThan(100)
  expect(used.filter((id) => !declared.has(id))).toEqual([])
})

test('a hostile name stays inside its quotes', () => {
  const chart = auditMermaid(hostileAudit(), made)
  expect(strange(chart)).toEqual([])
  expect(strange('  n1["a"]:::error; click n1 "javascript:alert(1)"')).toHaveLength(1)
  expect(chart).toContain('#92;u202e')
})

test.each([1000, 2000])(
  '%i mappings stay within what Mermaid draws; what is left out is counted',
  (count) => {
    const chart = auditMermaid(auditOf(count), made)
    expect(strange(chart)).toEqual([])
    expect(chart.length).toBeLessThan(50_000)
    const edges = chart.match(/(?:-->|--x|-\.->)\|/g) ?? []
    expect(edges.length).toBeLessThan(500)
    const wired = chart.match(/(?:-->|--x)\|/g)?.length ?? 0
    expect(chart).toContain(`Not drawn#58; ${(count - wired).toLocaleString('en-US')} mappings`)
    expect(chart).toMatch(/unread0\["Not read#58; 444455556666, us-east-1"\]/)
  },
)

test('a run that came to nothing says so in a chart', () => {
  expect(strange(failureMermaid({ message: 'No "Region" %%{init}%% is set.' }))).toEqual([])
})
