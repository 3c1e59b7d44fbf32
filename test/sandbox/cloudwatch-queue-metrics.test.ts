import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { awsDelays, type Delays } from '../../src/sandbox/world.js'
import { cloudWatchOf, readMetrics } from '../support/cloudwatch.js'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

async function startWithQueue(options: { readonly delays?: Delays } = {}) {
  const sandbox = await startTestSandbox(options)
  const { sqs } = sandbox.admin
  const create = async (QueueName: string, Attributes: Record<string, string> = {}) =>
    (await sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl
  const QueueUrl = await create('orders')
  const client = cloudWatchOf(sandbox)
  return {
    ...sandbox,
    sqs,
    create,
    client,
    send: (DelaySeconds = 0) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds })),
    receive: async (url = QueueUrl) =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }))).Messages ?? [],
    remove: (ReceiptHandle: string | undefined) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
    minutes: async (name: string, stat = 'Sum', queue = 'orders') => {
      const metric = { namespace: 'AWS/SQS', name, dimensions: { QueueName: queue }, stat }
      return (await readMetrics(client, [metric], { start: startOfTime }))[0]
    },
  }
}

test('what was sent, received and deleted is counted by the minute, and can be read when the minute is over', async () => {
  const { send, receive, remove, advance, minutes } = await startWithQueue()
  await send()
  await send()
  const [first] = await receive()
  await remove(first?.ReceiptHandle)
  await advance(59_999)
  expect(await minutes('NumberOfMessagesSent')).toEqual([])
  await advance(1)
  expect(await minutes('NumberOfMessagesSent')).toEqual([[0, 2]])
  expect(await minutes('NumberOfMessagesReceived')).toEqual([[0, 2]])
  expect(await minutes('NumberOfMessagesDeleted')).toEqual([[0, 1]])
  await send()
  await advance(60_000)
  expect(await minutes('NumberOfMessagesSent')).toEqual([
    [0, 2],
    [1, 1],
  ])
})

test('what lies in the queue is measured at the end of each minute, and its age', async () => {
  const { send, advance, minutes } = await startWithQueue()
  await send()
  await advance(30_000)
  await send()
  await send(300)
  await advance(150_000)
  expect(await minutes('ApproximateNumberOfMessagesVisible', 'Maximum')).toEqual([
    [0, 2],
    [1, 2],
    [2, 2],
  ])
  expect(await minutes('ApproximateNumberOfMessagesDelayed', 'Maximum')).toEqual([
    [0, 1],
    [1, 1],
    [2, 1],
  ])
  expect(await minutes('ApproximateAgeOfOldestMessage', 'Maximum')).toEqual([
    [0, 60],
    [1, 120],
    [2, 180],
  ])
})

test('a message that keeps coming back no longer counts as the oldest', async () => {
  const { send, receive, advance, minutes } = await startWithQueue()
  await send()
  for (let count = 0; count < 3; count += 1) {
    expect(await receive()).toHaveLength(1)
    await advance(30_000)
  }
  await send()
  await advance(30_000)
  expect(await minutes('ApproximateNumberOfMessagesVisible', 'Maximum')).toEqual([
    [0, 1],
    [1, 2],
  ])
  expect(await minutes('ApproximateAgeOfOldestMessage', 'Maximum')).toEqual([
    [0, 60],
    [1, 30],
  ])
})

test('in a dead-letter queue the age begins anew, and a message moved there was not sent', async () => {
  const { create, sqs, receive, advance, minutes } = await startWithQueue()
  await create('dead')
  const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:111122223333:dead'
  const failing = await create('failing', {
    RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
  })
  await sqs.send(new SendMessageCommand({ QueueUrl: failing, MessageBody: 'poison' }))
  await receive(failing)
  await advance(90_000)
  expect(await receive(failing)).toEqual([])
  // The dead-letter queue itself is not used until somebody looks there.
  const QueueUrl = failing?.replace('failing', 'dead')
  await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 0 }))
  await advance(30_000)
  expect(await minutes('ApproximateAgeOfOldestMessage', 'Maximum', 'dead')).toEqual([[1, 30]])
  expect(await minutes('NumberOfMessagesSent', 'Sum', 'dead')).toEqual([[1, 0]])
})

test('an empty queue falls silent six hours after its last use', async () => {
  const { receive, advance, client } = await startWithQueue()
  await receive()
  await advance(12 * 60 * 60_000)
  const metric = {
    namespace: 'AWS/SQS',
    name: 'ApproximateNumberOfMessagesVisible',
    dimensions: { QueueName: 'orders' },
    stat: 'SampleCount',
    period: 3600,
  }
  const [hours] = await readMetrics(client, [metric], { start: startOfTime, minutes: 24 * 60 })
  expect(hours).toEqual([0, 60, 120, 180, 240, 300].map((minute) => [minute, 60]))
})

test('with the delays of AWS a minute can be read two minutes after its end', async () => {
  const { send, advance, minutes } = await startWithQueue({ delays: awsDelays })
  await send()
  await advance(60_000 + awsDelays.metricPublication - 1)
  expect(await minutes('NumberOfMessagesSent')).toEqual([])
  await advance(1)
  expect(await minutes('NumberOfMessagesSent')).toEqual([[0, 1]])
})
