import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
  type StartMessageMoveTaskCommandInput,
} from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:111122223333:${name}`

/** Queues `orders` and `returns` that share the dead-letter queue `dead`; `spare` stands alone. */
async function startWithDeadLetters(options: { readonly fifo?: boolean } = {}) {
  const sandbox = await startTestSandbox()
  const { sqs } = sandbox.admin
  const suffix = options.fifo ? '.fifo' : ''
  const type: Record<string, string> = options.fifo ? { FifoQueue: 'true' } : {}
  const create = async (name: string, attributes: Record<string, string> = {}) => {
    const Attributes = { ...type, ...attributes }
    return (await sqs.send(new CreateQueueCommand({ QueueName: `${name}${suffix}`, Attributes }))).QueueUrl
  }
  const toDead = {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(`dead${suffix}`), maxReceiveCount: 1 }),
  }
  const dead = await create('dead')
  const orders = await create('orders', toDead)
  const returns = await create('returns', toDead)
  const spare = await create('spare')
  const receive = async (QueueUrl: string | undefined) => {
    const all = { MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All' as const] }
    return (await sqs.send(new ReceiveMessageCommand({ QueueUrl, ...all }))).Messages ?? []
  }
  const source = arnOf(`dead${suffix}`)
  return {
    ...sandbox,
    sqs,
    queues: { dead, orders, returns, spare },
    receive,
    /** Sends bodies to a queue and receives them until they lie in the dead-letter queue. */
    bury: async (QueueUrl: string | undefined, bodies: readonly string[]) => {
      for (const MessageBody of bodies) {
        const ids = options.fifo ? { MessageGroupId: 'a', MessageDeduplicationId: MessageBody } : {}
        await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...ids }))
      }
      for (let seen = 0; seen < bodies.length; seen += 10) await receive(QueueUrl)
      await sandbox.advance(30_000)
      for (let seen = 0; seen < bodies.length; seen += 10) await receive(QueueUrl)
    },
    waiting: async (QueueUrl: string | undefined) => {
      const AttributeNames = ['ApproximateNumberOfMessages' as const]
      const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }))
      return Number(Attributes?.ApproximateNumberOfMessages)
    },
    start: (settings: Partial<StartMessageMoveTaskCommandInput> = {}) =>
      sqs.send(new StartMessageMoveTaskCommand({ SourceArn: source, ...settings })),
    list: async (MaxResults?: number) =>
      (await sqs.send(new ListMessageMoveTasksCommand({ SourceArn: source, MaxResults }))).Results ?? [],
  }
}

const bodiesOf = (count: number) => Array.from({ length: count }, (_, index) => `m${index}`)

describe('a move task', () => {
  test('takes every message back to the queue that it came from, as a new one', async () => {
    const { bury, queues, start, list, receive, advance, waiting } = await startWithDeadLetters()
    await bury(queues.orders, ['order'])
    await bury(queues.returns, ['return'])
    await start()
    expect(await list()).toEqual([
      {
        TaskHandle: expect.any(String),
        Status: 'RUNNING',
        SourceArn: arnOf('dead'),
        ApproximateNumberOfMessagesMoved: 0,
        ApproximateNumberOfMessagesToMove: 2,
        StartedTimestamp: startOfTime + 60_000,
      },
    ])
    await advance(1000)
    const [done] = await list()
    expect(done).toMatchObject({ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 })
    expect(done?.TaskHandle).toBeUndefined()
    expect(await waiting(queues.dead)).toBe(0)
    const [order] = await receive(queues.orders)
    expect(order).toMatchObject({
      Body: 'order',
      Attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(startOfTime + 60_100) },
    })
    expect(order?.Attributes).not.toHaveProperty('DeadLetterQueueSourceArn')
    expect((await receive(queues.returns)).map(({ Body }) => Body)).toEqual(['return'])
  })

  test('keeps the rate that was asked for, the oldest first, and shows its progress', async () => {
    const { bury, queues, start, list, receive, advance, waiting } = await startWithDeadLetters()
    await bury(queues.orders, bodiesOf(50))
    await start({ MaxNumberOfMessagesPerSecond: 5, DestinationArn: arnOf('spare') })
    const progress: unknown[] = []
    for (let second = 0; second < 11; second += 1) {
      const [task] = await list()
      progress.push([task?.Status, task?.ApproximateNumberOfMessagesMoved, await waiting(queues.dead)])
      await advance(1000)
    }
    expect(progress).toEqual([
      ...Array.from({ length: 10 }, (_, second) => ['RUNNING', second * 5, 50 - second * 5]),
      ['COMPLETED', 50, 0],
    ])
    expect((await list())[0]).toMatchObject({
      DestinationArn: arnOf('spare'),
      MaxNumberOfMessagesPerSecond: 5,
      ApproximateNumberOfMessagesToMove: 50,
    })
    expect((await receive(queues.spare)).map(({ Body }) => Body)).toEqual(bodiesOf(10))
    expect(await waiting(queues.orders)).toBe(0)
  })

  test('stops when it is cancelled, and what was moved stays moved', async () => {
    const { sqs, bury, queues, start, list, advance, waiting } = await startWithDeadLetters()
    await bury(queues.orders, bodiesOf(10))
    const { TaskHandle } = await start({ MaxNumberOfMessagesPerSecond: 1 })
    await advance(3500)
    const cancelled = await sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))
    expect(cancelled.ApproximateNumberOfMessagesMoved).toBe(3)
    expect(await list()).toMatchObject([{ Status: 'CANCELLING' }])
    await advance(60_000)
    const [task] = await list()
    expect(task).toMatchObject({ Status: 'CANCELLED', ApproximateNumberOfMessagesMoved: 3 })
    expect(task?.TaskHandle).toBeUndefined()
    expect([await waiting(queues.dead), await waiting(queues.orders)]).toEqual([7, 3])
    await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({
      name: 'UnsupportedOperation',
    })
  })

  test('fails at a message that was sent to the dead-letter queue itself', async () => {
    const { sqs, bury, queues, start, list, advance, waiting } = await startWithDeadLetters()
    await bury(queues.orders, ['order'])
    await sqs.send(new SendMessageCommand({ QueueUrl: queues.dead, MessageBody: 'by hand' }))
    await start()
    await advance(1000)
    expect(await list()).toMatchObject([
      {
        Status: 'FAILED',
        FailureReason: 'CouldNotDetermineMessageSource',
        ApproximateNumberOfMessagesMoved: 1,
      },
    ])
    expect(await waiting(queues.dead)).toBe(1)
    await start({ DestinationArn: arnOf('orders') })
    await advance(1000)
    expect(await list()).toMatchObject([{ Status: 'COMPLETED' }])
    expect(await waiting(queues.orders)).toBe(2)
  })

  test('fails when its destination is deleted under way', async () => {
    const { sqs, bury, queues, start, list, advance, waiting } = await startWithDeadLetters()
    await bury(queues.orders, bodiesOf(3))
    await start({ DestinationArn: arnOf('spare'), MaxNumberOfMessagesPerSecond: 1 })
    await advance(1000)
    await sqs.send(new DeleteQueueCommand({ QueueUrl: queues.spare }))
    await advance(1000)
    expect(await list()).toMatchObject([
      {
        Status: 'FAILED',
        FailureReason: 'AWS.SimpleQueueService.NonExistentQueue',
        ApproximateNumberOfMessagesMoved: 1,
      },
    ])
    expect(await waiting(queues.dead)).toBe(2)
  })

  test('keeps the order and the groups of FIFO messages', async () => {
    const { bury, queues, start, receive, advance } = await startWithDeadLetters({ fifo: true })
    await bury(queues.orders, bodiesOf(3))
    await start()
    await advance(1000)
    const messages = await receive(queues.orders)
    expect(messages.map(({ Body, Attributes }) => [Body, Attributes?.MessageGroupId])).toEqual(
      bodiesOf(3).map((body) => [body, 'a']),
    )
  })
})

test('the newest tasks come first; one is listed unless more are asked for, and ten are kept', async () => {
  const { queues, start, list, advance } = await startWithDeadLetters()
  expect(queues.dead).toBeDefined()
  for (let rate = 1; rate <= 12; rate += 1) {
    await start({ MaxNumberOfMessagesPerSecond: rate })
    await advance(1000)
  }
  expect((await list()).map((task) => task.MaxNumberOfMessagesPerSecond)).toEqual([12])
  expect((await list(10)).map((task) => task.MaxNumberOfMessagesPerSecond)).toEqual([
    12, 11, 10, 9, 8, 7, 6, 5, 4, 3,
  ])
})

test('a queue that is deleted takes its tasks with it', async () => {
  const { sqs, bury, queues, start, list, advance } = await startWithDeadLetters()
  await bury(queues.orders, bodiesOf(3))
  await start({ MaxNumberOfMessagesPerSecond: 1 })
  await sqs.send(new DeleteQueueCommand({ QueueUrl: queues.dead }))
  await expect(list()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  await advance(60_000)
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }))
  expect(await list(10)).toEqual([])
})
