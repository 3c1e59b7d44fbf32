import {
  CancelMessageMoveTaskCommand,
  ListMessageMoveTasksCommand,
  SendMessageCommand,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

const account = '111122223333'
const arnOf = (name: string) => `arn:aws:sqs:us-east-1:${account}:${name}`

const createQueue = (QueueName: string, Attributes: Record<string, string> = {}) =>
  ({ service: 'sqs', operation: 'CreateQueue', input: { QueueName, Attributes } }) as const

const toDead = {
  RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arnOf('dead'), maxReceiveCount: 1 }),
}

async function startWithDeadLetters() {
  const sandbox = await startTestSandbox()
  await sandbox.seed([
    createQueue('dead'),
    createQueue('orders', toDead),
    createQueue('spare'),
    createQueue('spare.fifo', { FifoQueue: 'true' }),
  ])
  return sandbox
}

const handle = (taskId: string, source: string) =>
  Buffer.from(JSON.stringify({ taskId, sourceArn: arnOf(source) })).toString('base64')

test.each([
  [
    'a source that nothing fails to',
    { SourceArn: arnOf('spare'), DestinationArn: arnOf('orders') },
    400,
    'InvalidParameterValue',
    'Source queue must be configured as a Dead Letter Queue.',
  ],
  [
    'a destination that does not exist',
    { SourceArn: arnOf('dead'), DestinationArn: arnOf('nowhere') },
    404,
    'ResourceNotFoundException',
    "The resource that you specified for the DestinationArn parameter doesn't exist.",
  ],
])('%s is refused in the words of AWS', async (_, input, status, name, message) => {
  const { admin } = await startWithDeadLetters()
  await expect(admin.sqs.send(new StartMessageMoveTaskCommand(input))).rejects.toMatchObject({
    name,
    message,
    $metadata: { httpStatusCode: status },
  })
})

test('a second task on the same queue is refused until the first is over', async () => {
  const { admin, advance } = await startWithDeadLetters()
  const start = () => admin.sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') }))
  await start()
  await expect(start()).rejects.toMatchObject({
    name: 'InvalidParameterValue',
    message:
      'There is already a task running. Only one active task is allowed for a source queue arn at a given time.',
  })
  await advance(1000)
  await start()
})

test.each([
  ['foobared', 400, 'InvalidParameterValue', 'Value for parameter TaskHandle is invalid.'],
  [
    handle('10f57157-fc38-4da9-a113-4de7e12d05aa', 'dead'),
    404,
    'ResourceNotFoundException',
    'Task does not exist.',
  ],
  [
    handle('10f57157-fc38-4da9-a113-4de7e12d05aa', 'nowhere'),
    404,
    'ResourceNotFoundException',
    "The resource that you specified for the SourceArn parameter doesn't exist.",
  ],
])('a handle of nothing is refused: %s', async (TaskHandle, status, name, message) => {
  const { admin } = await startWithDeadLetters()
  await expect(admin.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toMatchObject({
    name,
    message,
    $metadata: { httpStatusCode: status },
  })
})

test.each([
  ['a destination of another type', { DestinationArn: arnOf('spare.fifo') }, 'InvalidParameterValue'],
  ['a rate of 0', { MaxNumberOfMessagesPerSecond: 0 }, 'InvalidParameterValue'],
  ['a rate above 500', { MaxNumberOfMessagesPerSecond: 501 }, 'InvalidParameterValue'],
  ['a source that does not exist', { SourceArn: arnOf('nowhere') }, 'ResourceNotFoundException'],
])('%s is refused', async (_, input, name) => {
  const { admin } = await startWithDeadLetters()
  const command = new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), ...input })
  await expect(admin.sqs.send(command)).rejects.toMatchObject({ name })
})

test('a start needs its own right, three on the queue that is emptied, and one where the messages go', async () => {
  const sandbox = await startWithDeadLetters()
  const grant = (Statement: readonly unknown[]) =>
    sandbox.seed([
      {
        service: 'iam',
        operation: 'PutUserPolicy',
        input: {
          UserName: 'nobody',
          PolicyName: 'inline',
          PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
        },
      },
    ])
  const { sqs } = sandbox.clientsFor({ accessKeyId: 'AKIASANDBOXNOBODY' })
  const onDead = ['StartMessageMoveTask', 'ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes']
  const missing: string[] = []
  for (let granted = 0; granted <= onDead.length; granted += 1) {
    const Action = onDead.slice(0, granted).map((action) => `sqs:${action}`)
    await grant([{ Effect: 'Allow', Action: ['sqs:ListQueues', ...Action], Resource: arnOf('dead') }])
    await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') })).catch((error: Error) => {
      missing.push(
        /perform: (\S+) on resource: \S+:(\S+)/.exec(error.message)?.slice(1).join(' ') ?? error.message,
      )
    })
  }
  expect(missing).toEqual([
    'sqs:startmessagemovetask dead',
    'sqs:receivemessage dead',
    'sqs:deletemessage dead',
    'sqs:getqueueattributes dead',
    'sqs:sendmessage orders',
  ])
  await grant([
    { Effect: 'Allow', Action: onDead.map((action) => `sqs:${action}`), Resource: arnOf('dead') },
    { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: arnOf('orders') },
  ])
  const { TaskHandle } = await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') }))
  await expect(sqs.send(new ListMessageMoveTasksCommand({ SourceArn: arnOf('dead') }))).rejects.toThrow(
    'sqs:listmessagemovetasks',
  )
  await expect(sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle }))).rejects.toThrow(
    'sqs:cancelmessagemovetask',
  )
})

test('the keys of both queues are needed', async () => {
  const sandbox = await startWithDeadLetters()
  const [key] = await sandbox.seed([{ service: 'kms', operation: 'CreateKey', input: {} }])
  expect(key).toMatchObject({ KeyMetadata: { KeyId: expect.any(String) } })
  const { KeyMetadata } = key as { KeyMetadata: { KeyId: string } } // what was just expected
  await sandbox.seed([
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: {
        QueueUrl: `${sandbox.endpoint}/${account}/orders`,
        Attributes: { KmsMasterKeyId: KeyMetadata.KeyId },
      },
    },
    { service: 'kms', operation: 'DisableKey', input: { KeyId: KeyMetadata.KeyId } },
  ])
  const { sqs } = sandbox.admin
  await expect(sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead') }))).rejects.toMatchObject(
    { name: 'KmsDisabled' },
  )
  await expect(
    sqs.send(new SendMessageCommand({ QueueUrl: `${sandbox.endpoint}/${account}/orders`, MessageBody: 'x' })),
  ).rejects.toMatchObject({ name: 'KmsDisabled' })
  await sqs.send(
    new StartMessageMoveTaskCommand({ SourceArn: arnOf('dead'), DestinationArn: arnOf('spare') }),
  )
})
