import { describe, expect, it } from 'vitest'
import {
  functionAddress,
  parseArn,
  queueAddress,
  readFunctionReference,
  readQueueReference,
} from '../../src/arn.js'
import { SqsTriggerError } from '../../src/errors.js'

const place = { partition: 'aws', region: 'eu-central-1', account: '111122223333' }

describe('an ARN', () => {
  it.each([
    ['arn:aws:sqs:eu-central-1:111122223333:orders', { service: 'sqs', resource: 'orders' }],
    [
      'arn:aws:iam::111122223333:role/service-role/worker',
      { service: 'iam', region: '', resource: 'role/service-role/worker' },
    ],
    ['arn:aws:lambda:eu-central-1:111122223333:function:worker:live', { resource: 'function:worker:live' }],
    ['arn:aws-us-gov:sqs:us-gov-west-1:111122223333:orders', { partition: 'aws-us-gov' }],
  ])('%s is taken apart', (text, parts) => {
    expect(parseArn(text)).toMatchObject(parts)
  })

  it.each([
    '',
    'arn:aws:sqs',
    'arn::sqs:eu-central-1:1:q',
    'orders',
    'arn:aws:sqs:eu-central-1:111122223333:',
  ])('%j is none', (text) => {
    expect(parseArn(text)).toBeUndefined()
  })
})

describe('a queue', () => {
  it.each([
    ['orders', { kind: 'name', name: 'orders' }],
    ['orders.fifo', { kind: 'name', name: 'orders.fifo' }],
    [
      'arn:aws:sqs:eu-central-1:111122223333:orders',
      { kind: 'arn', address: queueAddress({ ...place, name: 'orders' }) },
    ],
    ['arn:aws:sqs:eu-central-1:111122223333:orders.fifo', { kind: 'arn', address: { fifo: true } }],
    [
      'arn:aws-cn:sqs:cn-north-1:111122223333:orders',
      { kind: 'arn', address: { partition: 'aws-cn', region: 'cn-north-1' } },
    ],
    [
      'https://sqs.eu-central-1.amazonaws.com/111122223333/orders',
      { kind: 'url', account: '111122223333', name: 'orders', region: 'eu-central-1' },
    ],
    ['https://sqs-fips.us-east-1.amazonaws.com/111122223333/orders', { kind: 'url', region: 'us-east-1' }],
    ['https://eu-west-1.queue.amazonaws.com/111122223333/orders', { kind: 'url', region: 'eu-west-1' }],
    ['https://sqs.cn-north-1.amazonaws.com.cn/111122223333/orders', { kind: 'url', region: 'cn-north-1' }],
    ['http://127.0.0.1:4566/111122223333/orders', { kind: 'url', account: '111122223333', name: 'orders' }],
    ['http://localhost:9324/queue/111122223333/orders', { kind: 'url', name: 'orders' }],
  ])('%s is understood', (text, reference) => {
    expect(readQueueReference(text)).toMatchObject(reference)
  })

  it('of a local endpoint names no Region', () => {
    expect(readQueueReference('http://127.0.0.1:4566/111122223333/orders')).not.toHaveProperty('region')
  })

  it.each([
    ['', 'is empty'],
    ['my queue', 'letters, digits'],
    ['orders.fifo.fifo', 'letters, digits'],
    ['q'.repeat(81), 'has 81 characters; SQS allows 80'],
    ['q'.repeat(10_000), 'has 10000 characters'],
    ['orders\u001b[31m', '\\u001b'],
    ['arn:aws:sqs', 'malformed'],
    ['arn:aws:sqs:eu-central-1:123:orders', '12-digit account'],
    ['arn:aws:sqs:nowhere:111122223333:orders', 'valid Region'],
    ['arn:aws:sns:eu-central-1:111122223333:orders', 'belongs to the service "sns"'],
    ['arn:aws:kinesis:eu-central-1:111122223333:queue/orders', 'not an SQS queue'],
    ['arn:aws:lambda:eu-central-1:111122223333:function:worker', 'is not an SQS queue'],
    ['https://sqs.eu-central-1.amazonaws.com/orders', 'malformed'],
    ['https://example.com/a/b', 'malformed'],
    ['https://sqs.eu-central-1.amazonaws.com/111122223333/orders?x=1', 'malformed'],
  ])('%j is refused before any call', (text, said) => {
    const error = failureOf(() => readQueueReference(text))
    expect(error.code).toBe('USAGE')
    expect(error.message).toContain(said)
    expect(error.hint).toMatch(/\.$/)
    expect(error.message.length).toBeLessThan(250)
    expect(error.message).not.toContain('\u001b')
  })
})

describe('a function', () => {
  it.each([
    ['worker', { kind: 'name', name: 'worker' }],
    ['worker:live', { kind: 'name', name: 'worker', qualifier: 'live' }],
    ['worker:7', { kind: 'name', qualifier: '7' }],
    ['worker:$LATEST', { kind: 'name', qualifier: '$LATEST' }],
    [
      '111122223333:function:worker:live',
      { kind: 'partial-arn', account: '111122223333', name: 'worker', qualifier: 'live' },
    ],
    [
      'arn:aws:lambda:eu-central-1:111122223333:function:worker:live',
      { kind: 'arn', address: functionAddress({ ...place, name: 'worker', qualifier: 'live' }) },
    ],
    [
      'arn:aws:lambda:eu-central-1:111122223333:function:worker',
      { kind: 'arn', address: { name: 'worker' } },
    ],
  ])('%s is understood', (text, reference) => {
    expect(readFunctionReference(text)).toMatchObject(reference)
  })

  it('without a qualifier has one ARN, with one it has two', () => {
    expect(functionAddress({ ...place, name: 'worker' })).not.toHaveProperty('qualifier')
    const aliased = functionAddress({ ...place, name: 'worker', qualifier: 'live' })
    expect(aliased.arn).toBe(`${aliased.unqualifiedArn}:live`)
  })

  it.each([
    ['', 'is empty'],
    ['worker:', 'ends in a colon'],
    ['worker:live:7', 'letters, digits'],
    ['worker:li ve', 'neither an alias nor a version'],
    ['wor ker', 'letters, digits'],
    ['w'.repeat(65), 'has 65 characters; Lambda allows 64'],
    ['arn:aws:lambda:eu-central-1:111122223333:layer:x', 'not the ARN of a Lambda function'],
    ['arn:aws:sqs:eu-central-1:111122223333:orders', 'is not a Lambda function'],
    ['arn:aws:lambda:eu-central-1:1:function:worker', '12-digit account'],
    ['arn:nonsense', 'malformed'],
  ])('%j is refused before any call', (text, said) => {
    const error = failureOf(() => readFunctionReference(text))
    expect(error.code).toBe('USAGE')
    expect(error.message).toContain(said)
    expect(error.hint).toMatch(/\.$/)
  })
})

function failureOf(run: () => unknown): SqsTriggerError {
  try {
    run()
  } catch (error) {
    if (error instanceof SqsTriggerError) return error
    throw error
  }
  throw new Error('nothing was thrown')
}
