import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  DeleteFunctionCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { startOfTime } from '../support/sandbox.js'
import { account, functionArn, queueArnOf, setScene } from './event-source-fixture.js'

const UUID = '11111111-2222-3333-4444-555555555555'
const order = { EventSourceArn: queueArnOf('orders'), FunctionName: 'worker' }
const withoutMetadata = ({ $metadata: _, ...members }: object & { $metadata: unknown }) => members

describe('create and read', () => {
  test('the answer has exactly the recorded members', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const answer = await lambda.send(new CreateEventSourceMappingCommand(order))
    expect(answer.$metadata.httpStatusCode).toBe(202)
    expect(withoutMetadata(answer)).toEqual({
      UUID: expect.stringMatching(/^[0-9a-f-]{36}$/),
      EventSourceMappingArn: `arn:aws:lambda:us-east-1:${account}:event-source-mapping:${answer.UUID}`,
      EventSourceArn: order.EventSourceArn,
      FunctionArn: functionArn,
      BatchSize: 10,
      MaximumBatchingWindowInSeconds: 0,
      FunctionResponseTypes: [],
      State: 'Creating',
      StateTransitionReason: 'USER_INITIATED',
      LastModified: new Date(startOfTime),
    })
    const read = await lambda.send(new GetEventSourceMappingCommand({ UUID: answer.UUID }))
    expect(withoutMetadata(read)).toEqual(withoutMetadata(answer))
  })

  test('settings are echoed; an empty filter list is not', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const settings = {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 7 },
      FunctionResponseTypes: ['ReportBatchItemFailures' as const],
      FilterCriteria: { Filters: [{ Pattern: '{ "body": ["x"] }' }] },
      MetricsConfig: { Metrics: ['EventCount' as const] },
    }
    expect(await lambda.send(new CreateEventSourceMappingCommand({ ...order, ...settings }))).toMatchObject(
      settings,
    )
    const other = { ...order, FunctionName: 'worker:$LATEST', FilterCriteria: { Filters: [] } }
    const plain = await lambda.send(new CreateEventSourceMappingCommand(other))
    expect(plain.FilterCriteria).toBeUndefined()
    expect(plain.FunctionArn).toBe(`${functionArn}:$LATEST`)
  })

  test('states on the way', async () => {
    const { sandbox } = await setScene()
    const { lambda } = sandbox.caller
    const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(order))
    const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State
    expect(await state()).toBe('Creating')
    await sandbox.advance(199)
    expect(await state()).toBe('Creating')
    await sandbox.advance(1)
    expect(await state()).toBe('Enabled')
    const update = (change: object) => lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...change }))
    expect(await update({ BatchSize: 5 })).toMatchObject({ State: 'Updating', BatchSize: 5 })
    await sandbox.advance(200)
    expect(await state()).toBe('Enabled')
    expect(await update({ Enabled: false })).toMatchObject({ State: 'Disabling', BatchSize: 5 })
    await sandbox.advance(200)
    expect(await state()).toBe('Disabled')
    expect((await update({ Enabled: true })).State).toBe('Enabling')
    await sandbox.advance(200)
    const deleted = await lambda.send(new DeleteEventSourceMappingCommand({ UUID }))
    expect(deleted).toMatchObject({ State: 'Deleting', EventSourceArn: order.EventSourceArn })
    expect(deleted.$metadata.httpStatusCode).toBe(202)
    expect(await state()).toBe('Deleting')
    await sandbox.advance(200)
    await expect(state()).rejects.toMatchObject({ name: 'ResourceNotFoundException' })
  })

  test('created Disabled, it is Disabled at once and can be enabled straight away', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const { UUID, State } = await lambda.send(
      new CreateEventSourceMappingCommand({ ...order, Enabled: false }),
    )
    expect(State).toBe('Disabled')
    const enabled = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }))
    expect(enabled.State).toBe('Enabling')
  })

  test('a function that is deleted leaves its mapping behind, Enabled', async () => {
    const scene = await setScene()
    const UUID = await scene.wire()
    await scene.sandbox.admin.lambda.send(new DeleteFunctionCommand({ FunctionName: 'worker' }))
    await scene.send(['a'])
    await scene.after(60)
    const read = await scene.sandbox.caller.lambda.send(new GetEventSourceMappingCommand({ UUID }))
    expect(read.State).toBe('Enabled')
  })
})

test('after it was deleted nothing is received any more', async () => {
  const scene = await setScene()
  const UUID = await scene.wire()
  await scene.sandbox.caller.lambda.send(new DeleteEventSourceMappingCommand({ UUID }))
  await scene.after(0.2)
  await scene.send(['a'])
  expect(await scene.counts()).toEqual({ visible: 1, inFlight: 0 })
})

describe('refusals about the mapping itself', () => {
  const missing = {
    name: 'ResourceNotFoundException',
    message: 'The resource you requested does not exist.',
    $metadata: { httpStatusCode: 404 },
  }

  test.each([
    ['get', new GetEventSourceMappingCommand({ UUID })],
    ['update', new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5 })],
    ['delete', new DeleteEventSourceMappingCommand({ UUID })],
  ])('%s of an unknown UUID', async (_, command) => {
    const { lambda } = (await setScene()).sandbox.caller
    // The three commands have no common type that `send` takes.
    await expect(lambda.send(command as GetEventSourceMappingCommand)).rejects.toMatchObject(missing)
  })

  test('in use while it is in transition', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(order))
    await expect(lambda.send(new DeleteEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
      name: 'ResourceInUseException',
      message: 'Cannot delete the event source mapping because it is in use.',
      $metadata: { httpStatusCode: 400 },
    })
    const update = lambda.send(new UpdateEventSourceMappingCommand({ UUID, BatchSize: 5 }))
    await expect(update).rejects.toMatchObject({
      name: 'ResourceInUseException',
      $metadata: { httpStatusCode: 400 },
    })
  })

  test('the same queue and function twice', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const { UUID } = await lambda.send(new CreateEventSourceMappingCommand(order))
    await expect(lambda.send(new CreateEventSourceMappingCommand(order))).rejects.toMatchObject({
      name: 'ResourceConflictException',
      message: `An event source mapping with SQS arn (" ${order.EventSourceArn} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${UUID}`,
      $metadata: { httpStatusCode: 409 },
    })
  })
})

describe('lists and tags', () => {
  test('by queue, by function, page by page', async () => {
    const { sandbox } = await setScene()
    const { lambda } = sandbox.caller
    const names = Array.from({ length: 102 }, (_, index) => `queue-${index}`)
    await sandbox.seed(
      names.map((QueueName) => ({ service: 'sqs', operation: 'CreateQueue', input: { QueueName } })),
    )
    for (const name of names) {
      await lambda.send(new CreateEventSourceMappingCommand({ ...order, EventSourceArn: queueArnOf(name) }))
    }
    const list = async (input: object) => {
      const answer = await lambda.send(new ListEventSourceMappingsCommand(input))
      return {
        arns: (answer.EventSourceMappings ?? []).map((m) => m.EventSourceArn),
        next: answer.NextMarker,
      }
    }
    const first = await list({ MaxItems: 1000 })
    expect(first.arns).toHaveLength(100)
    const second = await list({ MaxItems: 1000, Marker: first.next })
    expect([...first.arns, ...second.arns]).toEqual(names.map(queueArnOf))
    expect(second.next).toBeUndefined()
    expect((await list({ MaxItems: 2 })).arns).toHaveLength(2)
    expect((await list({ EventSourceArn: queueArnOf('queue-7') })).arns).toEqual([queueArnOf('queue-7')])
    expect((await list({ FunctionName: 'worker' })).arns).toHaveLength(100)
    expect((await list({ FunctionName: 'nobody' })).arns).toEqual([])
    expect((await list({ EventSourceArn: queueArnOf('nowhere') })).arns).toEqual([])
  })

  test('filters that are encrypted with a key are read, but not listed', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const FilterCriteria = { Filters: [{ Pattern: '{"body":["x"]}' }] }
    const KMSKeyArn = `arn:aws:kms:us-east-1:${account}:key/11111111-2222-3333-4444-555555555555`
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({ ...order, FilterCriteria, KMSKeyArn }),
    )
    expect(created).toMatchObject({ FilterCriteria, KMSKeyArn })
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}))
    expect(EventSourceMappings[0]).toMatchObject({ UUID: created.UUID, KMSKeyArn })
    expect(EventSourceMappings[0]?.FilterCriteria).toBeUndefined()
  })

  test.each([
    ['account', { accessKeyId: '444455556666' }],
    ['Region', { accessKeyId: account, region: 'eu-west-1' }],
  ])('a mapping is not seen from another %s', async (_, identity) => {
    const scene = await setScene()
    const UUID = await scene.wire()
    const { lambda } = scene.sandbox.clientsFor(identity)
    await expect(lambda.send(new GetEventSourceMappingCommand({ UUID }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    })
    expect((await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings).toEqual([])
  })

  test('tags are given on create, listed, added and removed', async () => {
    const { sandbox } = await setScene()
    const { lambda } = sandbox.caller
    const created = await lambda.send(
      new CreateEventSourceMappingCommand({ ...order, Tags: { team: 'blue' } }),
    )
    const Resource = created.EventSourceMappingArn ?? ''
    const tags = async () => (await lambda.send(new ListTagsCommand({ Resource }))).Tags
    expect(await tags()).toEqual({ team: 'blue' })
    await lambda.send(new TagResourceCommand({ Resource, Tags: { stage: 'test' } }))
    await sandbox.advance(200)
    expect(await tags()).toEqual({ team: 'blue', stage: 'test' })
    await sandbox.admin.lambda.send(new UntagResourceCommand({ Resource, TagKeys: ['team'] }))
    expect(await tags()).toEqual({ stage: 'test' })
  })

  test('tags of a function are listed too', async () => {
    const { sandbox } = await setScene()
    const Resource = functionArn
    expect((await sandbox.admin.lambda.send(new ListTagsCommand({ Resource }))).Tags).toEqual({
      team: 'blue',
    })
  })

  test('tags of a mapping that does not exist', async () => {
    const { lambda } = (await setScene()).sandbox.caller
    const Resource = `arn:aws:lambda:us-east-1:${account}:event-source-mapping:${UUID}`
    await expect(lambda.send(new ListTagsCommand({ Resource }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `Event source mapping not found: ${Resource}`,
      $metadata: { httpStatusCode: 404 },
    })
  })
})
