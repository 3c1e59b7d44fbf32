import { CreateEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { SendMessageBatchCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { type Scene, setScene } from './event-source-fixture.js'

const hang = 'await new Promise(() => setInterval(() => {}, 1000))'
const numbers = (count: number) => Array.from({ length: count }, (_, index) => String(index))
const lambdaStep = (operation: string, input: object) =>
  ({ service: 'lambda', operation, input: { FunctionName: 'worker', ...input } }) as const

/** Resolves when so many invocations are under way; the clock stands still, so that none of them ends. */
async function underWay({ sandbox }: Scene, count: number): Promise<void> {
  while (sandbox.world.lambda.running.size < count) await new Promise((resolve) => setImmediate(resolve))
}

describe('invocations at the same time', () => {
  test.each([
    ['five at first', {}, undefined, 5, 5],
    ['MaximumConcurrency', { ScalingConfig: { MaximumConcurrency: 2 } }, undefined, 2, 2],
    // What is received beyond the reserved concurrency is throttled, and held.
    ['reserved concurrency', {}, 3, 3, 5],
    ['the lower of both', { ScalingConfig: { MaximumConcurrency: 4 } }, 3, 3, 4],
  ])('%s', async (_, settings, reserved, expected, received) => {
    const scene = await setScene({ handler: hang })
    if (reserved !== undefined) {
      await scene.sandbox.seed([
        lambdaStep('PutFunctionConcurrency', { ReservedConcurrentExecutions: reserved }),
      ])
    }
    await scene.wire({ BatchSize: 1, ...settings })
    const sent = scene.send(numbers(8))
    await underWay(scene, expected)
    expect(await scene.counts()).toEqual({ visible: 8 - received, inFlight: received })
    expect(scene.sandbox.world.lambda.running.size).toBe(expected)
    await scene.sandbox.stop()
    await sent
  })

  test('two mappings on one queue compete: each message goes to one of them', async () => {
    const scene = await setScene()
    await scene.wire({ BatchSize: 1 })
    await scene.wire({ BatchSize: 1, FunctionName: 'worker:$LATEST' })
    await scene.send(numbers(30))
    expect(scene.bodies().flat().toSorted()).toEqual(numbers(30).toSorted())
  })

  test('several FIFO groups may share a batch, each in its order', async () => {
    const scene = await setScene({ queue: 'orders.fifo' })
    await scene.wire()
    const Entries = ['a1', 'b1', 'a2', 'b2'].map((body) => ({
      Id: body,
      MessageBody: body,
      MessageGroupId: body.slice(0, 1),
    }))
    await scene.sandbox.admin.sqs.send(new SendMessageBatchCommand({ QueueUrl: scene.queueUrl, Entries }))
    await scene.sandbox.settled()
    const got = scene.bodies().flat()
    expect(got.filter((body) => body.startsWith('a'))).toEqual(['a1', 'a2'])
    expect(got.filter((body) => body.startsWith('b'))).toEqual(['b1', 'b2'])
    expect(scene.bodies()).toHaveLength(1)
  })
})

describe('aliases', () => {
  test('the alias is invoked; once it is gone, messages are received in vain', async () => {
    const scene = await setScene()
    await scene.sandbox.seed([
      lambdaStep('PublishVersion', {}),
      lambdaStep('CreateAlias', { Name: 'live', FunctionVersion: '1' }),
    ])
    await scene.wire({ FunctionName: 'worker:live' })
    await scene.send(['a'])
    expect(scene.bodies()).toEqual([['a']])
    await scene.sandbox.seed([lambdaStep('DeleteAlias', { Name: 'live' })])
    await scene.send(['b'])
    expect(scene.bodies()).toEqual([['a']])
    expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
  })
})

test('stopping ends with messages held for a window still in the queue', async () => {
  const scene = await setScene()
  await scene.wire({ MaximumBatchingWindowInSeconds: 300 })
  await scene.send(['a'])
  expect(await scene.counts()).toEqual({ visible: 0, inFlight: 1 })
  const { world } = scene.sandbox
  await scene.sandbox.stop()
  await world.clock.advance(300_000)
  expect(scene.bodies()).toEqual([])
})

test('a transition under way ends with the sandbox: nothing begins to poll', async () => {
  const { sandbox, queueArn } = await setScene()
  const create = { EventSourceArn: queueArn, FunctionName: 'worker' }
  await sandbox.caller.lambda.send(new CreateEventSourceMappingCommand(create))
  await sandbox.stop()
  await sandbox.world.clock.advance(1000)
  expect(sandbox.world.eventSources.pollers.size).toBe(0)
})
