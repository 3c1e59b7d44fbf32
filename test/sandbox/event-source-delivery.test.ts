import { UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { CreateQueueCommand, DeleteQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { putPolicy, setScene, trustOnly } from './event-source-fixture.js'

const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const filter = (pattern: unknown) => ({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } })

describe('batches', () => {
  test('no more than the batch size at once', async () => {
    const scene = await setScene()
    await scene.wire({ BatchSize: 2 })
    await scene.send(['a', 'b', 'c'])
    expect(scene.bodies().flat().toSorted()).toEqual(['a', 'b', 'c'])
    expect(Math.max(...scene.bodies().map(({ length }) => length))).toBe(2)
  })

  test('what lay in the queue before the mapping is delivered too', async () => {
    const scene = await setScene()
    await scene.send(['early'])
    await scene.wire()
    expect(scene.bodies()).toEqual([['early']])
  })

  test('30 messages, batch size 20, window 1 s: two invocations', async () => {
    const scene = await setScene()
    await scene.send(numbers(30))
    await scene.wire({
      BatchSize: 20,
      MaximumBatchingWindowInSeconds: 1,
      ScalingConfig: { MaximumConcurrency: 2 },
    })
    expect(scene.bodies().map(({ length }) => length)).toEqual([20])
    await scene.after(1)
    expect(scene.bodies().map(({ length }) => length)).toEqual([20, 10])
    expect(scene.bodies().flat().toSorted()).toEqual(numbers(30).toSorted())
  })

  test('the window opens with the first message and gathers what comes until it is over', async () => {
    const scene = await setScene()
    await scene.wire({ BatchSize: 100, MaximumBatchingWindowInSeconds: 10 })
    await scene.send(['a'])
    await scene.after(5)
    await scene.send(['b'])
    await scene.after(4)
    expect(scene.bodies()).toEqual([])
    await scene.after(1)
    expect(scene.bodies()).toEqual([['a', 'b']])
    await scene.send(['c'])
    await scene.after(9)
    expect(scene.bodies()).toEqual([['a', 'b']])
    await scene.after(1)
    expect(scene.bodies()).toEqual([['a', 'b'], ['c']])
  })

  test('a batch above 6 MB is split', async () => {
    const scene = await setScene({ timeoutSeconds: 30 })
    await scene.wire({ BatchSize: 10, MaximumBatchingWindowInSeconds: 1 })
    for (const letter of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) {
      const MessageBody = letter.repeat(1_000_000)
      await scene.sandbox.admin.sqs.send(new SendMessageCommand({ QueueUrl: scene.queueUrl, MessageBody }))
    }
    await scene.after(1)
    // Both run at the same time: the smaller may be first.
    expect(
      scene
        .bodies()
        .map(({ length }) => length)
        .toSorted(),
    ).toEqual([1, 6])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  test('records carry what was sent', async () => {
    const scene = await setScene()
    await scene.wire()
    await scene.sandbox.admin.sqs.send(
      new SendMessageCommand({
        QueueUrl: scene.queueUrl,
        MessageBody: '{"order":1}',
        MessageAttributes: { Title: { DataType: 'String', StringValue: 'The Whistler' } },
      }),
    )
    await scene.sandbox.settled()
    expect(scene.batches()).toEqual([
      [
        {
          messageId: expect.any(String),
          receiptHandle: expect.any(String),
          body: '{"order":1}',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: String(scene.sandbox.world.clock.now()),
            SenderId: expect.any(String),
            ApproximateFirstReceiveTimestamp: String(scene.sandbox.world.clock.now()),
          },
          messageAttributes: {
            Title: {
              stringValue: 'The Whistler',
              stringListValues: [],
              binaryListValues: [],
              dataType: 'String',
            },
          },
          md5OfMessageAttributes: expect.stringMatching(/^[0-9a-f]{32}$/),
          md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
          eventSource: 'aws:sqs',
          eventSourceARN: scene.queueArn,
          awsRegion: 'us-east-1',
        },
      ],
    ])
  })
})

describe('filters', () => {
  test('what no filter keeps is deleted, and the function never sees it', async () => {
    const scene = await setScene()
    await scene.wire(filter({ body: { kind: ['order'] } }))
    await scene.send(['{"kind":"order"}', '{"kind":"refund"}', 'no JSON at all'])
    expect(scene.bodies()).toEqual([['{"kind":"order"}']])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })

  test('without the right to delete, what no filter keeps comes back for ever', async () => {
    const scene = await setScene({ managedPolicy: null })
    const all = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
    await scene.sandbox.seed([putPolicy([all])])
    await scene.wire(filter({ body: { kind: ['order'] } }))
    await scene.sandbox.seed([putPolicy([all, { ...all, Effect: 'Deny', Action: 'sqs:DeleteMessage' }])])
    const Attributes = { VisibilityTimeout: '0' }
    const input = { QueueUrl: scene.queueUrl, Attributes }
    await scene.sandbox.seed([{ service: 'sqs', operation: 'SetQueueAttributes', input }])
    await scene.send(['{"kind":"refund"}'])
    expect(scene.bodies()).toEqual([])
    expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
  })

  test('an update changes the filter when its transition is over', async () => {
    const scene = await setScene()
    const UUID = await scene.wire(filter({ body: { kind: ['order'] } }))
    await scene.sandbox.caller.lambda.send(new UpdateEventSourceMappingCommand({ UUID, FilterCriteria: {} }))
    await scene.after(0.2)
    await scene.send(['{"kind":"refund"}'])
    expect(scene.bodies()).toEqual([['{"kind":"refund"}']])
  })
})

describe('when nothing is received', () => {
  test('Disabled: messages stay in the queue; enabling delivers them', async () => {
    const scene = await setScene()
    const UUID = await scene.wire()
    await scene.sandbox.caller.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }))
    await scene.after(0.2)
    await scene.send(['a'])
    await scene.after(60)
    expect(scene.bodies()).toEqual([])
    expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
    await scene.sandbox.caller.lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
    await scene.after(0.2)
    expect(scene.bodies()).toEqual([['a']])
  })

  test('a role that lost its permission receives nothing, and goes on once it has it again', async () => {
    const scene = await setScene({ managedPolicy: null })
    const all = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
    await scene.sandbox.seed([putPolicy([all])])
    await scene.wire()
    await scene.sandbox.seed([
      putPolicy([all, { Effect: 'Deny', Action: 'sqs:ReceiveMessage', Resource: '*' }]),
    ])
    await scene.send(['a'])
    expect(scene.bodies()).toEqual([])
    expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
    await scene.sandbox.seed([putPolicy([all])])
    await scene.after(20)
    expect(scene.bodies()).toEqual([['a']])
  })

  test('a role that may not delete gets the same message again', async () => {
    const scene = await setScene({ managedPolicy: null })
    const all = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
    await scene.sandbox.seed([putPolicy([all])])
    await scene.wire()
    await scene.sandbox.seed([
      putPolicy([all, { Effect: 'Deny', Action: 'sqs:DeleteMessage', Resource: '*' }]),
    ])
    await scene.send(['a'])
    await scene.after(30)
    expect(scene.bodies()).toEqual([['a'], ['a']])
  })

  test('a throttled batch is tried again later, and comes back when its visibility timeout is over', async () => {
    const scene = await setScene()
    await scene.wire()
    const reserve = (ReservedConcurrentExecutions: number) => ({
      service: 'lambda' as const,
      operation: 'PutFunctionConcurrency',
      input: { FunctionName: 'worker', ReservedConcurrentExecutions },
    })
    await scene.sandbox.seed([reserve(0)])
    await scene.send(['a'])
    expect(scene.bodies()).toEqual([])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
    const receives = () =>
      scene.batches().map(([record]) => [record?.body, record?.attributes.ApproximateReceiveCount])
    await scene.after(10)
    await scene.sandbox.seed([reserve(5)])
    await scene.after(10)
    expect(receives()).toEqual([['a', '1']])
    await scene.sandbox.seed([reserve(0)])
    await scene.send(['b'])
    await scene.after(30)
    await scene.sandbox.seed([reserve(5)])
    await scene.after(10)
    expect(receives()).toEqual([
      ['a', '1'],
      ['b', '2'],
    ])
  })

  test('a queue that is deleted and made again is found again', async () => {
    const scene = await setScene()
    await scene.wire()
    const { sqs } = scene.sandbox.admin
    await sqs.send(new DeleteQueueCommand({ QueueUrl: scene.queueUrl }))
    await scene.after(90)
    await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }))
    await scene.send(['a'])
    await scene.after(20)
    expect(scene.bodies()).toEqual([['a']])
    await scene.send(['b'])
    expect(scene.bodies()).toEqual([['a'], ['b']])
  })

  test('a role that Lambda may no longer assume receives nothing', async () => {
    const scene = await setScene()
    await scene.wire()
    await scene.sandbox.seed([trustOnly('ec2.amazonaws.com')])
    await scene.send(['a'])
    expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
    await scene.sandbox.seed([trustOnly('lambda.amazonaws.com')])
    await scene.after(20)
    expect(scene.bodies()).toEqual([['a']])
  })
})

describe('encrypted queues', () => {
  test('without kms:Decrypt the mapping is Enabled and nothing arrives', async () => {
    const scene = await setScene()
    const [key] = await scene.sandbox.seed([{ service: 'kms', operation: 'CreateKey', input: {} }])
    const { KeyMetadata } = key as { KeyMetadata: { Arn: string } } // what CreateKey answers
    await scene.sandbox.seed([
      {
        service: 'sqs',
        operation: 'SetQueueAttributes',
        input: { QueueUrl: scene.queueUrl, Attributes: { KmsMasterKeyId: KeyMetadata.Arn } },
      },
    ])
    await scene.wire()
    await scene.send(['a'])
    expect(scene.bodies()).toEqual([])
    await scene.sandbox.seed([
      putPolicy([{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: KeyMetadata.Arn }]),
    ])
    await scene.after(20)
    expect(scene.bodies()).toEqual([['a']])
  })
})
