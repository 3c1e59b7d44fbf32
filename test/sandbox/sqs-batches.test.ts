import {
  ChangeMessageVisibilityBatchCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SendMessageBatchRequestEntry,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

const mebibyte = 1_048_576

async function startWithQueue(Attributes: Record<string, string> = {}) {
  const sandbox = await startTestSandbox()
  const { sqs } = sandbox.admin
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'orders', Attributes }))
  return {
    ...sandbox,
    sqs,
    QueueUrl,
    sendBatch: (Entries: SendMessageBatchRequestEntry[]) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries })),
    receive: async () =>
      (await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))).Messages ?? [],
  }
}

const entry = (Id: string, MessageBody = 'x'): SendMessageBatchRequestEntry => ({ Id, MessageBody })

test('ten messages are sent, hidden, shown and deleted in batches', async () => {
  const { sqs, QueueUrl, sendBatch, receive } = await startWithQueue()
  const ids = Array.from({ length: 10 }, (_, index) => `m${index}`)
  const sent = await sendBatch(ids.map((id) => entry(id, `body of ${id}`)))
  expect(sent.Successful?.map(({ Id }) => Id)).toEqual(ids)
  expect(sent.Failed).toBeUndefined()
  const messages = await receive()
  expect(messages.map(({ MessageId }) => MessageId)).toEqual(
    sent.Successful?.map(({ MessageId }) => MessageId),
  )
  const handles = messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }))
  const shown = await sqs.send(
    new ChangeMessageVisibilityBatchCommand({
      QueueUrl,
      Entries: handles.map((handle) => ({ ...handle, VisibilityTimeout: 0 })),
    }),
  )
  expect(shown.Successful).toHaveLength(10)
  const again = await receive()
  const deleted = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: again.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle })),
    }),
  )
  expect(deleted.Successful).toHaveLength(10)
  expect(await receive()).toEqual([])
})

test('one bad entry fails alone, and the answer is a success', async () => {
  const { sendBatch, receive } = await startWithQueue({ MaximumMessageSize: '1024' })
  const { Successful, Failed } = await sendBatch([
    entry('good'),
    entry('long', 'x'.repeat(1025)),
    {
      Id: 'typeless',
      MessageBody: 'x',
      MessageAttributes: { a: { DataType: 'Boolean', StringValue: 'true' } },
    },
  ])
  expect(Successful).toMatchObject([{ Id: 'good' }])
  expect(Failed?.sort((a, b) => ((a.Id ?? '') < (b.Id ?? '') ? -1 : 1))).toMatchObject([
    {
      Id: 'long',
      SenderFault: true,
      Code: 'InvalidParameterValue',
      Message: 'One or more parameters are invalid. Reason: Message must be shorter than 1024 bytes.',
    },
    { Id: 'typeless', SenderFault: true, Code: 'InvalidParameterValue' },
  ])
  expect(await receive()).toHaveLength(1)
})

test('a handle that is none fails alone', async () => {
  const { sqs, QueueUrl, sendBatch, receive } = await startWithQueue()
  await sendBatch([entry('a')])
  const [message] = await receive()
  const { Successful, Failed } = await sqs.send(
    new DeleteMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'good', ReceiptHandle: message?.ReceiptHandle },
        { Id: 'bad', ReceiptHandle: 'nonsense' },
      ],
    }),
  )
  expect(Successful).toEqual([{ Id: 'good' }])
  expect(Failed).toMatchObject([{ Id: 'bad', Code: 'ReceiptHandleIsInvalid' }])
})

test.each([
  {
    what: 'more than ten',
    entries: Array.from({ length: 20 }, (_, index) => entry(`m${index}`)),
    name: 'TooManyEntriesInBatchRequest',
    message: 'Maximum number of entries per request are 10. You have sent 20.',
  },
  {
    what: 'an id with a space',
    entries: [entry('a b')],
    name: 'InvalidBatchEntryId',
    message:
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
  },
  {
    what: 'an id of 81 letters',
    entries: [entry('x'.repeat(81))],
    name: 'InvalidBatchEntryId',
    message: undefined,
  },
  { what: 'no entries', entries: [], name: 'EmptyBatchRequest', message: undefined },
  {
    what: 'an id twice',
    entries: [entry('a'), entry('a')],
    name: 'BatchEntryIdsNotDistinct',
    message: undefined,
  },
  {
    what: 'more than a mebibyte together',
    entries: [entry('a', 'x'.repeat(mebibyte - 10)), entry('b', 'x'.repeat(11))],
    name: 'BatchRequestTooLong',
    message: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
  },
])('a batch is refused whole: $what', async ({ entries, name, message }) => {
  const { sendBatch } = await startWithQueue()
  await expect(sendBatch(entries)).rejects.toMatchObject({
    name,
    Code: `AWS.SimpleQueueService.${name}`,
    ...(message === undefined ? {} : { message }),
  })
})

test('a message may have exactly a mebibyte', async () => {
  const { sqs, QueueUrl } = await startWithQueue()
  const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
  await send('x'.repeat(mebibyte))
  await expect(send('x'.repeat(mebibyte + 1))).rejects.toMatchObject({
    Code: 'InvalidParameterValue',
    message: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
  })
  // Names, types and values of attributes count too.
  await expect(
    sqs.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: 'x'.repeat(mebibyte - 3),
        MessageAttributes: { a: { DataType: 'String', StringValue: 'b' } },
      }),
    ),
  ).rejects.toMatchObject({ Code: 'InvalidParameterValue' })
})

test.each([
  {
    input: { MaxNumberOfMessages: 11 },
    message:
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
  },
  {
    input: { WaitTimeSeconds: 21 },
    message:
      'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
  },
])('ReceiveMessage refuses $input', async ({ input, message }) => {
  const { sqs, QueueUrl } = await startWithQueue()
  await expect(sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input }))).rejects.toMatchObject({
    Code: 'InvalidParameterValue',
    message,
  })
})

test.each([
  { what: 'a body with a control character', input: { MessageBody: 'a\u0000b' } },
  { what: 'a delay above 15 minutes', input: { MessageBody: 'x', DelaySeconds: 901 } },
  { what: 'a deduplication id', input: { MessageBody: 'x', MessageDeduplicationId: '1' } },
  {
    what: 'eleven attributes',
    input: {
      MessageBody: 'x',
      MessageAttributes: Object.fromEntries(
        Array.from({ length: 11 }, (_, index) => [`a${index}`, { DataType: 'String', StringValue: 'x' }]),
      ),
    },
  },
])('a standard queue refuses $what', async ({ input }) => {
  const { sqs, QueueUrl, receive } = await startWithQueue()
  await expect(sqs.send(new SendMessageCommand({ QueueUrl, ...input }))).rejects.toMatchObject({
    $metadata: { httpStatusCode: 400 },
  })
  expect(await receive()).toEqual([])
})

test('a standard queue takes a group id, and gives it back', async () => {
  const { sqs, QueueUrl } = await startWithQueue()
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageGroupId: 'tenant-1' }))
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['MessageGroupId'] }),
  )
  expect(Messages?.[0]?.Attributes).toEqual({ MessageGroupId: 'tenant-1' })
})
