import { expect, test } from 'vitest'
import type { SendRequest } from '../../src/operations/requests.js'
import { wiredScene } from './delivery-scene.js'

/** Names each message in the log, and returns all of them as failed. */
const returning = `for (const { messageId } of Records) console.log('got ' + messageId)
return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }`

test('a message that SQS drops as a duplicate is not proven by the run of the first one', async () => {
  const { session, send } = await wiredScene({ queue: 'o.fifo', handler: returning })
  const message: Partial<SendRequest> = { groupId: 'a', deduplicationId: 'z', timeoutMs: 20_000 }
  const first = await send(message)
  expect(first.proof).toMatchObject({ level: 'strong', functionFailed: false })
  await session.clock.sleep(3_000, session.signal)
  const sentAt = session.clock.now()
  const second = await send(message)
  expect(second.messages[0]?.messageId).toBe(first.messages[0]?.messageId)
  expect(second.proof).toMatchObject({ level: 'none', repeated: true, doubts: [] })
  expect(session.clock.now() - sentAt).toBeLessThan(1_000)
  expect(second.proof?.evidence.find(({ hop }) => hop === 'log')?.detail).toMatch(/same deduplication id/)
}, 60_000)

test('a message that the function returns as failed is not taken for handled', async () => {
  const { send } = await wiredScene({ handler: returning, settings: { reportBatchItemFailures: true } })
  const { proof } = await send({ timeoutMs: 20_000 })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
  expect(proof?.evidence.find(({ hop }) => hop === 'gone')?.detail).toMatch(/1 in flight/)
}, 60_000)

test('of a batch of which the function returns two as failed nobody can tell which stay, and it is not taken for handled', async () => {
  const handler = `for (const { messageId } of Records) console.log('got ' + messageId)
const bad = Records.filter(({ body }) => body === 'bad')
return { batchItemFailures: bad.map(({ messageId }) => ({ itemIdentifier: messageId })) }`
  const { send } = await wiredScene({ handler, settings: { reportBatchItemFailures: true } })
  const bodies = Array.from({ length: 25 }, (_, index) => ([6, 13].includes(index) ? 'bad' : 'good'))
  const { proof, messages } = await send({ bodies, timeoutMs: 30_000 })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true, messageId: messages[0]?.messageId })
  expect(proof?.evidence.find(({ hop }) => hop === 'gone')).toMatchObject({
    outcome: 'cannot-tell',
    detail:
      'o counts 0 waiting, 2 in flight, 0 delayed: which of the 25 messages stay cannot be told, and the function may have returned them as failed',
  })
}, 60_000)

test('a delay and a window are waited out, and the run of the message is told', async () => {
  const { send } = await wiredScene({
    handler: '',
    attributes: { DelaySeconds: '20' },
    settings: { batchWindowSeconds: 5 },
  })
  const { proof } = await send()
  expect(proof).toMatchObject({ level: 'medium', functionFailed: false })
  expect(proof?.evidence.find(({ hop }) => hop === 'invoked')?.elapsedMs).toBeGreaterThan(20_000)
}, 60_000)

test('a filter that keeps the message, and a handler that names none: medium', async () => {
  const { send } = await wiredScene({ handler: '', settings: { filters: ['{"body":{"kind":["order"]}}'] } })
  expect((await send({ body: '{"kind":"order"}' })).proof).toMatchObject({ level: 'medium' })
}, 60_000)
