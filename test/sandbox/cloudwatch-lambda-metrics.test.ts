import {
  CreateAliasCommand,
  InvokeCommand,
  PublishVersionCommand,
  PutFunctionConcurrencyCommand,
} from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { cloudWatchOf, readMetrics } from '../support/cloudwatch.js'
import { startOfTime } from '../support/sandbox.js'
import { type Scene, setScene } from './event-source-fixture.js'

const names = ['Invocations', 'Errors', 'Throttles', 'ConcurrentExecutions'] as const

/** Sums of the hour by name; undefined: no point at all. */
async function totals(
  { sandbox }: Scene,
  wanted: readonly string[],
  dimensions: Readonly<Record<string, string>>,
  stat = 'Sum',
) {
  const metrics = wanted.map((name) => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions,
    period: 3600,
    stat,
  }))
  const points = await readMetrics(cloudWatchOf(sandbox), metrics, { start: startOfTime })
  return Object.fromEntries(wanted.map((name, index) => [name, points[index]?.[0]?.[1]]))
}

const failOn = (text: string) => `if (event.Records[0].body === '${text}') throw new Error('no')`

test('invocations, errors and durations are counted at the start of each invocation', async () => {
  const scene = await setScene({ handler: failOn('bad') })
  await scene.wire({ BatchSize: 1 })
  await scene.send(['good', 'bad'])
  await scene.after(31)
  await scene.after(29)
  expect(await totals(scene, names, { FunctionName: 'worker' })).toMatchObject({
    // The second message came back once within the minute.
    Invocations: 3,
    Errors: 2,
    Throttles: 0,
  })
  expect(await totals(scene, names, {})).toMatchObject({ Invocations: 3 })
  const maximum = await totals(
    scene,
    ['Duration', 'ConcurrentExecutions'],
    { FunctionName: 'worker' },
    'Maximum',
  )
  expect(maximum.Duration).toBeGreaterThan(0)
  expect(maximum.ConcurrentExecutions).toBeGreaterThanOrEqual(1)
})

test('an invocation without a place to run is a throttle and no invocation', async () => {
  const scene = await setScene()
  const { lambda } = scene.sandbox.admin
  await lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 0 }),
  )
  await expect(lambda.send(new InvokeCommand({ FunctionName: 'worker' }))).rejects.toMatchObject({
    name: 'TooManyRequestsException',
  })
  await scene.after(60)
  expect(await totals(scene, names, { FunctionName: 'worker' })).toEqual({
    Invocations: undefined,
    Errors: undefined,
    Throttles: 1,
    ConcurrentExecutions: undefined,
  })
})

test('a mapping with less reserved concurrency than it polls for is throttled, and delivers all the same', async () => {
  const scene = await setScene()
  await scene.sandbox.admin.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName: 'worker', ReservedConcurrentExecutions: 1 }),
  )
  await scene.wire({ BatchSize: 1 })
  await scene.send(['a', 'b', 'c'])
  await scene.after(20)
  await scene.after(40)
  expect(scene.bodies().flat().toSorted()).toEqual(['a', 'b', 'c'])
  const { Invocations, Throttles } = await totals(scene, names, { FunctionName: 'worker' })
  expect(Invocations).toBe(3)
  expect(Throttles).toBeGreaterThan(0)
})

test('an alias counts for itself, for its version and for the function', async () => {
  const scene = await setScene()
  const { lambda } = scene.sandbox.admin
  await lambda.send(new PublishVersionCommand({ FunctionName: 'worker' }))
  await lambda.send(new CreateAliasCommand({ FunctionName: 'worker', Name: 'live', FunctionVersion: '1' }))
  await lambda.send(new InvokeCommand({ FunctionName: 'worker', Payload: '{"Records":[]}' }))
  await lambda.send(
    new InvokeCommand({ FunctionName: 'worker', Qualifier: 'live', Payload: '{"Records":[]}' }),
  )
  await scene.after(60)
  const byAlias = { FunctionName: 'worker', Resource: 'worker:live' }
  for (const [dimensions, Invocations] of [
    [{ FunctionName: 'worker' }, 2],
    [byAlias, 1],
    [{ ...byAlias, ExecutedVersion: '1' }, 1],
  ] as const) {
    expect(await totals(scene, ['Invocations'], dimensions)).toEqual({ Invocations })
  }
})

const eventCounts = [
  'PolledEventCount',
  'FilteredOutEventCount',
  'InvokedEventCount',
  'FailedInvokeEventCount',
  'DeletedEventCount',
] as const

test('a mapping with EventCount metrics tells what became of its events', async () => {
  const scene = await setScene({ handler: failOn('{"keep":"bad"}') })
  const uuid = await scene.wire({
    BatchSize: 1,
    MetricsConfig: { Metrics: ['EventCount'] },
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"keep":["good","bad"]}}' }] },
  })
  await scene.send(['{"keep":"good"}', '{"keep":"bad"}', '{"drop":1}'])
  await scene.after(31)
  await scene.after(29)
  expect(await totals(scene, eventCounts, { EventSourceMappingUUID: uuid })).toEqual({
    // The failing message came twice.
    PolledEventCount: 4,
    FilteredOutEventCount: 1,
    InvokedEventCount: 3,
    FailedInvokeEventCount: 2,
    DeletedEventCount: 1,
  })
})

test('an idle mapping polls nothing, and says so', async () => {
  const scene = await setScene()
  const uuid = await scene.wire({ MetricsConfig: { Metrics: ['EventCount'] } })
  await scene.after(60)
  expect(await totals(scene, eventCounts, { EventSourceMappingUUID: uuid })).toMatchObject({
    PolledEventCount: 0,
    InvokedEventCount: undefined,
  })
})

test('a mapping without EventCount metrics has none', async () => {
  const scene = await setScene()
  const uuid = await scene.wire()
  await scene.send(['x'])
  await scene.after(60)
  expect(scene.bodies()).toEqual([['x']])
  expect(await totals(scene, ['PolledEventCount'], { EventSourceMappingUUID: uuid })).toEqual({
    PolledEventCount: undefined,
  })
})
