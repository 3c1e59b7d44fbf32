import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

async function startWithFifo(Attributes: Record<string, string> = {}) {
  const sandbox = await startTestSandbox()
  const { sqs } = sandbox.admin
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({ QueueName: 'orders.fifo', Attributes: { FifoQueue: 'true', ...Attributes } }),
  )
  return {
    ...sandbox,
    sqs,
    QueueUrl,
    send: (MessageBody: string, MessageGroupId: string, MessageDeduplicationId?: string) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId })),
    receive: async (MaxNumberOfMessages = 10) => {
      const { Messages } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages, MessageSystemAttributeNames: ['All'] }),
      )
      return Messages ?? []
    },
    remove: (ReceiptHandle: string | undefined) =>
      sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })),
  }
}

const bodies = (messages: readonly { readonly Body?: string | undefined }[]) =>
  messages.map(({ Body }) => Body)

describe('order', () => {
  test('a group comes in the order of sending, several at a time', async () => {
    const { send, receive } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    for (const body of ['1', '2', '3']) await send(body, 'a')
    expect(bodies(await receive())).toEqual(['1', '2', '3'])
  })

  test('while one of a group is in flight, the group gives nothing more; others do', async () => {
    const { send, receive, remove } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    await send('a1', 'a')
    await send('a2', 'a')
    await send('b1', 'b')
    const [first] = await receive(1)
    expect(first?.Body).toBe('a1')
    expect(bodies(await receive())).toEqual(['b1'])
    await remove(first?.ReceiptHandle)
    expect(bodies(await receive())).toEqual(['a2'])
  })

  test('what was not deleted comes again, before what follows', async () => {
    const { send, receive, advance } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    await send('1', 'a')
    await send('2', 'a')
    await receive(1)
    await advance(30_000)
    const again = await receive()
    expect(again.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
      ['1', '2'],
      ['2', '1'],
    ])
  })

  test('sequence numbers have 20 digits and grow', async () => {
    const { send, receive } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    const sent = [await send('1', 'a'), await send('2', 'b')].map(
      ({ SequenceNumber }) => SequenceNumber ?? '',
    )
    expect(sent[0]).toMatch(/^\d{20}$/)
    expect((sent[0] ?? '') < (sent[1] ?? '')).toBe(true)
    const received = await receive()
    expect(received.map(({ Attributes }) => Attributes)).toMatchObject([
      { SequenceNumber: sent[0], MessageGroupId: 'a' },
      { SequenceNumber: sent[1], MessageGroupId: 'b' },
    ])
  })
})

describe('deduplication', () => {
  test.each([
    { how: 'by id', attributes: {}, ids: ['same', 'same'] as const, texts: ['first', 'second'] as const },
    {
      how: 'by content',
      attributes: { ContentBasedDeduplication: 'true' },
      ids: [undefined, undefined] as const,
      texts: ['equal', 'equal'] as const,
    },
  ])(
    'a repeat within five minutes is accepted and not delivered: $how',
    async ({ attributes, ids, texts }) => {
      const { send, receive, advance } = await startWithFifo(attributes)
      const first = await send(texts[0], 'a', ids[0])
      await advance(299_999)
      const second = await send(texts[1], 'a', ids[1])
      expect(second.MessageId).toBe(first.MessageId)
      expect(second.SequenceNumber).toBe(first.SequenceNumber)
      expect(bodies(await receive())).toEqual([texts[0]])
      await advance(1)
      expect((await send(texts[1], 'a', ids[1])).MessageId).not.toBe(first.MessageId)
    },
  )

  test('scope messageGroup: the same id in two groups is two messages', async () => {
    const { send, receive } = await startWithFifo({
      DeduplicationScope: 'messageGroup',
      FifoThroughputLimit: 'perMessageGroupId',
    })
    await send('1', 'a', 'same')
    await send('2', 'b', 'same')
    expect(bodies(await receive())).toEqual(['1', '2'])
  })
})

describe('refusals', () => {
  test('a message without group', async () => {
    const { sqs, QueueUrl } = await startWithFifo()
    await expect(
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', MessageDeduplicationId: '1' })),
    ).rejects.toMatchObject({
      Code: 'MissingParameter',
      message: 'The request must contain the parameter MessageGroupId.',
    })
  })

  test('a batch with a message without group is refused whole', async () => {
    const { sqs, QueueUrl, receive } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    const Entries = [
      { Id: 'good', MessageBody: 'x', MessageGroupId: 'a' },
      { Id: 'bad', MessageBody: 'y' },
    ]
    await expect(sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: 'The request must contain the parameter MessageGroupId.',
    })
    expect(await receive()).toEqual([])
  })

  test('neither deduplication id nor deduplication by content', async () => {
    const { send } = await startWithFifo()
    await expect(send('x', 'a')).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message:
        'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    })
  })

  test('deleting when the visibility timeout is over', async () => {
    const { send, receive, remove, advance } = await startWithFifo({ ContentBasedDeduplication: 'true' })
    await send('x', 'a')
    const [message] = await receive()
    await advance(30_000)
    await expect(remove(message?.ReceiptHandle)).rejects.toMatchObject({
      Code: 'InvalidParameterValue',
      message: `Value ${message?.ReceiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
    })
  })
})
