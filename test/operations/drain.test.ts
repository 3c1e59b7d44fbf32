import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { Mapping } from '../../src/mapping.js'
import { waitUntilDrained } from '../../src/operations/drain.js'
import { collect, collectFailure } from '../support/collect.js'
import { begin } from './demo-scene.js'

const url = (endpoint: string, account: string) => `${endpoint}/${account}/orders`

async function scene(state: string, messages: number) {
  const { sandbox, session } = await begin()
  const { account } = sandbox.world
  for (let n = 0; n < messages; n += 1) {
    const command = { QueueUrl: url(sandbox.endpoint, account), MessageBody: String(n) }
    await session.clients.sqs.send(new SendMessageCommand(command))
  }
  const mapping: Mapping = {
    uuid: '14e0db71-5d35-4eb5-b481-8945cf9d10c2',
    queueArn: `arn:aws:sqs:${sandbox.region}:${account}:orders`,
    functionArn: `arn:aws:lambda:${sandbox.region}:${account}:function:order-worker`,
    state,
    batchSize: 10,
    batchWindowSeconds: 0,
    reportBatchItemFailures: false,
    eventCountMetrics: false,
  }
  return { sandbox, session, mapping }
}

test('a queue that stays empty for a minute is drained', async () => {
  const { session, mapping } = await scene('Enabled', 0)
  const { result, events } = await collect(waitUntilDrained({ mapping, timeoutMs: 120_000 }, session))
  expect(result).toMatchObject({ counters: { visible: 0, inFlight: 0, delayed: 0 } })
  expect(result.waitedMs).toBeGreaterThanOrEqual(60_000)
  // Asked at most twice a second, and less often later.
  expect(events.length).toBeLessThan(30)
})

test('an empty queue has to be empty for the whole minute', async () => {
  const { session, mapping } = await scene('Enabled', 0)
  const { error } = await collectFailure(waitUntilDrained({ mapping, timeoutMs: 30_000 }, session))
  expect(error).toMatchObject({
    code: 'NOT_FINISHED',
    message: 'Queue orders is empty now, but not for a minute yet. Waited 30 s.',
  })
})

test('what is left is told when the time is over', async () => {
  const { session, mapping } = await scene('Enabled', 3)
  const { error } = await collectFailure(waitUntilDrained({ mapping, timeoutMs: 5_000 }, session))
  expect(error).toMatchObject({
    code: 'NOT_FINISHED',
    message: 'Queue orders still holds about 3 waiting, 0 in flight and 0 delayed. Waited 5 s.',
    hint: expect.stringMatching(/^sqs-trigger wait 14e0db71-\S+ --for drained /),
  })
})

test('where nothing takes the messages, nobody waits', async () => {
  const { session, mapping } = await scene('Disabled', 1)
  const { error, types } = await collectFailure(waitUntilDrained({ mapping, timeoutMs: 60_000 }, session))
  expect(types).toEqual(['queue-counters'])
  expect(error).toMatchObject({
    code: 'MAPPING_STATE',
    hint: expect.stringMatching(/^sqs-trigger enable 14e0db71-/),
  })
})
