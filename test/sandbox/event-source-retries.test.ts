import { describe, expect, test } from 'vitest'
import { deleteMessages } from '../../src/sandbox/event-source/deliver-batch.js'
import { toRecord } from '../../src/sandbox/event-source/event-record.js'
import { receive } from '../../src/sandbox/sqs/queue.js'
import { deadLetterName, roleArn, setScene } from './event-source-fixture.js'

const withReport = { FunctionResponseTypes: ['ReportBatchItemFailures' as const] }
/** Reports the messages whose body is `bad`. */
const reportBad = `return { batchItemFailures: event.Records.filter(({ body }) => body === 'bad')
  .map(({ messageId }) => ({ itemIdentifier: messageId })) }`

describe('what becomes of a batch', () => {
  test('success deletes every message', async () => {
    const scene = await setScene()
    await scene.wire()
    await scene.send(['a', 'b', 'c'])
    expect(scene.bodies()).toEqual([['a', 'b', 'c']])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  test.each([
    ['throws', `throw new Error('no')`],
    ['ends the process', 'process.exit(1)'],
    ['rejects outside the handler', `Promise.reject(new Error('no')); await new Promise(() => {})`],
  ])('a function that %s gets the whole batch again after the visibility timeout', async (_, handler) => {
    const scene = await setScene({ handler })
    await scene.wire()
    await scene.send(['a', 'b'])
    expect(scene.bodies()).toEqual([['a', 'b']])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 2 })
    await scene.after(29)
    expect(scene.bodies()).toHaveLength(1)
    await scene.after(1)
    expect(scene.bodies()).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ])
    const [first = [], second = []] = scene.batches()
    expect(second.map(({ messageId }) => messageId)).toEqual(first.map(({ messageId }) => messageId))
    expect(second[0]?.receiptHandle).not.toBe(first[0]?.receiptHandle)
    expect(first.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['1', '1'])
    expect(second.map(({ attributes }) => attributes.ApproximateReceiveCount)).toEqual(['2', '2'])
  })

  test('a function that hangs is ended at its timeout, and the batch comes back', async () => {
    const scene = await setScene({
      handler: 'await new Promise(() => setInterval(() => {}, 1000))',
      handlerGrace: { init: 3000, invocation: 100 },
    })
    await scene.wire()
    const sent = scene.send(['a'])
    // The invocation is under way until the clock passes the function's timeout.
    while (scene.bodies().length === 0) await new Promise((resolve) => setImmediate(resolve))
    await scene.sandbox.advance(3000)
    await sent
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
  })

  test('a function that floods its output is no obstacle', async () => {
    const scene = await setScene({
      handler: `for (let i = 0; i < 20000; i += 1) console.log('x'.repeat(100))`,
    })
    await scene.wire()
    await scene.send(['a'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  test('after maxReceiveCount a message goes to the dead-letter queue, the same message', async () => {
    const scene = await setScene({ handler: `throw new Error('no')`, deadLetterAfter: 2 })
    await scene.wire()
    await scene.send(['poison'])
    await scene.after(30)
    expect(scene.bodies()).toEqual([['poison'], ['poison']])
    await scene.after(30)
    expect(scene.bodies()).toHaveLength(2)
    const deadLetters = scene.queueUrl.replace(/[^/]+$/, deadLetterName)
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
    expect(await scene.counts(deadLetters)).toEqual({ visible: 1, inFlight: 0 })
  })
})

describe('partial batch responses', () => {
  test('only the reported messages come back', async () => {
    const scene = await setScene({ handler: reportBad })
    await scene.wire(withReport)
    await scene.send(['good', 'bad', 'fine'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
    await scene.after(30)
    expect(scene.bodies()).toEqual([['good', 'bad', 'fine'], ['bad']])
  })

  test.each([
    ['{}', 'return {}', 0],
    ['nothing', '', 0],
    ['null', 'return null', 0],
    ['an empty list', 'return { batchItemFailures: [] }', 0],
    ['a null list', 'return { batchItemFailures: null }', 0],
    ['a wrong key', `return { batchItemFailures: [{ foo: 'notvalid' }] }`, 2],
    ['an empty identifier', `return { batchItemFailures: [{ itemIdentifier: '' }] }`, 2],
    ['a null identifier', 'return { batchItemFailures: [{ itemIdentifier: null }] }', 2],
    ['an unknown identifier', `return { batchItemFailures: [{ itemIdentifier: 'unknown' }] }`, 2],
    ['a text', `return 'done'`, 2],
  ])('%s', async (_, handler, left) => {
    const scene = await setScene({ handler })
    await scene.wire(withReport)
    await scene.send(['a', 'b'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: left })
  })

  test('not switched on, reported messages are lost', async () => {
    const scene = await setScene({ handler: reportBad })
    await scene.wire()
    await scene.send(['good', 'bad'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })
})

describe('FIFO queues', () => {
  test('a failing message holds up its group, in order, and no other group', async () => {
    const handler = `const at = event.Records.findIndex(({ body }) => body === '2' )
      const failed = at === -1 || event.Records[at].attributes.ApproximateReceiveCount !== '1' ? [] : event.Records.slice(at)
      return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) }`
    const scene = await setScene({ queue: 'orders.fifo', handler })
    await scene.wire(withReport)
    await scene.send(['1', '2', '3', '4'], 'a')
    expect(scene.bodies()).toEqual([['1', '2', '3', '4']])
    await scene.send(['5'], 'a')
    await scene.send(['other'], 'b')
    expect(scene.bodies()).toEqual([['1', '2', '3', '4'], ['other']])
    await scene.after(30)
    expect(scene.bodies().slice(2).flat()).toEqual(['2', '3', '4', '5'])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  test('one group runs strictly one batch after the other', async () => {
    const scene = await setScene({ queue: 'orders.fifo' })
    await scene.wire({ BatchSize: 1 })
    await scene.send(['1', '2', '3', '4', '5'], 'a')
    expect(scene.bodies()).toEqual([['1'], ['2'], ['3'], ['4'], ['5']])
    const [first] = scene.batches()[0] ?? []
    expect(first?.attributes).toMatchObject({
      MessageGroupId: 'a',
      SequenceNumber: expect.stringMatching(/^\d{20}$/),
      MessageDeduplicationId: expect.any(String),
    })
  })

  test('a success that comes after the visibility timeout deletes nothing, and is no obstacle', async () => {
    const scene = await setScene({ queue: 'orders.fifo' })
    await scene.send(['late'], 'a')
    const { world } = scene.sandbox
    const queue = world.sqs.queues.get(scene.queueArn)
    const received = queue ? receive(queue, { max: 1, now: world.clock.now() }) : []
    await scene.after(31)
    const records = received.map((message) =>
      toRecord(message, { arn: scene.queueArn, region: 'us-east-1' }, 0),
    )
    expect(records).toHaveLength(1)
    expect(queue && deleteMessages(world, roleArn, queue, records)).toBe(true)
    expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
  })
})
