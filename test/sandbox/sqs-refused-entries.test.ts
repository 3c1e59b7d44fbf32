import {
  DeleteMessageBatchCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { control, startTestSandbox } from '../support/sandbox.js'

async function startWithQueue() {
  const sandbox = await startTestSandbox()
  await sandbox.seed([{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } }])
  const QueueUrl = `${sandbox.endpoint}/111122223333/orders`
  const { sqs } = sandbox.admin
  return {
    ...sandbox,
    sqs,
    QueueUrl,
    refuse: (positions: readonly number[], more: Readonly<Record<string, unknown>> = {}) =>
      control(sandbox, 'POST', 'faults', {
        service: 'sqs',
        operation: 'SendMessageBatch',
        times: 1,
        effect: { kind: 'entries', positions, code: 'InternalError', message: 'Try again.', ...more },
      }),
    sendBatch: (bodies: readonly string[]) =>
      sqs.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: bodies.map((MessageBody, index) => ({ Id: `e${index}`, MessageBody })),
        }),
      ),
    bodies: async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      )
      return Messages.map(({ Body }) => Body)
    },
  }
}

test('two entries of a batch fail as ordered, once; the others are sent', async () => {
  const { refuse, sendBatch, bodies } = await startWithQueue()
  await refuse([1, 3])
  const answer = await sendBatch(['a', 'b', 'c', 'd'])
  expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['e0', 'e2'])
  const failure = { SenderFault: false, Code: 'InternalError', Message: 'Try again.' }
  expect(answer.Failed).toEqual([
    { Id: 'e1', ...failure },
    { Id: 'e3', ...failure },
  ])
  expect(await bodies()).toEqual(['a', 'c'])
  expect((await sendBatch(['b', 'd'])).Failed).toBeUndefined()
  expect(await bodies()).toEqual(['b', 'd'])
})

test('a whole batch fails as one that AWS lets through', async () => {
  const { refuse, sendBatch, bodies } = await startWithQueue()
  await refuse([0, 1], { code: 'InvalidParameterValue', senderFault: true })
  expect(await sendBatch(['a', 'b'])).toMatchObject({
    Successful: [],
    Failed: [
      { Id: 'e0', SenderFault: true, Code: 'InvalidParameterValue' },
      { Id: 'e1', SenderFault: true },
    ],
  })
  expect(await bodies()).toEqual([])
})

test('what SQS refuses by itself is told beside it', async () => {
  const { refuse, sendBatch } = await startWithQueue()
  await refuse([0])
  const { Successful = [], Failed = [] } = await sendBatch(['a', '\u0000', 'c'])
  expect(Failed.map(({ Id }) => Id)).toEqual(['e1', 'e0'])
  expect(Successful.map(({ Id }) => Id)).toEqual(['e2'])
})

test('other batches can be hit, and requests without entries are left alone', async () => {
  const { sqs, QueueUrl, faults, sendBatch } = await startWithQueue()
  await sendBatch(['a', 'b'])
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
  const effect = { kind: 'entries', positions: [0], code: 'InternalError', message: 'Try again.' } as const
  faults.inject({ service: 'sqs', effect })
  const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }))
  const answer = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }))
  expect(answer).toMatchObject({ Successful: [{ Id: 'm1' }], Failed: [{ Id: 'm0' }] })
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'single' }))
})

test.each([{ positions: [] }, { positions: [-1] }, { positions: 'all' }])(
  'the order $positions is refused with a sentence',
  async ({ positions }) => {
    const sandbox = await startTestSandbox()
    const effect = { kind: 'entries', positions, code: 'x', message: 'x' }
    expect(await control(sandbox, 'POST', 'faults', { effect })).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('positions') },
    })
  },
)
