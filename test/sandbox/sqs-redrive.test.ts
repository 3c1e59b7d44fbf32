import {
  CreateQueueCommand,
  ListDeadLetterSourceQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const arnOf = (name: string) => `arn:aws:sqs:us-east-1:111122223333:${name}`

async function startWithDeadLetters(kind: 'standard' | 'fifo') {
  const sandbox = await startTestSandbox()
  const { sqs } = sandbox.admin
  const suffix = kind === 'fifo' ? '.fifo' : ''
  const type: Record<string, string> =
    kind === 'fifo' ? { FifoQueue: 'true', ContentBasedDeduplication: 'true' } : {}
  const create = async (name: string, more: Record<string, string>) => {
    const { QueueUrl } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { ...type, ...more } }),
    )
    return QueueUrl ?? ''
  }
  const deadLetters = await create(`dead${suffix}`, {})
  const orders = await create(`orders${suffix}`, {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf(`dead${suffix}`), maxReceiveCount: 2 }),
  })
  const receive = async (QueueUrl: string) => {
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'] }),
    )
    return Messages ?? []
  }
  return { ...sandbox, sqs, deadLetters, orders, receive }
}

test('a message received maxReceiveCount times moves to the dead-letter queue with the next receive', async () => {
  const { sqs, orders, deadLetters, receive, advance } = await startWithDeadLetters('standard')
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: 'poison' }))
  for (const count of ['1', '2']) {
    const [message] = await receive(orders)
    expect(message?.Attributes?.ApproximateReceiveCount).toBe(count)
    expect(await receive(deadLetters)).toEqual([])
    await advance(30_000)
  }
  expect(await receive(orders)).toEqual([])
  const [dead] = await receive(deadLetters)
  expect(dead).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'poison',
    Attributes: {
      // Counted across all queues; the age is kept.
      ApproximateReceiveCount: '3',
      SentTimestamp: String(startOfTime),
      DeadLetterQueueSourceArn: arnOf('orders'),
    },
  })
})

test('in a FIFO queue the moved message starts anew, and its group goes on', async () => {
  const { sqs, orders, deadLetters, receive, advance } = await startWithDeadLetters('fifo')
  const send = (MessageBody: string) =>
    sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody, MessageGroupId: 'a' }))
  const poison = await send('poison')
  await receive(orders)
  await send('next')
  await advance(30_000)
  expect((await receive(orders)).map(({ Body }) => Body)).toEqual(['poison', 'next'])
  await advance(30_000)
  expect((await receive(orders)).map(({ Body }) => Body)).toEqual(['next'])
  const [dead] = await receive(deadLetters)
  expect(dead?.Attributes).toMatchObject({
    MessageGroupId: 'a',
    MessageDeduplicationId: poison.MessageId,
    SentTimestamp: String(startOfTime + 60_000),
  })
})

test('a long poll on the dead-letter queue sees the message arrive', async () => {
  const { sqs, orders, deadLetters, receive, advance, world } = await startWithDeadLetters('standard')
  await sqs.send(new SendMessageCommand({ QueueUrl: orders, MessageBody: 'poison' }))
  for (const _ of [1, 2]) {
    await receive(orders)
    await advance(30_000)
  }
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters, WaitTimeSeconds: 20 }))
  await expect.poll(() => world.sqs.queues.get(arnOf('dead'))?.listeners.size).toBe(1)
  await receive(orders)
  expect((await waiting).Messages).toHaveLength(1)
})

test('the sources of a dead-letter queue are listed', async () => {
  const { sqs, orders, deadLetters } = await startWithDeadLetters('standard')
  expect(
    (await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters }))).queueUrls,
  ).toEqual([orders])
  expect((await sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: orders }))).queueUrls).toEqual([])
})

test.each([
  { what: 'a queue that does not exist', target: 'nowhere', allow: undefined },
  { what: 'a queue of the other type', target: 'dead.fifo', allow: undefined },
  { what: 'a queue that admits nobody', target: 'dead', allow: { redrivePermission: 'denyAll' } },
  {
    what: 'a queue that admits others',
    target: 'dead',
    allow: { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('others')] },
  },
])('a redrive policy to $what is refused', async ({ target, allow }) => {
  const { admin } = await startTestSandbox()
  const { sqs } = admin
  await sqs.send(
    new CreateQueueCommand({
      QueueName: 'dead',
      ...(allow ? { Attributes: { RedriveAllowPolicy: JSON.stringify(allow) } } : {}),
    }),
  )
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead.fifo', Attributes: { FifoQueue: 'true' } }))
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf(target), maxReceiveCount: '3' })
  await expect(
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { RedrivePolicy } })),
  ).rejects.toMatchObject({ Code: 'InvalidParameterValue' })
})
