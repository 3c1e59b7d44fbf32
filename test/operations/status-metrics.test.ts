import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { readStatus } from '../../src/operations/status.js'
import { collect } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

test('what CloudWatch counted of queue and function', async () => {
  const { sandbox, session } = await wiredDemo()
  const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/orders`
  for (const n of [1, 2, 3]) {
    await session.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: `{"n":${n}}` }))
  }
  await sandbox.advance(5_000)
  await sandbox.settled()
  await sandbox.advance(300_000)
  const { result } = await collect(readStatus('orders', undefined, session, { metrics: true }))
  expect(result.metrics).toMatchObject({ minutes: 15, sent: 3, deleted: 3, errors: 0, unreadable: null })
  expect(result.metrics?.runs).toBeGreaterThan(0)
  expect((await collect(readStatus('orders', undefined, session))).result.metrics).toBeNull()
})
