import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

async function startWithQueue(Attributes: Record<string, string> = {}) {
  const sandbox = await startTestSandbox()
  const { sqs } = sandbox.admin
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes }))
  return {
    ...sandbox,
    sqs,
    QueueUrl,
    send: (MessageBody: string, more: object = {}) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more })),
    receive: async (more: object = {}) => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more }),
      )
      return Messages ?? []
    },
    counts: async () => {
      const { Attributes: counted } = await sqs.send(
        new GetQueueAttributesCommand({
          QueueUrl,
          AttributeNames: [
            'ApproximateNumberOfMessages',
            'ApproximateNumberOfMessagesNotVisible',
            'ApproximateNumberOfMessagesDelayed',
          ],
        }),
      )
      return {
        visible: counted?.ApproximateNumberOfMessages,
        inFlight: counted?.ApproximateNumberOfMessagesNotVisible,
        delayed: counted?.ApproximateNumberOfMessagesDelayed,
      }
    },
  }
}

test('a message comes back with its system attributes, and is gone once deleted', async () => {
  const { send, receive, sqs, QueueUrl, advance, counts } = await startWithQueue()
  const sent = await send('hello', {
    MessageSystemAttributes: {
      AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-5759e988-bd862e3fe1be46a9942' },
    },
  })
  await advance(2_000)
  const [message] = await receive({ MessageSystemAttributeNames: ['All'] })
  expect(message).toMatchObject({
    MessageId: sent.MessageId,
    Body: 'hello',
    MD5OfBody: '5d41402abc4b2a76b9719d911017c592',
    Attributes: {
      ApproximateReceiveCount: '1',
      SentTimestamp: String(startOfTime),
      ApproximateFirstReceiveTimestamp: String(startOfTime + 2_000),
      SenderId: expect.stringMatching(/^AIDA/),
      AWSTraceHeader: 'Root=1-5759e988-bd862e3fe1be46a9942',
    },
  })
  expect(message).not.toHaveProperty('MessageAttributes')
  expect(await counts()).toEqual({ visible: '0', inFlight: '1', delayed: '0' })
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message?.ReceiptHandle }))
  expect(await counts()).toEqual({ visible: '0', inFlight: '0', delayed: '0' })
})

test.each([
  {
    source: 'an event that Lambda logged',
    attributes: { 'sample-attribute': { DataType: 'String', StringValue: 'sample-value' } },
    digest: '7c815262be77a62f56671125069ca888',
  },
  {
    source: 'moto, another implementation',
    attributes: {
      title: { DataType: 'String', StringValue: 'The Whistler – ü' },
      photo: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 3]) },
      'order.id': { DataType: 'Number.int', StringValue: '6' },
    },
    digest: 'bf5207a5f616cd735dcb868e9eb87b41',
  },
])('the digest of message attributes is that of $source', async ({ attributes, digest }) => {
  const { send, receive } = await startWithQueue()
  const sent = await send('x', { MessageAttributes: attributes })
  expect(sent.MD5OfMessageAttributes).toBe(digest)
  const [message] = await receive({ MessageAttributeNames: ['All'] })
  expect(message?.MD5OfMessageAttributes).toBe(digest)
})

test('message attributes come back as asked', async () => {
  const { send, receive } = await startWithQueue()
  await send('x', {
    MessageAttributes: {
      'order.id': { DataType: 'Number.int', StringValue: '6' },
      'order.title': { DataType: 'String', StringValue: 'The Whistler – ü' },
      photo: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 3]) },
    },
  })
  const ask = async (MessageAttributeNames: string[]) => {
    const [message] = await receive({ MessageAttributeNames, VisibilityTimeout: 0 })
    return Object.keys(message?.MessageAttributes ?? {}).sort()
  }
  expect(await ask([])).toEqual([])
  expect(await ask(['photo'])).toEqual(['photo'])
  expect(await ask(['order.*'])).toEqual(['order.id', 'order.title'])
  const [message] = await receive({ MessageAttributeNames: ['All'] })
  expect(message?.MessageAttributes?.photo?.BinaryValue).toEqual(new Uint8Array([0, 255, 3]))
  expect(message?.MessageAttributes?.['order.title']?.StringValue).toBe('The Whistler – ü')
})

test('a message is hidden for the visibility timeout, then comes back under a new handle', async () => {
  const { send, receive, advance } = await startWithQueue({ VisibilityTimeout: '30' })
  await send('again')
  const [first] = await receive({ MessageSystemAttributeNames: ['All'] })
  await advance(29_999)
  expect(await receive()).toEqual([])
  await advance(1)
  const [second] = await receive({ MessageSystemAttributeNames: ['All'] })
  expect(second?.MessageId).toBe(first?.MessageId)
  expect(second?.ReceiptHandle).not.toBe(first?.ReceiptHandle)
  expect(second?.Attributes).toMatchObject({
    ApproximateReceiveCount: '2',
    ApproximateFirstReceiveTimestamp: String(startOfTime),
  })
})

test('the handle of an earlier receive deletes nothing', async () => {
  const { send, receive, advance, sqs, QueueUrl, counts } = await startWithQueue()
  await send('again')
  const [first] = await receive()
  await advance(30_000)
  await receive()
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }))
  expect(await counts()).toMatchObject({ inFlight: '1' })
})

test('ChangeMessageVisibility lengthens, and 0 gives the message back at once', async () => {
  const { send, receive, advance, sqs, QueueUrl } = await startWithQueue({ VisibilityTimeout: '30' })
  await send('x')
  const [message] = await receive()
  const change = (VisibilityTimeout: number) =>
    sqs.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout,
      }),
    )
  await advance(20_000)
  await change(60)
  await advance(59_999)
  expect(await receive()).toEqual([])
  await change(0)
  expect(await receive()).toHaveLength(1)
})

test('a delayed message shows when its delay is over', async () => {
  const { send, receive, advance, counts } = await startWithQueue({ DelaySeconds: '10' })
  await send('as the queue says')
  await send('sooner', { DelaySeconds: 5 })
  await send('now', { DelaySeconds: 0 })
  expect(await counts()).toEqual({ visible: '1', inFlight: '0', delayed: '2' })
  expect((await receive()).map(({ Body }) => Body)).toEqual(['now'])
  await advance(5_000)
  expect((await receive()).map(({ Body }) => Body)).toEqual(['sooner'])
  await advance(5_000)
  expect((await receive()).map(({ Body }) => Body)).toEqual(['as the queue says'])
})

test('a message is gone when the retention period is over', async () => {
  const { send, receive, advance, counts } = await startWithQueue({ MessageRetentionPeriod: '60' })
  await send('old')
  await advance(60_000)
  expect(await counts()).toMatchObject({ visible: '0' })
  expect(await receive()).toEqual([])
})

test('a long poll ends with the first message', async () => {
  const { send, receive, world } = await startWithQueue()
  const waiting = receive({ WaitTimeSeconds: 20 })
  await expect.poll(() => world.sqs.queues.values().next().value?.listeners.size).toBe(1)
  await send('just now')
  expect((await waiting).map(({ Body }) => Body)).toEqual(['just now'])
})

test('a long poll without messages ends with its time, and settled does not wait for it', async () => {
  const { receive, advance, settled, world } = await startWithQueue()
  const waiting = receive({ WaitTimeSeconds: 20 })
  await expect.poll(() => world.sqs.queues.values().next().value?.listeners.size).toBe(1)
  await settled()
  await advance(20_000)
  expect(await waiting).toEqual([])
})

test('a long poll whose client hung up takes no message', async () => {
  const { send, receive, sqs, QueueUrl, world } = await startWithQueue()
  const listeners = () => world.sqs.queues.values().next().value?.listeners.size
  const gone = new AbortController()
  const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }), {
    abortSignal: gone.signal,
  })
  const outcome = expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  await expect.poll(listeners).toBe(1)
  gone.abort()
  await outcome
  await expect.poll(listeners).toBe(0)
  await send('for the next')
  expect(await receive()).toHaveLength(1)
})

test('PurgeQueue empties the queue, once a minute', async () => {
  const { send, receive, advance, sqs, QueueUrl } = await startWithQueue()
  await send('x')
  await sqs.send(new PurgeQueueCommand({ QueueUrl }))
  expect(await receive()).toEqual([])
  await expect(sqs.send(new PurgeQueueCommand({ QueueUrl }))).rejects.toMatchObject({
    name: 'PurgeQueueInProgress',
    Code: 'AWS.SimpleQueueService.PurgeQueueInProgress',
    message: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    $metadata: { httpStatusCode: 403 },
  })
  await advance(60_000)
  await sqs.send(new PurgeQueueCommand({ QueueUrl }))
})
