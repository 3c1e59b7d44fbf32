import { expect, test } from 'vitest'
import { preflightEnded, preflightEvents, reported, usage } from './json-run.js'
import { context, findings, mapping, wireEvents } from './samples.js'

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

test('the lines of a log stand once: as they came', async () => {
  const entry = { time: '2026-11-23T04:00:00.000Z', message: 'hello', requestId: null, stream: 's' }
  const log = { context, mapping, logGroup: '/aws/lambda/w', lines: [entry], cut: false }
  const outcome = { kind: 'logs', log, asked: { mapping: 'orders', lastMs: 600_000 } } as const
  const events = [{ type: 'log-line', line: entry }] as const
  const { stdout } = await reported(
    'ndjson',
    { outcome, ending: { exitCode: 0, exitName: 'OK' } },
    { events },
  )
  expect(linesOf(stdout)).toMatchObject([
    { type: 'log-line', line: { message: 'hello' } },
    { type: 'summary', result: { lines: [] } },
  ])
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
