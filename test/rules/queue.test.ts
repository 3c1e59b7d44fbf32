import { describe, expect, it } from 'vitest'
import { exampleMapping } from '../../src/preflight/examples/mapping.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const seconds = (visibility: number, timeout: number, window?: number) => ({
  queue: { visibilityTimeoutSeconds: visibility },
  lambdaFunction: { timeoutSeconds: timeout },
  ...(window === undefined ? {} : { batchWindow: { seconds: window, isCertain: true } }),
})
const redrive = { deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:gone', maxReceiveCount: 3 }

const billing = {
  ...exampleMapping,
  uuid: 'aaaa',
  functionArn: exampleMapping.functionArn.replace('worker', 'billing'),
}

const rows: readonly Row[] = [
  [
    'queue-has-other-consumers',
    'one that is switched off',
    { mappings: [exampleMapping, { ...billing, state: 'Disabled' }] },
    'pass',
    /^No other function of account 111122223333 reads from queue orders; billing \(aaaa, Disabled\) takes none until it is switched on\.$/,
  ],
  [
    'queue-has-other-consumers',
    'one, and one that is switched off',
    { mappings: [billing, { ...billing, uuid: 'bbbb', state: 'Disabling' }] },
    'warn',
    /only one of them\. While switched off, billing \(bbbb, Disabling\) takes none\.$/,
  ],
  ['queue-not-found', 'there', { queueExists: true }, 'pass'],
  [
    'queue-not-found',
    'not there',
    { queueExists: false },
    'fail',
    'Queue orders does not exist in account 111122223333, eu-central-1.',
  ],
  [
    'visibility-timeout-below-function-timeout',
    'equal',
    seconds(30, 30),
    'pass',
    'Queue orders hides a message for 30 s; function worker may run for 30 s.',
  ],
  [
    'visibility-timeout-below-function-timeout',
    'one second short',
    seconds(29, 30),
    'fail',
    'Queue orders hides a message for 29 s, but function worker may run for 30 s.',
  ],
  ['visibility-timeout-below-function-timeout', 'no visibility timeout at all', seconds(0, 3), 'fail'],
  ['visibility-timeout-leaves-no-retry-room', 'six times', seconds(180, 30), 'pass'],
  [
    'visibility-timeout-leaves-no-retry-room',
    'one second short',
    seconds(179, 30),
    'warn',
    'Queue orders hides a message for 179 s; for function worker AWS advises at least 180 s.',
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'six times, but a window on top',
    seconds(180, 30, 20),
    'warn',
    /at least 200 s/,
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'six times, but nobody knows what window',
    { ...seconds(180, 30), batchWindow: { seconds: 0, isCertain: false } },
    'unknown',
    /the batching window of a mapping .*; lambda:ListEventSourceMappings would settle it\.$/,
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'enough for any window',
    { ...seconds(480, 30), batchWindow: { seconds: 0, isCertain: false } },
    'pass',
  ],
  [
    'visibility-timeout-leaves-no-retry-room',
    'too short with any window',
    { ...seconds(179, 30), batchWindow: { seconds: 0, isCertain: false } },
    'warn',
  ],
  ['visibility-timeout-leaves-no-retry-room', 'the window counted in', seconds(200, 30, 20), 'pass'],
  ['visibility-timeout-leaves-no-retry-room', 'the most that SQS takes', seconds(43_200, 9_000), 'pass'],
  [
    'visibility-timeout-leaves-no-retry-room',
    'below the timeout itself',
    seconds(10, 30),
    'skip',
    /which is worse/,
  ],
  [
    'no-dead-letter-queue',
    'has one',
    {},
    'pass',
    'Queue orders moves a message to its dead-letter queue after 5 receives.',
  ],
  [
    'no-dead-letter-queue',
    'has none',
    { queue: { redrive: null } },
    'warn',
    'Queue orders has no dead-letter queue: a message that the function rejects comes back for 4 days.',
  ],
  [
    'no-dead-letter-queue',
    'has none, short retention',
    { queue: { redrive: null, retentionSeconds: 43_200 } },
    'warn',
    /for 0\.5 days/,
  ],
  ['dead-letter-queue-missing', 'there', {}, 'pass'],
  [
    'dead-letter-queue-missing',
    'gone',
    { queue: { redrive }, deadLetterQueueExists: false },
    'fail',
    /names arn:aws:sqs:eu-central-1:111122223333:gone as dead-letter queue/,
  ],
  ['dead-letter-queue-type-differs', 'both standard', {}, 'pass'],
  [
    'dead-letter-queue-type-differs',
    'both FIFO',
    { queue: { fifo: true }, deadLetterQueue: { fifo: true } },
    'pass',
  ],
  [
    'dead-letter-queue-type-differs',
    'FIFO and standard',
    { queue: { fifo: true } },
    'fail',
    'Queue orders is FIFO, its dead-letter queue orders-dead is standard.',
  ],
  ['key-not-usable', 'enabled', {}, 'pass'],
  ['key-not-usable', 'disabled', { key: { state: 'Disabled' } }, 'fail', /is Disabled\.$/],
  ['key-not-usable', 'gone', { key: { state: 'NotFound' } }, 'fail', /does not exist\.$/],
]

describe('queue and key', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('the visibility timeout is raised to six times the function’s timeout, and no higher than SQS takes', () => {
    const text = (timeout: number) =>
      judgeWith('visibility-timeout-below-function-timeout', seconds(1, timeout)).fix?.commands[0]?.text
    expect(text(30)).toBe(
      `aws sqs set-queue-attributes --queue-url https://sqs.eu-central-1.amazonaws.com/111122223333/orders --attributes '{"VisibilityTimeout":"180"}' --profile prod --region eu-central-1`,
    )
    expect(text(9_000)).toContain('"43200"')
  })

  it('on an endpoint of one’s own, commands go there', () => {
    const about = { endpoint: 'http://127.0.0.1:4566', profile: null }
    const finding = judgeWith('visibility-timeout-below-function-timeout', seconds(1, 30), about)
    expect(finding.fix?.commands[0]?.text).toMatch(
      /--queue-url http:\/\/127\.0\.0\.1:4566\/111122223333\/orders .* --region eu-central-1 --endpoint-url http:\/\/127\.0\.0\.1:4566$/,
    )
  })

  it('a FIFO queue is offered a FIFO dead-letter queue', () => {
    const finding = judgeWith(
      'no-dead-letter-queue',
      { queue: { redrive: null, fifo: true } },
      { queueName: 'orders.fifo' },
    )
    expect(finding.fix?.commands[0]?.text).toMatch(
      /create-queue --queue-name orders-dead-letter\.fifo --attributes '\{"FifoQueue":"true",.* && aws sqs set-queue-attributes/,
    )
  })
})
