import { GetFunctionConfigurationCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { sendMessages } from '../../src/operations/send.js'
import { collect, collectFailure } from '../support/collect.js'
import {
  account,
  awsError,
  configuration,
  denied,
  fakeSession,
  mapping,
  plan,
  queueArn,
  region,
} from './fake-session.js'

const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/orders`

/** A queue that accepts everything but the entries at these positions of each batch. */
function queueRefusing(...positions: readonly number[]) {
  const fake = fakeSession()
  let sent = 0
  fake.lambda.on(ListEventSourceMappingsCommand).resolves({})
  fake.sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { MaximumMessageSize: '1048576' } })
  fake.sqs.on(SendMessageCommand).callsFake(() => ({ MessageId: `id-${sent++}` }))
  fake.sqs.on(SendMessageBatchCommand).callsFake(({ Entries }) => ({
    Successful: Entries.filter((_: unknown, index: number) => !positions.includes(index)).map(
      ({ Id }: { Id: string }) => ({ Id, MessageId: `id-${sent++}` }),
    ),
    Failed: positions
      .filter((index) => index < Entries.length)
      .map((index) => ({
        Id: String(index),
        Code: 'InternalError',
        Message: 'try again',
        SenderFault: false,
      })),
  }))
  return fake
}

/** What was sent, without what was read. */
const sends = (fake: ReturnType<typeof fakeSession>) =>
  fake.sent('sqs').filter(([name]) => name.startsWith('Send'))

describe('sending', () => {
  test('one message goes by SendMessage', async () => {
    const fake = queueRefusing()
    const { events, types, result } = await collect(
      sendMessages({ queue: 'orders', body: '{"id":42}', count: 1, prove: null }, fake.session),
    )
    expect(types).toEqual(['caller-identified', 'target-resolved', 'message-sent'])
    expect(events.at(-1)).toEqual({
      type: 'message-sent',
      message: { messageId: 'id-0', token: 'id-0', groupId: null },
      queueArn,
    })
    expect(result).toMatchObject({ queueArn, messages: [{ messageId: 'id-0' }], refused: [], proof: null })
    expect(sends(fake)).toEqual([['SendMessage', { QueueUrl, MessageBody: '{"id":42}' }]])
  })

  test('many go in batches of ten', async () => {
    const fake = queueRefusing()
    const { result } = await collect(
      sendMessages({ queue: 'orders', body: 'x', count: 12, prove: null }, fake.session),
    )
    expect(result.messages).toHaveLength(12)
    expect(
      sends(fake).map(([name, input]) => [name, 'Entries' in input ? input.Entries?.length : 0]),
    ).toEqual([
      ['SendMessageBatch', 10],
      ['SendMessageBatch', 2],
    ])
  })

  test('FIFO messages carry their group and ids', async () => {
    const fake = queueRefusing()
    await collect(
      sendMessages({ queue: 'orders.fifo', body: 'x', count: 2, groupId: 'g', prove: null }, fake.session),
    )
    const id = expect.stringMatching(/^[0-9a-f-]{36}$/)
    expect(sends(fake)).toEqual([
      [
        'SendMessageBatch',
        {
          QueueUrl: `${QueueUrl}.fifo`,
          Entries: ['0', '1'].map((Id) => ({
            Id,
            MessageBody: 'x',
            MessageGroupId: 'g',
            MessageDeduplicationId: id,
          })),
        },
      ],
    ])
  })

  test('stopped between two requests: nothing more is sent', async () => {
    const fake = queueRefusing()
    const stop = new SqsTriggerError('INTERRUPTED', 'Interrupted.')
    async function* stopped() {
      const request = { queue: 'orders', body: 'x', count: 25, prove: null }
      for await (const event of sendMessages(request, fake.session)) {
        yield event
        if (event.type === 'message-sent') fake.controller.abort(stop)
      }
    }
    const { error, types } = await collectFailure(stopped())
    expect(error).toBe(stop)
    expect(types.filter((type) => type === 'message-sent')).toHaveLength(10)
    expect(sends(fake)).toHaveLength(1)
  })

  test('what SQS refuses is told, and does not stop the rest', async () => {
    const fake = queueRefusing(1)
    const { events, result } = await collect(
      sendMessages({ queue: 'orders', body: 'x', count: 12, prove: null }, fake.session),
    )
    const refused = [1, 11].map((index) => ({ index, code: 'InternalError', reason: 'try again' }))
    expect(result.refused).toEqual(refused)
    expect(result.messages).toHaveLength(10)
    expect(events.filter(({ type }) => type === 'message-refused')).toEqual(
      refused.map((entry) => ({ type: 'message-refused', ...entry })),
    )
  })

  test.each([
    ['an empty body', { body: '' }],
    ['a character that SQS refuses', { body: 'a\u0000' }],
    ['a malformed queue', { queue: 'or ders' }],
  ])('%s: nothing is sent', async (_, given) => {
    const fake = queueRefusing()
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', count: 1, prove: null, ...given }, fake.session),
    )
    expect(error.code).toBe('USAGE')
    expect(fake.sent('sqs')).toEqual([])
  })

  test.each([
    ['QueueDoesNotExist', 'The specified queue does not exist.', 'QUEUE_NOT_FOUND'],
    [
      'AccessDenied',
      `User: arn:aws:iam::${account}:user/developer is not authorized to perform: sqs:sendmessage on resource: ${queueArn} because no identity-based policy allows the sqs:sendmessage action`,
      'ACCESS_DENIED',
    ],
  ])('%s is passed on as %s', async (name, text, code) => {
    const fake = queueRefusing()
    fake.lambda.on(ListEventSourceMappingsCommand).resolves({})
    fake.sqs.on(SendMessageCommand).rejects(awsError(name, text))
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', count: 1, prove: null }, fake.session),
    )
    expect(error.code).toBe(code)
  })
})

describe('what can never be proven is not sent', () => {
  function queueWith(mappings: readonly ReturnType<typeof configuration>[]) {
    const fake = queueRefusing()
    fake.sqs.on(GetQueueAttributesCommand).resolves({ Attributes: { MaximumMessageSize: '1024' } })
    fake.lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [...mappings] })
    fake.lambda.on(GetFunctionConfigurationCommand).rejects(denied('lambda:GetFunctionConfiguration'))
    return fake
  }

  test.each([
    ['no mapping', [], 'MAPPING_NOT_FOUND', /Nothing was sent/],
    ['only a disabled one', [configuration({ State: 'Disabled' })], 'MAPPING_DISABLED', /Nothing was sent/],
  ] as const)('%s', async (_, mappings, code, message) => {
    const fake = queueWith(mappings)
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', count: 1, prove: 'medium' }, fake.session),
    )
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) })
    expect(sends(fake)).toEqual([])
  })

  test("a body above the queue's own limit", async () => {
    const fake = queueWith([configuration()])
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', body: 'x'.repeat(2_000), count: 1, prove: 'medium' }, fake.session),
    )
    expect(error).toMatchObject({ code: 'USAGE', message: expect.stringMatching(/this queue takes 1024/) })
    expect(sends(fake)).toEqual([])
  })

  test('a queue that does not exist', async () => {
    const fake = queueWith([])
    fake.sqs
      .on(GetQueueAttributesCommand)
      .rejects(awsError('QueueDoesNotExist', 'The specified queue does not exist.'))
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', count: 1, prove: 'medium' }, fake.session),
    )
    expect(error.code).toBe('QUEUE_NOT_FOUND')
    expect(sends(fake)).toEqual([])
  })

  test('an endpoint that hangs, until someone interrupts', async () => {
    const fake = queueWith([configuration()])
    fake.sqs.on(GetQueueAttributesCommand).callsFake(() => new Promise(() => {}))
    const failing = collectFailure(sendMessages({ queue: 'orders', count: 1, prove: 'medium' }, fake.session))
    setImmediate(() => fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.')))
    expect((await failing).error.code).toBe('INTERRUPTED')
    expect(sends(fake)).toEqual([])
  })

  test('mappings that cannot be seen', async () => {
    const fake = queueWith([])
    fake.lambda.on(ListEventSourceMappingsCommand).rejects(denied('lambda:ListEventSourceMappings'))
    const { error } = await collectFailure(
      sendMessages({ queue: 'orders', count: 1, prove: 'medium' }, fake.session),
    )
    expect(error.code).toBe('ACCESS_DENIED')
    expect(sends(fake)).toEqual([])
  })
})

test('those who know the caller are not asked to have STS asked again', async () => {
  const fake = queueRefusing()
  const { context } = plan()
  const { types, result } = await collect(
    sendMessages({ queue: 'orders', body: 'x', count: 1, prove: null }, fake.session, {
      context,
      mapping: mapping(),
    }),
  )
  expect(types).toEqual(['message-sent'])
  expect(result.context).toBe(context)
  expect(fake.sent('sts')).toEqual([])
})
