import { describe, expect, it } from 'vitest'
import { functionAddress, queueAddress } from '../../src/arn.js'
import { expectRow, judgeWith, type Row } from './judge-with.js'

const place = { partition: 'aws', region: 'eu-central-1', account: '111122223333' }
const target = functionAddress({ ...place, name: 'worker' })
const at = (other: Partial<typeof place>) => ({
  queue: queueAddress({ ...place, ...other, name: 'orders' }),
  function: target,
  region: place.region,
})

const rows: readonly Row[] = [
  [
    'not-an-sqs-queue',
    'an SQS queue',
    {},
    'pass',
    'arn:aws:sqs:eu-central-1:111122223333:orders is an SQS queue.',
  ],
  [
    'not-an-sqs-queue',
    'a queue of Kinesis',
    {
      placement: {
        queue: { ...at({}).queue, arn: 'arn:aws:kinesis:eu-central-1:111122223333:queue/orders' },
      },
    },
    'fail',
    /belongs to the service kinesis/,
  ],
  ['partitions-differ', 'one partition', {}, 'pass'],
  [
    'partitions-differ',
    'China and the rest',
    { placement: at({ partition: 'aws-cn', region: 'cn-north-1' }) },
    'fail',
    'Queue orders is in partition aws-cn, function worker in aws.',
  ],
  ['regions-differ', 'one Region', {}, 'pass', 'Queue and function are in eu-central-1.'],
  [
    'regions-differ',
    'two Regions',
    { placement: at({ region: 'us-east-1' }) },
    'fail',
    'Queue orders is in us-east-1, function worker in eu-central-1.',
  ],
  [
    'regions-differ',
    'calls to a third Region',
    { placement: { ...at({}), region: 'us-west-2' } },
    'fail',
    'Queue orders and function worker are in eu-central-1, but your Region is us-west-2.',
  ],
  ['function-not-in-caller-account', 'own account', {}, 'pass'],
  [
    'function-not-in-caller-account',
    'another account',
    { caller: { account: '444455556666' } },
    'fail',
    'Function worker is in account 111122223333, but you call as account 444455556666.',
  ],
  [
    'aws-managed-key-across-accounts',
    'a customer key of another account',
    { placement: at({ account: '444455556666' }) },
    'pass',
  ],
  ['aws-managed-key-across-accounts', 'AWS’s key in one account', { key: { manager: 'AWS' } }, 'pass'],
  [
    'aws-managed-key-across-accounts',
    'AWS’s key of another account',
    { placement: at({ account: '444455556666' }), key: { manager: 'AWS' } },
    'fail',
    /account 444455556666 is encrypted with alias\/aws\/sqs/,
  ],
]

describe('placement', () => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) => expectRow(row))

  it('in the wrong Region is mended by the Region that both ends share', () => {
    const finding = judgeWith('regions-differ', { placement: { ...at({}), region: 'us-west-2' } })
    expect(finding.fix?.summary).toBe('Add --region eu-central-1, or set AWS_REGION=eu-central-1.')
  })
})
