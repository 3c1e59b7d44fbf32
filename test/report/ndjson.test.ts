import { expect, test } from 'vitest'
import { preflightEnded, preflightEvents, reported, usage } from './json-run.js'
import { findings, wireEvents } from './samples.js'

const failed = findings.filter(({ status }) => status === 'fail')

const linesOf = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line))

test('a finding is a line as soon as it is judged, and the document is the last', async () => {
  const { stdout, stderr } = await reported('ndjson', preflightEnded(findings, failed), {
    events: preflightEvents(),
  })
  const lines = linesOf(stdout)
  expect(lines.map(({ type }) => type)).toEqual([
    'caller-identified',
    'target-resolved',
    'facts-gathered',
    ...findings.map(() => 'finding'),
    'summary',
  ])
  const told = lines.filter(({ type }) => type === 'finding')
  expect(told.map(({ rule, status }) => [rule, status])).toEqual(
    findings.map(({ rule, status }) => [rule, status]),
  )
  const json = JSON.parse(
    (await reported('json', preflightEnded(findings, failed), { events: preflightEvents() })).stdout,
  )
  expect(told).toEqual(json.findings.map((finding: object) => ({ type: 'finding', ...finding })))
  const { findings: _, ...rest } = json
  const timing = { startedAt: expect.any(String), elapsedMs: expect.any(Number) }
  expect(lines.at(-1)).toEqual({ type: 'summary', ...rest, timing })
  expect(stderr).toContain('1 of 7 checks failed')
})

test('every event has a line, but for sentences for people', async () => {
  const { stdout } = await reported('ndjson', preflightEnded([], []), { events: wireEvents })
  const lines = linesOf(stdout)
  const expected = wireEvents
    .filter(({ type }) => type !== 'step-started')
    .map(({ type }) => (type === 'rule-judged' ? 'finding' : type))
  expect(lines.map(({ type }) => type)).toEqual([...expected, 'summary'])
  expect(lines.find(({ type }) => type === 'mapping-state').mapping).toHaveProperty('maxConcurrency', null)
  expect(lines.filter(({ type }) => type === 'proof-hop').map(({ hop }) => hop.line)).toContain(null)
})

test('what ended before anything was judged is one line', async () => {
  const { stdout } = await reported('ndjson', usage, { provisional: true })
  expect(linesOf(stdout)).toMatchObject([{ type: 'summary', exitCode: 2, error: { code: 'USAGE' } }])
})

test('what another program ended with is not added to what it wrote', async () => {
  const outcome = { kind: 'said', lines: [], exitCode: 7 } as const
  const { stdout } = await reported('ndjson', { outcome, ending: { exitCode: 7, exitName: 'FAILED' } })
  expect(stdout).toBe('')
})
