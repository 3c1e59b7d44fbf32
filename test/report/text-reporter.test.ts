import { describe, expect, test } from 'vitest'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import type { Outcome } from '../../src/report/outcome.js'
import { openTextReporter } from '../../src/report/text-reporter.js'
import { fakeHost } from '../cli/fake-host.js'
import { type Choices, rendered, type Told } from './rendered.js'
import { context, findings, mapping, plan, proof, queueArn, target, uuid, wireEvents } from './samples.js'

const links = {
  queue: 'https://eu-west-1.console.aws.amazon.com/sqs/v3/home?region=eu-west-1#/queues/orders',
  function: 'https://eu-west-1.console.aws.amazon.com/lambda/home?region=eu-west-1#/functions/order-worker',
  logs: 'https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:log-groups',
}
const next = [{ command: `sqs-trigger unwire ${uuid} --profile dev --region eu-west-1`, does: 'undo' }]
const wired: Outcome = {
  kind: 'wired',
  plan,
  result: { mapping, outcome: 'created', waitedMs: 38_000, proof },
  links,
  next,
}
const checks = new SqsTriggerError('CHECKS_FAILED', '1 of 6 checks failed. Nothing was changed.', {
  hint: findings[3]?.fix?.commands[0]?.text ?? '',
})
const preflight: Outcome = { kind: 'preflight', report: { context, target, findings }, error: checks }
const counters = { visible: 3, inFlight: 1, delayed: 0 }
const status: Outcome = {
  kind: 'status',
  status: {
    context,
    mapping: { ...mapping, filters: ['{"body":{"kind":["order"]}}'], maxConcurrency: 5 },
    queue: { queueArn, counters, unreadable: null },
    deadLetterQueue: {
      queueArn: `${queueArn}-dlq`,
      counters: null,
      unreadable: 'AWS refused sqs:GetQueueAttributes.',
    },
    maxReceiveCount: 5,
    logGroup: '/aws/lambda/order-worker',
    links,
    queueTags: { team: 'orders' },
    mappingTags: {},
    findings: null,
    lastRun: {
      kind: 'failed',
      requestId: '0d3b8f1c-5b1e-4a53-9a55-7c1d2f0a2e77',
      at: '2026-11-23T04:00:00.000Z',
      failure: 'Error: out of stock',
    },
    metrics: null,
  },
}
const second = {
  ...mapping,
  uuid: '0b0b0b0b-5b1e-4a53-9a55-0d3b8f1c2e77',
  queueArn: `${queueArn}.fifo`,
  state: 'Disabled',
}
const list: Outcome = { kind: 'list', asked: {}, list: { context, mappings: [mapping, second] } }

describe.each<[string, Choices]>([
  ['80', {}],
  ['40', { columns: 40 }],
  ['ascii', { ascii: true }],
  ['accessible', { accessible: true }],
  ['colour', { color: true }],
])('at %s', (name, choices) => {
  test.each<[string, Told]>([
    ['wire', { events: wireEvents, outcome: wired }],
    ['plan', { plan: { kind: 'wire', plan } }],
    ['preflight', { events: [{ type: 'caller-identified', context }], outcome: preflight }],
    ['list', { outcome: list }],
    ['status', { outcome: status }],
  ])('%s', async (what, told) => {
    await expect(await rendered(told, choices)).toMatchFileSnapshot(`./snapshots/${what}-${name}.txt`)
  })
})

test('ASCII means ASCII', async () => {
  for (const outcome of [wired, preflight, list, status]) {
    const text = await rendered({ events: wireEvents, outcome }, { ascii: true })
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is looked for
    expect(text).not.toMatch(/[^\u0000-\u007f]/)
  }
})

test('what is read aloud has words for symbols, and no columns', async () => {
  for (const outcome of [wired, preflight, list, status]) {
    for (const verbose of [false, true]) {
      const text = await rendered({ events: wireEvents, outcome }, { accessible: true, verbose })
      expect(text).not.toMatch(/[✓✗→▶·–×…]|^\s*[!?] /m)
      // Nothing stands apart by more than one blank, but for the line of a log, which stays as it is.
      expect(text.split('\n').filter((line) => /\S {2,}/.test(line) && !line.includes('"level"'))).toEqual([])
    }
  }
})

test('on a terminal without a spinner each step is told once', async () => {
  const { host, stderr } = fakeHost([], { terminal: true, env: { ACCESSIBLE: '1' } })
  const streams = openStreams(host, { color: false, ascii: false, input: true })
  const reporter = await openTextReporter(streams, { quiet: false, verbose: false, debug: false })
  const steps = ['Asking AWS', 'Reading queue orders', 'Asking AWS', 'Reading queue orders']
  for (const what of steps) reporter.on({ type: 'step-started', what })
  reporter.pause()
  reporter.on({ type: 'step-started', what: 'Reading queue orders' })
  reporter.pause()
  expect(stderr()).toBe('Reading queue orders\nReading queue orders\n')
})

test('without colour there is no escape sequence, and nothing is repainted off a terminal', async () => {
  const text = await rendered({ events: wireEvents, outcome: wired })
  expect(text).not.toContain('\u001b')
  expect(text).not.toContain('\r')
})

test('the wait without a terminal: a line a change, and a heartbeat each 15 seconds', async () => {
  const lines = (await rendered({ events: wireEvents }))
    .split('\n')
    .filter((line) => /^ +\d+:\d\d /.test(line))
  expect(lines).toEqual([
    ' 0:00  Creating   USER_INITIATED',
    ' 0:15  Creating   still waiting',
    ' 0:21  Enabling   USER_INITIATED',
    ' 0:38  Enabled    USER_INITIATED',
  ])
})

test('a preflight that passes with gaps says so last, and how to close them', async () => {
  const passing = findings.filter(({ status }) => status === 'pass' || status === 'unknown')
  const report = { context, target, findings: passing }
  const told = await rendered({ outcome: { kind: 'preflight', report } })
  expect(told.replace(/\s+/g, ' ')).toContain(
    'One check could not be made: --strict=core fails on it, `sqs-trigger policy` prints the rights.',
  )
  const whole = { ...report, findings: passing.filter(({ status }) => status === 'pass') }
  expect(await rendered({ outcome: { kind: 'preflight', report: whole } })).not.toContain('could not be made')
})

test('--quiet leaves the answer and errors', async () => {
  const quiet = await rendered({ events: wireEvents, outcome: { ...wired, error: checks } }, { quiet: true })
  expect(quiet).toMatch(/^--- stderr\n✗ 1 of 6 checks failed/)
  expect(quiet).toContain('--- stdout\n✓ orders → order-worker is Enabled after 0:38')
})

test('--quiet does not hide why: the findings that stop it stand before the error', async () => {
  const [, , , failing] = findings
  if (!failing) throw new Error('the samples have no failing finding')
  const blocked = { ...plan, outcome: 'blocked', findings, blocking: [failing] } as const
  const told = await rendered({ plan: { kind: 'wire', plan: blocked }, error: checks }, { quiet: true })
  expect(told).toMatch(/^--- stderr\n✗ failed: order-worker-role may not call sqs:ReceiveMessage on orders/)
  expect(told).toContain('1 of 6 checks failed')
  expect(told).not.toContain('has no dead-letter queue')
  // The fix stands with its finding, and only there.
  expect(told.match(/aws iam put-role-policy/g)).toHaveLength(1)
})

test.each<[Extract<Outcome, { kind: 'list' }>['asked'], string]>([
  [{}, 'No event source mappings of SQS queues here.'],
  [{ queue: 'nosuch' }, 'No event source mapping of the queue nosuch here; `sqs-trigger list` shows all.'],
  [
    { queue: 'a', function: 'b' },
    'No event source mapping of the queue a to the function b here; `sqs-trigger list` shows all.',
  ],
])('an empty list after %j names what was looked for', async (asked, sentence) => {
  const told = await rendered({ outcome: { kind: 'list', asked, list: { context, mappings: [] } } })
  expect(told.replaceAll(/\n +/g, ' ')).toContain(sentence)
})

test.each([80, 60, 100])(
  'a list at %i columns shows the state, and the whole mapping or none',
  async (columns) => {
    const arn = (name: string) => `${queueArn}-${name.repeat(9)}`
    const long = {
      ...mapping,
      queueArn: arn('long-name'),
      functionArn: `${mapping.functionArn}-${'x'.repeat(50)}`,
    }
    const told = await rendered(
      { outcome: { kind: 'list', asked: {}, list: { context, mappings: [mapping, long] } } },
      { columns },
    )
    expect(told.match(new RegExp(uuid, 'g')) ?? []).toHaveLength(columns < 80 ? 0 : 2)
    expect(told.match(/Enabled/g)).toHaveLength(2)
    expect(told).toMatch(/orders-l\S*…\S*name {2}/)
    for (const line of told.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
  },
)

test('--verbose also lists what passed, a line each, below its group', async () => {
  const told = await rendered({ outcome: preflight }, { verbose: true })
  const [, groups = ''] = told.split('--- stdout\n')
  expect(groups.split('\n').slice(0, 4)).toEqual([
    '✓ You           1 passed',
    '  ✓ You may call lambda:CreateEventSourceMapping.',
    '! Queue         1 passed, 1 warning',
    '  ✓ orders exists.',
  ])
  expect(told).not.toContain('is not encrypted with a key')
})

test('what to type next stands beside what it does where there is room', async () => {
  const beside: Outcome = {
    ...wired,
    next: [
      { command: 'sqs-trigger status 7c1d2f0a', does: 'look at it' },
      { command: 'sqs-trigger send orders --prove', does: 'send a test message' },
    ],
  }
  const told = await rendered({ outcome: beside })
  expect(told).toContain(
    'Next\n  sqs-trigger status 7c1d2f0a       look at it\n  sqs-trigger send orders --prove   send a test message\n',
  )
  expect(await rendered({ outcome: beside }, { columns: 40 })).toContain(
    'Next\n  look at it:\n    sqs-trigger status 7c1d2f0a\n',
  )
})

test('an endpoint that is not AWS is shown as that', async () => {
  const text = await rendered({
    events: [{ type: 'caller-identified', context: { ...context, endpoint: 'http://127.0.0.1:4566' } }],
  })
  expect(text).toContain('Endpoint http://127.0.0.1:4566 (not AWS)')
})
