import { type ErrorWorld, wired } from './error-worlds.js'

const asking = (...flags: readonly string[]) => ['orders', 'worker', ...flags]
const askingFifo = (...flags: readonly string[]) => ['orders.fifo', 'worker', ...flags]
const fifo = { queue: { name: 'orders.fifo' } }
const filter = '{"body":{"type":["order"]}}'
const small = { queue: { attributes: { MaximumMessageSize: '1024' } } }
const sending = (body: string) => ['--send-test', '--body', body]
const filters = (number: number) =>
  Array.from({ length: number }, (_, index) => ['--filter', `{"body":{"type":["order-${index}"]}}`]).flat()
const uuid = '[-0-9a-f]{36}'

/** What was asked for: settings that AWS refuses, and a test message that would not arrive. */
export const mappingWorlds: readonly ErrorWorld[] = [
  {
    rule: 'batch-size-needs-window',
    scenario: {},
    args: asking('--batch-size', '11'),
    message: 'Batch size 11 needs a batching window of at least 1 s; it is 0 s.',
    mended: { args: asking('--batch-size', '11', '--batch-window', '1') },
  },
  {
    rule: 'fifo-batch-size-above-ten',
    scenario: fifo,
    args: askingFifo('--batch-size', '11'),
    message: 'Batch size 11 for FIFO queue orders.fifo, which takes at most 10.',
    mended: { args: askingFifo('--batch-size', '10') },
  },
  {
    rule: 'window-on-fifo',
    scenario: fifo,
    args: askingFifo('--batch-window', '1'),
    message: 'FIFO queue orders.fifo takes no batching window; 1 s were asked for.',
    mended: { args: askingFifo('--batch-window', '0') },
  },
  {
    rule: 'pollers-with-maximum-concurrency',
    scenario: {},
    args: asking('--minimum-pollers', '2', '--max-concurrency', '2'),
    message: 'A maximum concurrency of 2 and provisioned pollers were both asked for.',
    mended: { args: asking('--minimum-pollers', '2') },
  },
  {
    rule: 'filter-pattern-invalid',
    scenario: {},
    args: asking('--filter', '{"body":{"type":"order"}}'),
    message: `Filter ${JSON.stringify('{"body":{"type":"order"}}')}: body.type is a single value; a rule is an array such as ["value"].`,
    mended: { args: asking('--filter', filter) },
  },
  {
    rule: 'filter-count-above-limit',
    scenario: {},
    args: asking(...filters(11)),
    message: 'There are 11 filters; AWS takes at most 10.',
    mended: { args: asking(...filters(5)) },
  },
  {
    rule: 'mapping-differs',
    when: 'another batch size',
    scenario: { also: wired({ BatchSize: 5 }) },
    args: asking('--batch-size', '7'),
    message: new RegExp(`^Mapping ${uuid} exists with other settings: batch size is 5, 7 was asked for\\.$`),
    wireCode: 7,
    mended: { args: asking('--batch-size', '5') },
  },
  {
    rule: 'mapping-differs',
    when: 'it is Disabled',
    scenario: { also: wired({ Enabled: false }) },
    message: new RegExp(`^Mapping ${uuid} exists as asked for, but is Disabled\\.$`),
    wireCode: 7,
    mended: { args: asking('--start-disabled') },
  },
  {
    rule: 'test-message-filtered',
    scenario: {},
    args: asking('--filter', filter, '--send-test'),
    message: /^The test message for queue orders would be deleted unseen: .+\.$/,
    mended: {
      args: asking('--filter', '{"body":{"sqs-trigger":{"test":[{"exists":true}]}}}', '--send-test'),
    },
  },
  {
    rule: 'test-message-filtered',
    when: 'a body of one’s own',
    scenario: {},
    args: asking('--filter', filter),
    wireArgs: sending('{"type":"refund"}'),
    message:
      'The test message for queue orders would be deleted unseen: body.type is "refund"; the filter wants "order".',
    mended: { wireArgs: sending('{"type":"order"}') },
  },
  {
    rule: 'test-message-too-large',
    scenario: small,
    wireArgs: sending('x'.repeat(1_025)),
    message: 'The test message has 1,025 bytes; queue orders takes 1,024.',
    mended: { wireArgs: sending('x'.repeat(1_024)) },
  },
  {
    rule: 'test-message-invalid',
    scenario: {},
    wireArgs: sending('order\u0001'),
    message: /^The test message for queue orders holds .+ at position \d+, which SQS refuses\.$/,
    mended: { wireArgs: sending('order 1') },
  },
]
