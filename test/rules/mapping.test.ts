import { describe, expect, it } from 'vitest'
import { functionAddress, queueAddress } from '../../src/arn.js'
import type { Mapping, MappingSettings } from '../../src/mapping.js'
import { exampleMapping } from '../../src/preflight/examples/mapping.js'
import { unknown } from '../../src/preflight/fact.js'
import type { ExistingMapping } from '../../src/preflight/facts.js'
import type { ExampleFacts } from '../../src/preflight/rule.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const place = { partition: 'aws', region: 'eu-central-1', account: '111122223333' }
const fifo = {
  placement: {
    queue: queueAddress({ ...place, name: 'orders.fifo' }),
    function: functionAddress({ ...place, name: 'worker' }),
    region: place.region,
  },
}
const ask = (settings: MappingSettings): ExampleFacts => ({ settings })
const other = {
  ...exampleMapping,
  uuid: 'aaaaaaaa-0000-4000-8000-000000000000',
  functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:billing',
}
const existing = (
  change: Partial<Mapping> = {},
  read: Omit<ExistingMapping, 'mapping'> = {},
): ExampleFacts => ({
  existingMapping: { mapping: { ...exampleMapping, ...change }, ...read },
})
const unreadTags = { unread: unknown('lambda:ListTags was refused', 'lambda:ListTags') }
const filter = '{"body":{"type":["order"]}}'

const rows: readonly Row[] = [
  ['batch-size-out-of-range', 'not asked for', ask({}), 'skip'],
  ['batch-size-out-of-range', 'the least', ask({ batchSize: 1 }), 'pass'],
  [
    'batch-size-out-of-range',
    'zero',
    ask({ batchSize: 0 }),
    'fail',
    'The batch size is 0; AWS takes 1 to 10,000.',
  ],
  ['batch-size-out-of-range', 'half a message', ask({ batchSize: 1.5 }), 'fail'],
  ['batch-size-needs-window', 'ten', ask({ batchSize: 10 }), 'pass'],
  [
    'batch-size-needs-window',
    'eleven',
    ask({ batchSize: 11 }),
    'fail',
    'Batch size 11 needs a batching window of at least 1 s; it is 0 s.',
  ],
  ['batch-size-needs-window', 'eleven with a window', ask({ batchSize: 11, batchWindowSeconds: 1 }), 'pass'],
  ['batch-size-needs-window', 'FIFO has its own rule', { ...ask({ batchSize: 11 }), ...fifo }, 'skip'],
  ['fifo-batch-size-above-ten', 'a standard queue', ask({ batchSize: 11 }), 'pass'],
  ['fifo-batch-size-above-ten', 'ten', { ...ask({ batchSize: 10 }), ...fifo }, 'pass'],
  [
    'fifo-batch-size-above-ten',
    'eleven',
    { ...ask({ batchSize: 11 }), ...fifo },
    'fail',
    'Batch size 11 for FIFO queue orders.fifo, which takes at most 10.',
  ],
  ['window-out-of-range', 'the most', ask({ batchWindowSeconds: 300 }), 'pass'],
  ['window-out-of-range', 'one more', ask({ batchWindowSeconds: 301 }), 'fail'],
  ['window-out-of-range', 'negative', ask({ batchWindowSeconds: -1 }), 'fail', /is -1; AWS takes 0 to 300/],
  ['window-on-fifo', 'zero', { ...ask({ batchWindowSeconds: 0 }), ...fifo }, 'pass'],
  [
    'window-on-fifo',
    'one',
    { ...ask({ batchWindowSeconds: 1 }), ...fifo },
    'fail',
    'FIFO queue orders.fifo takes no batching window; 1 s were asked for.',
  ],
  [
    'maximum-concurrency-out-of-range',
    'one',
    ask({ maxConcurrency: 1 }),
    'fail',
    'The maximum concurrency is 1; AWS takes 2 to 1,000.',
  ],
  ['maximum-concurrency-out-of-range', 'the most', ask({ maxConcurrency: 1_000 }), 'pass'],
  ['maximum-concurrency-out-of-range', 'one more', ask({ maxConcurrency: 1_001 }), 'fail'],
  ['pollers-out-of-range', 'not asked for', ask({}), 'skip'],
  [
    'pollers-out-of-range',
    'the defaults fill in',
    ask({ minimumPollers: 200 }),
    'pass',
    'Between 200 and 200 pollers.',
  ],
  ['pollers-out-of-range', 'too few', ask({ minimumPollers: 1 }), 'fail', /AWS takes 2 to 200/],
  ['pollers-out-of-range', 'too many', ask({ maximumPollers: 10_001 }), 'fail', /AWS takes 2 to 10,000/],
  [
    'pollers-out-of-range',
    'upside down',
    ask({ minimumPollers: 9, maximumPollers: 8 }),
    'fail',
    'At most 8 pollers, which is less than the minimum of 9.',
  ],
  ['pollers-with-maximum-concurrency', 'both', ask({ maxConcurrency: 5, maximumPollers: 5 }), 'fail'],
  ['pollers-with-maximum-concurrency', 'one', ask({ maxConcurrency: 5 }), 'pass'],
  ['filter-pattern-invalid', 'valid', ask({ filters: [filter] }), 'pass', 'The filter pattern is valid.'],
  [
    'filter-pattern-invalid',
    'no JSON',
    ask({ filters: [filter, 'type = order'] }),
    'fail',
    'Filter "type = order": it is not JSON.',
  ],
  [
    'filter-pattern-invalid',
    'a leaf that is no list',
    ask({ filters: ['{"eventSource":"aws:sqs"}'] }),
    'fail',
  ],
  ['filter-pattern-invalid', 'an empty list', ask({ filters: ['{"eventSource":[]}'] }), 'fail'],
  [
    'filter-pattern-invalid',
    'too long',
    ask({ filters: [`{"body":["${'x'.repeat(4_096)}"]}`] }),
    'fail',
    /has 4109 characters; AWS takes 4096/,
  ],
  [
    'filter-count-above-limit',
    'five',
    ask({ filters: Array(5).fill(filter) }),
    'pass',
    '5 of at most 5 filters.',
  ],
  [
    'filter-count-above-limit',
    'six need a quota',
    ask({ filters: Array(6).fill(filter) }),
    'unknown',
    /only where it has raised the account's quota of 5/,
  ],
  [
    'filter-count-above-limit',
    'eleven',
    ask({ filters: Array(11).fill(filter) }),
    'fail',
    'There are 11 filters; AWS takes at most 10.',
  ],
  ['filter-deletes-unmatched', 'no filter', { activeFilters: [] }, 'pass'],
  [
    'filter-deletes-unmatched',
    'a filter',
    { activeFilters: [filter] },
    'warn',
    'Messages of queue orders that match no filter are deleted for good.',
  ],
  ['mapping-differs', 'no mapping', {}, 'skip'],
  ['mapping-differs', 'nothing asked for', existing(), 'pass'],
  [
    'mapping-differs',
    'another batch size',
    { ...ask({ batchSize: 5 }), ...existing() },
    'fail',
    /batch size is 10, 5 was asked for\.$/,
  ],
  [
    'mapping-differs',
    'disabled',
    existing({ state: 'Disabled' }),
    'fail',
    /exists as asked for, but is Disabled\.$/,
  ],
  [
    'mapping-differs',
    'another tag',
    { ...ask({ tags: { team: 'blue' } }), ...existing({}, { tags: { team: 'red', cost: '7' } }) },
    'fail',
    /tags are team=red, team=blue was asked for\.$/,
  ],
  [
    'mapping-differs',
    'the tag that was asked for, among others',
    { ...ask({ tags: { team: 'blue' } }), ...existing({}, { tags: { team: 'blue', cost: '7' } }) },
    'pass',
  ],
  [
    'mapping-differs',
    'tags that could not be read',
    { ...ask({ tags: { team: 'blue' } }), ...existing({}, unreadTags) },
    'unknown',
  ],
  [
    'mapping-differs',
    'tags that could not be read, and another batch size',
    { ...ask({ tags: { team: 'blue' }, batchSize: 5 }), ...existing({}, unreadTags) },
    'fail',
    /other settings: batch size is 10, 5 was asked for\.$/,
  ],
  [
    'mapping-differs',
    'tags that could not be read, and Disabled',
    { ...ask({ tags: { team: 'blue' } }), ...existing({ state: 'Disabled' }, unreadTags) },
    'fail',
    /exists, but is Disabled\.$/,
  ],
  ['mapping-exists', 'no mapping', {}, 'pass'],
  [
    'mapping-exists',
    'the same',
    existing(),
    'warn',
    'Queue orders and function worker are wired already: mapping 14e0db71-5d35-4eb5-b481-8945cf9d10c2, Enabled.',
  ],
  ['mapping-exists', 'different', { ...ask({ batchSize: 5 }), ...existing() }, 'skip', /which is worse/],
  [
    'mapping-exists',
    'another tag',
    { ...ask({ tags: { team: 'blue' } }), ...existing({}, { tags: {} }) },
    'skip',
    /which is worse/,
  ],
  [
    'mapping-exists',
    'tags that could not be read',
    { ...ask({ tags: { team: 'blue' } }), ...existing({}, unreadTags) },
    'unknown',
  ],
  ['queue-has-other-consumers', 'none', { mappings: [exampleMapping] }, 'pass'],
  [
    'queue-has-other-consumers',
    'one',
    { mappings: [exampleMapping, other] },
    'warn',
    /^Queue orders already feeds billing \(aaaaaaaa-.*Enabled\): each message reaches only one of them\.$/,
  ],
  ['queue-has-other-consumers', 'on its way out', { mappings: [{ ...other, state: 'Deleting' }] }, 'pass'],
  ['partial-batch-response-off', 'off', {}, 'warn'],
  ['partial-batch-response-off', 'asked for', ask({ reportBatchItemFailures: true }), 'pass'],
  ['partial-batch-response-off', 'one message a batch', ask({ batchSize: 1 }), 'pass'],
  [
    'partial-batch-response-off',
    'on in the mapping that exists',
    existing({ reportBatchItemFailures: true }),
    'pass',
  ],
]

describe('mapping', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('one that differs is changed or deleted by commands that are complete', () => {
    const { fix } = judgeWith('mapping-differs', { ...ask({ batchSize: 5 }), ...existing() })
    expect(fix?.commands.map(({ text }) => text)).toEqual([
      'sqs-trigger update 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --batch-size 5 --profile prod --region eu-central-1',
      'sqs-trigger unwire 14e0db71-5d35-4eb5-b481-8945cf9d10c2 --profile prod --region eu-central-1',
    ])
  })

  it('the permission that would show its tags is named', () => {
    const finding = judgeWith('mapping-differs', {
      ...ask({ tags: { team: 'blue' } }),
      ...existing({}, unreadTags),
    })
    expect(finding.gap).toMatchObject({
      reason: 'lambda:ListTags was refused',
      permission: 'lambda:ListTags',
    })
  })

  it('no consumer in sight is said with what cannot be seen', () => {
    const own = judgeWith('queue-has-other-consumers', {})
    expect(own).toMatchObject({
      status: 'pass',
      message: 'No other function of account 111122223333 reads from queue orders.',
      assumptions: [expect.stringMatching(/No function of another account, and no program outside Lambda/)],
    })
    const foreign = {
      placement: {
        queue: queueAddress({ ...place, account: '444455556666', name: 'orders' }),
        function: functionAddress({ ...place, name: 'worker' }),
        region: place.region,
      },
    }
    expect(judgeWith('queue-has-other-consumers', foreign)).toMatchObject({
      status: 'unknown',
      message: expect.stringMatching(/consumers of account 444455556666, which owns it, cannot be seen/),
      gap: { permission: null },
    })
    expect(judgeWith('queue-has-other-consumers', { ...foreign, mappings: [other] }).status).toBe('warn')
  })

  it('nothing that comes from a filter reaches the terminal as it is', () => {
    const { message } = judgeWith('filter-pattern-invalid', ask({ filters: ['\u001b[2Jx'] }))
    expect(message).toContain('\\u001b[2Jx')
  })
})
