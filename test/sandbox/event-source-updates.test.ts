import {
  type EventSourceMappingConfiguration,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
  type UpdateEventSourceMappingCommandInput,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { functionArn, type Scene, setScene } from './event-source-fixture.js'

type Change = Omit<UpdateEventSourceMappingCommandInput, 'UUID'>

/** Sends one change, lets its transition pass, and reads the mapping. */
async function change({ sandbox }: Scene, UUID: string, settings: Change) {
  const { lambda } = sandbox.admin
  const answer = await lambda.send(new UpdateEventSourceMappingCommand({ UUID, ...settings }))
  await sandbox.advance(200)
  await sandbox.settled()
  return { answer, after: await lambda.send(new GetEventSourceMappingCommand({ UUID })) }
}

const filter = { Filters: [{ Pattern: '{"body":{"keep":[true]}}' }] }
const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

const settings: readonly {
  readonly what: string
  readonly set: Change
  readonly shown: Partial<EventSourceMappingConfiguration>
  readonly clear: Change
  readonly cleared: Partial<EventSourceMappingConfiguration>
}[] = [
  {
    what: 'batch size',
    set: { BatchSize: 3 },
    shown: { BatchSize: 3 },
    clear: { BatchSize: 10 },
    cleared: { BatchSize: 10 },
  },
  {
    what: 'batching window, and a batch that needs it',
    set: { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 },
    shown: { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 },
    clear: { BatchSize: 10, MaximumBatchingWindowInSeconds: 0 },
    cleared: { BatchSize: 10, MaximumBatchingWindowInSeconds: 0 },
  },
  {
    what: 'partial batch responses',
    set: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    shown: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    clear: { FunctionResponseTypes: [] },
    cleared: { FunctionResponseTypes: [] },
  },
  {
    what: 'filters',
    set: { FilterCriteria: filter },
    shown: { FilterCriteria: filter },
    clear: { FilterCriteria: {} },
    cleared: { FilterCriteria: undefined },
  },
  {
    what: 'filters, by an empty list',
    set: { FilterCriteria: filter },
    shown: { FilterCriteria: filter },
    clear: { FilterCriteria: { Filters: [] } },
    cleared: { FilterCriteria: undefined },
  },
  {
    what: 'the key of the filters',
    set: { FilterCriteria: filter, KMSKeyArn: key },
    shown: { FilterCriteria: filter, KMSKeyArn: key },
    clear: { KMSKeyArn: '' },
    cleared: { FilterCriteria: filter, KMSKeyArn: undefined },
  },
  {
    what: 'maximum concurrency',
    set: { ScalingConfig: { MaximumConcurrency: 5 } },
    shown: { ScalingConfig: { MaximumConcurrency: 5 } },
    clear: { ScalingConfig: {} },
    cleared: { ScalingConfig: undefined },
  },
  {
    what: 'provisioned pollers',
    set: { ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 4 } },
    shown: { ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 4 } },
    clear: { ProvisionedPollerConfig: {} },
    cleared: { ProvisionedPollerConfig: undefined },
  },
  {
    what: 'event counts',
    set: { MetricsConfig: { Metrics: ['EventCount'] } },
    shown: { MetricsConfig: { Metrics: ['EventCount'] } },
    clear: { MetricsConfig: { Metrics: [] } },
    cleared: { MetricsConfig: undefined },
  },
  {
    what: 'the function',
    set: { FunctionName: 'worker:$LATEST' },
    shown: { FunctionArn: `${functionArn}:$LATEST` },
    clear: { FunctionName: 'worker' },
    cleared: { FunctionArn: functionArn },
  },
]

describe('update', () => {
  test.each(settings)('of $what, and back', async ({ set, shown, clear, cleared }) => {
    const scene = await setScene()
    const uuid = await scene.wire()
    const there = await change(scene, uuid, set)
    // The answer shows the new values already.
    expect(there.answer).toMatchObject({ ...shown, State: 'Updating' })
    expect(there.after).toMatchObject({ ...shown, State: 'Enabled' })
    const back = await change(scene, uuid, clear)
    for (const mapping of [back.answer, back.after]) {
      for (const [name, value] of Object.entries(cleared)) {
        expect(mapping[name as keyof typeof mapping]).toEqual(value) // a member of `cleared` is one of the mapping
      }
    }
    expect(back.after.State).toBe('Enabled')
  })

  test('what a change does not name is left as it was', async () => {
    const scene = await setScene()
    const all: Change = {
      BatchSize: 20,
      MaximumBatchingWindowInSeconds: 2,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: filter,
      ScalingConfig: { MaximumConcurrency: 3 },
      MetricsConfig: { Metrics: ['EventCount'] },
    }
    const uuid = await scene.wire(all)
    const { after } = await change(scene, uuid, { BatchSize: 30 })
    expect(after).toMatchObject({ ...all, BatchSize: 30 })
  })

  test('a Disabled mapping is changed and stays Disabled', async () => {
    const scene = await setScene()
    const uuid = await scene.wire({ Enabled: false })
    const { answer, after } = await change(scene, uuid, { BatchSize: 2 })
    expect([answer.State, after.State, after.BatchSize]).toEqual(['Updating', 'Disabled', 2])
  })

  test('enabled and disabled with other settings in one request', async () => {
    const scene = await setScene()
    const uuid = await scene.wire()
    const off = await change(scene, uuid, { Enabled: false, BatchSize: 4 })
    expect([off.answer.State, off.after.State, off.after.BatchSize]).toEqual(['Disabling', 'Disabled', 4])
    const on = await change(scene, uuid, { Enabled: true, BatchSize: 10 })
    expect([on.answer.State, on.after.State, on.after.BatchSize]).toEqual(['Enabling', 'Enabled', 10])
  })

  test('from one way of scaling to the other, the first is cleared in the same request', async () => {
    const scene = await setScene()
    const uuid = await scene.wire({ ScalingConfig: { MaximumConcurrency: 5 } })
    const ProvisionedPollerConfig = { MinimumPollers: 2, MaximumPollers: 3 }
    await expect(change(scene, uuid, { ProvisionedPollerConfig })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    })
    const { after } = await change(scene, uuid, { ProvisionedPollerConfig, ScalingConfig: {} })
    expect(after).toMatchObject({ ProvisionedPollerConfig })
    expect(after.ScalingConfig).toBeUndefined()
  })
})

describe('what an update does to messages', () => {
  test('a window ends early when the batch is full', async () => {
    const scene = await setScene({ attributes: { VisibilityTimeout: '120' } })
    await scene.wire({ BatchSize: 3, MaximumBatchingWindowInSeconds: 60 })
    await scene.send(['a', 'b'])
    expect(scene.bodies()).toEqual([])
    await scene.send(['c'])
    expect(scene.bodies()).toEqual([['a', 'b', 'c']])
    await scene.send(['d'])
    await scene.after(59)
    expect(scene.bodies()).toHaveLength(1)
    await scene.after(1)
    expect(scene.bodies()).toEqual([['a', 'b', 'c'], ['d']])
  })

  test('a filter that is cleared lets everything through again', async () => {
    const scene = await setScene()
    const uuid = await scene.wire({ FilterCriteria: filter })
    await scene.send(['{"keep":false}'])
    await change(scene, uuid, { FilterCriteria: {} })
    await scene.send(['{"keep":"now"}'])
    expect(scene.bodies()).toEqual([['{"keep":"now"}']])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 0 })
  })
})
