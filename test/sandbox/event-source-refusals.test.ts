import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  type LambdaClient,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { account, functionArn, putPolicy, queueArnOf, setScene, trustOnly } from './event-source-fixture.js'

const order = { EventSourceArn: queueArnOf('orders'), FunctionName: 'worker' }
const create = (lambda: LambdaClient, change: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  lambda.send(new CreateEventSourceMappingCommand({ ...order, ...change }))

/** 400 InvalidParameterValueException; no text where none is recorded. */
const invalid = (message?: string) => ({
  name: 'InvalidParameterValueException',
  $metadata: { httpStatusCode: 400 },
  ...(message === undefined ? {} : { message }),
})

const unknownFunction = 'Function does not exist'
const unknownQueue =
  'Error occurred while ReceiveMessage. SQS Error Code: AWS.SimpleQueueService.NonExistentQueue. SQS Error Message: The specified queue does not exist.'
const denied = (action: string) =>
  `The function execution role does not have permissions to call ${action} on SQS`
const tooShort = 'Queue visibility timeout: 30 seconds is less than Function timeout: 31 seconds'
const needsWindow =
  'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10'
const badFilter = 'Invalid filter pattern definition.'
const onSuccess = {
  DestinationConfig: { OnSuccess: { Destination: 'arn:aws:sqs:us-east-1:111122223333:x' } },
}
const filter = (Pattern: string) => ({ FilterCriteria: { Filters: [{ Pattern }] } })

describe('create is refused with the recorded texts', () => {
  test.each<[string, Partial<CreateEventSourceMappingCommandInput>, string | undefined]>([
    ['unknown function', { FunctionName: 'nobody' }, unknownFunction],
    ['unknown alias', { FunctionName: 'worker:nobody' }, unknownFunction],
    ['unknown version', { FunctionName: 'worker:7' }, undefined],
    [
      'function of another account',
      { FunctionName: functionArn.replace(account, '444455556666') },
      undefined,
    ],
    ['no source', { EventSourceArn: undefined }, 'Unrecognized event source.'],
    ['another service', { EventSourceArn: 'arn:aws:s3:::bucket' }, undefined],
    ['missing queue', { EventSourceArn: queueArnOf('nowhere') }, unknownQueue],
    ['queue of another Region', { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:orders' }, undefined],
    ['large batch without a window', { BatchSize: 11 }, needsWindow],
    ['OnSuccess', onSuccess, 'Unsupported DestinationConfig parameter for given event source mapping type.'],
    ['StartingPosition', { StartingPosition: 'LATEST' }, undefined],
    ['filter that is no JSON', filter('simple string'), badFilter],
    ['filter with a plain value', filter('{"eventSource":"aws:sqs"}'), badFilter],
    ['filter with an empty list', filter('{"eventSource":[]}'), badFilter],
    ['filter without a pattern', { FilterCriteria: { Filters: [{}] } }, badFilter],
    [
      'two ways of scaling',
      { ScalingConfig: { MaximumConcurrency: 2 }, ProvisionedPollerConfig: { MinimumPollers: 2 } },
      undefined,
    ],
  ])('%s', async (_, change, message) => {
    const { lambda } = (await setScene()).sandbox.caller
    await expect(create(lambda, change)).rejects.toMatchObject(invalid(message))
  })

  test.each<[string, Partial<CreateEventSourceMappingCommandInput>, string]>([
    [
      'source before function',
      { FunctionName: 'nobody', EventSourceArn: undefined },
      'Unrecognized event source.',
    ],
    [
      'destination before function',
      { FunctionName: 'nobody', ...onSuccess },
      'Unsupported DestinationConfig parameter for given event source mapping type.',
    ],
    [
      'function before queue',
      { FunctionName: 'nobody', EventSourceArn: queueArnOf('nowhere') },
      unknownFunction,
    ],
  ])('order: %s', async (_, change, message) => {
    const { lambda } = (await setScene()).sandbox.caller
    await expect(create(lambda, change)).rejects.toMatchObject(invalid(message))
  })

  test('a function of another account, though it is there', async () => {
    const { sandbox } = await setScene()
    const other = sandbox.clientsFor({ accessKeyId: '444455556666' })
    const foreign = functionArn.replace(account, '444455556666')
    await expect(create(other.lambda, { FunctionName: functionArn })).rejects.toMatchObject(invalid())
    await expect(create(sandbox.caller.lambda, { FunctionName: foreign })).rejects.toMatchObject(invalid())
  })

  test('visibility timeout below the function timeout', async () => {
    const { lambda } = (await setScene({ timeoutSeconds: 31 })).sandbox.caller
    await expect(create(lambda)).rejects.toMatchObject(invalid(tooShort))
  })

  test.each([
    [
      { BatchSize: 100, MaximumBatchingWindowInSeconds: 1 },
      'Batching window is not supported for FIFO queues',
    ],
    [{ BatchSize: 11 }, undefined],
  ])('FIFO with %o', async (change, message) => {
    const { lambda } = (await setScene({ queue: 'orders.fifo' })).sandbox.caller
    const source = { EventSourceArn: queueArnOf('orders.fifo') }
    await expect(create(lambda, { ...source, ...change })).rejects.toMatchObject(invalid(message))
  })

  test('a batch size that the constraint layer refuses', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    await expect(create(lambda, { BatchSize: 10001 })).rejects.toMatchObject({
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('the execution role', () => {
  const allow = (...actions: readonly string[]) => ({
    Effect: 'Allow',
    Action: actions.map((action) => `sqs:${action}`),
    Resource: queueArnOf('orders'),
  })

  test.each([
    ['nothing', [], 'ReceiveMessage'],
    ['receive alone', ['ReceiveMessage'], 'DeleteMessage'],
    ['delete alone', ['DeleteMessage', 'GetQueueAttributes'], 'ReceiveMessage'],
  ])('that may %s', async (_, actions, missing) => {
    const { sandbox } = await setScene({ managedPolicy: null })
    if (actions.length > 0) await sandbox.seed([putPolicy([allow(...actions)])])
    await expect(create(sandbox.caller.lambda)).rejects.toMatchObject(invalid(denied(missing)))
  })

  test('that may not read the attributes', async () => {
    const { sandbox } = await setScene({ managedPolicy: null })
    await sandbox.seed([putPolicy([allow('ReceiveMessage', 'DeleteMessage')])])
    await expect(create(sandbox.caller.lambda)).rejects.toMatchObject(invalid())
  })

  test('is asked for its rights before the queue is looked for', async () => {
    const { sandbox } = await setScene({ managedPolicy: null })
    const missing = { EventSourceArn: queueArnOf('nowhere') }
    await expect(create(sandbox.caller.lambda, missing)).rejects.toMatchObject(
      invalid(denied('ReceiveMessage')),
    )
  })

  test('that Lambda may not assume', async () => {
    const { sandbox } = await setScene()
    await sandbox.seed([trustOnly('ec2.amazonaws.com')])
    await expect(create(sandbox.caller.lambda)).rejects.toMatchObject(invalid())
  })

  test('with exactly the three rights is enough', async () => {
    const { sandbox } = await setScene({ managedPolicy: null })
    await sandbox.seed([putPolicy([allow('ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes')])])
    expect((await create(sandbox.caller.lambda)).State).toBe('Creating')
  })

  test('is judged with the queue policy of a queue in another account', async () => {
    const { sandbox } = await setScene()
    const foreign = queueArnOf('orders').replace(account, '444455556666')
    const queue = (Policy: unknown) => ({
      service: 'sqs' as const,
      operation: 'CreateQueue',
      account: '444455556666',
      input: { QueueName: 'orders', Attributes: { Policy: JSON.stringify(Policy) } },
    })
    await expect(create(sandbox.caller.lambda, { EventSourceArn: foreign })).rejects.toMatchObject(
      invalid(denied('ReceiveMessage')),
    )
    const Principal = { AWS: `arn:aws:iam::${account}:role/worker-role` }
    const statement = { Effect: 'Allow', Principal, Action: 'sqs:*', Resource: foreign }
    await sandbox.seed([queue({ Version: '2012-10-17', Statement: [statement] })])
    expect((await create(sandbox.caller.lambda, { EventSourceArn: foreign })).State).toBe('Creating')
  })
})

describe('update is refused', () => {
  test.each<[string, object, string]>([
    ['large batch without a window', { BatchSize: 11 }, needsWindow],
    ['bad filter', filter('nope'), badFilter],
    ['unknown function', { FunctionName: 'nobody' }, unknownFunction],
  ])('%s', async (_, change, message) => {
    const scene = await setScene()
    const UUID = await scene.wire()
    const update = scene.sandbox.caller.lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...change }))
    await expect(update).rejects.toMatchObject(invalid(message))
  })

  test('enabling looks at the role again', async () => {
    const scene = await setScene({ managedPolicy: null })
    const all = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
    await scene.sandbox.seed([putPolicy([all])])
    const UUID = await scene.wire({ Enabled: false })
    await scene.sandbox.seed([putPolicy([{ ...all, Effect: 'Deny' }])])
    const { lambda } = scene.sandbox.caller
    await expect(
      lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true })),
    ).rejects.toMatchObject(invalid(denied('ReceiveMessage')))
    expect((await lambda.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5 }))).State).toBe(
      'Updating',
    )
  })
})
