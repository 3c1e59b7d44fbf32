import { describe, expect, test } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import { SqsTriggerError } from '../../src/errors.js'
import type { SendRequest } from '../../src/operations/requests.js'
import { batchesOf, checkBody, composeMessages } from '../../src/operations/send/compose-messages.js'
import { account, region } from './fake-session.js'

const queue = (name: string) => queueAddress({ partition: 'aws', region, account, name })
const compose = (name: string, request: Partial<SendRequest>) =>
  composeMessages({ queue: name, count: 1, prove: null, ...request }, queue(name))

describe('what is sent', () => {
  test('the default body carries its token', () => {
    const [message] = compose('orders', {})
    expect(message).toEqual({
      body: `{"sqs-trigger":{"test":"${message?.token}"}}`,
      token: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  })

  test('a body of the user is sent as it is, and has no token', () => {
    expect(compose('orders', { body: '{"id":42}', count: 2 })).toEqual([
      { body: '{"id":42}', token: null },
      { body: '{"id":42}', token: null },
    ])
  })

  test('bodies one by one', () => {
    expect(compose('orders', { bodies: ['a', 'b'], count: 9 }).map(({ body }) => body)).toEqual(['a', 'b'])
  })

  test('FIFO: one fresh group for all, a fresh deduplication id each', () => {
    const messages = compose('orders.fifo', { count: 3 })
    expect(new Set(messages.map(({ groupId }) => groupId)).size).toBe(1)
    expect(new Set(messages.map(({ deduplicationId }) => deduplicationId)).size).toBe(3)
    expect(new Set(messages.map(({ body }) => body)).size).toBe(3)
  })

  test('FIFO: ids that were given', () => {
    expect(compose('orders.fifo', { body: 'x', groupId: 'g', deduplicationId: 'd' })).toEqual([
      { body: 'x', token: null, groupId: 'g', deduplicationId: 'd' },
    ])
  })

  test('a standard queue takes a group when it is given', () => {
    expect(compose('orders', { body: 'x', groupId: 'tenant' })).toEqual([
      { body: 'x', token: null, groupId: 'tenant' },
    ])
  })

  test.each([
    ['a deduplication id on a standard queue', 'orders', { deduplicationId: 'd' }],
    ['one deduplication id for several messages', 'orders.fifo', { deduplicationId: 'd', count: 2 }],
  ])('%s is refused', (_, name, request) => {
    expect(() => compose(name, request)).toThrow(SqsTriggerError)
  })
})

describe('bodies that SQS refuses', () => {
  test.each([
    ['empty', '', /empty/],
    ['a control character', 'a\u0001b', /U\+0001 at position 1/],
    ['NUL', '\u0000', /U\+0000/],
    ['half a surrogate pair', 'x\ud83d', /U\+D83D/],
    ['U+FFFE', '\ufffe', /U\+FFFE/],
    ['a byte too long', 'x'.repeat(1_048_577), /1048577 bytes; this queue takes 1048576/],
    ['bytes, not characters', 'é'.repeat(600_000), /1200000 bytes/],
  ])('%s', (_, body, message) => {
    expect(() => checkBody(body)).toThrow(message)
  })

  test.each([['{"id":42}'], ['tab\tline\r\n'], ['😀'], ['x'.repeat(1_048_576)]])('%.20s passes', (body) => {
    expect(checkBody(body)).toBeUndefined()
  })

  test("the queue's own limit counts", () => {
    expect(() => checkBody('x'.repeat(2_000), 1_024)).toThrow(/this queue takes 1024/)
  })
})

describe('batches', () => {
  const messages = (count: number, size: number) =>
    Array.from({ length: count }, () => ({ body: 'x'.repeat(size), token: null }))
  test.each([
    [1, 10, [1]],
    [10, 10, [10]],
    [23, 10, [10, 10, 3]],
    [4, 400_000, [2, 2]],
    [3, 1_048_576, [1, 1, 1]],
  ])('%i messages of %i bytes', (count, size, expected) => {
    expect(batchesOf(messages(count, size)).map((batch) => batch.length)).toEqual(expected)
  })
})
