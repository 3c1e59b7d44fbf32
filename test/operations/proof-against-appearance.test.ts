import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import type { Proof, ProofHop } from '../../src/operations/events.js'
import { wiredScene } from './delivery-scene.js'

const hopOf = (proof: Proof | null, name: ProofHop['hop']) => proof?.evidence.find(({ hop }) => hop === name)
/** Names each message in the log, and returns all of them as failed. */
const returning = `for (const { messageId } of Records) console.log('got ' + messageId)
return { batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })) }`

test('a returned message that somebody takes from the dead-letter queue at once is not taken for handled', async () => {
  const { send, session, sandbox } = await wiredScene({
    handler: returning,
    settings: { reportBatchItemFailures: true },
    maxReceiveCount: 1,
    deadLettersRead: true,
  })
  const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/o`
  const Attributes = { VisibilityTimeout: '1' }
  await session.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))
  const { proof } = await send({ timeoutMs: 20_000 })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
  expect(hopOf(proof, 'dead-letter')).toMatchObject({
    outcome: 'cannot-tell',
    detail: expect.stringMatching(/^silent reads the dead-letter queue dead/),
  })
})

test('the JSON log: an error that the handler throws is told with its frames', async () => {
  const { send, session } = await wiredScene({
    handler: `console.log('got', Records[0].messageId)
throw new RangeError('bad json')`,
  })
  await session.clients.lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: 'worker', LoggingConfig: { LogFormat: 'JSON' } }),
  )
  await session.clock.sleep(60_000, session.signal)
  const { proof } = await send()
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
  expect(hopOf(proof, 'invoked')).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('RangeError: bad json'),
    errorLines: expect.arrayContaining([
      'RangeError: bad json',
      expect.stringMatching(/^ +at .*handler\.mjs:3/),
    ]),
  })
})

test('counters that lag: a message that the function returned is still seen', async () => {
  const { send } = await wiredScene({
    handler: returning,
    settings: { reportBatchItemFailures: true },
    countersLagMs: 4_000,
  })
  const { proof } = await send({ timeoutMs: 30_000 })
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
})

test('counters that lag: gone is said with the lag, and alone only after a minute', async () => {
  const at = await wiredScene({ countersLagMs: 30_000 })
  const { proof } = await at.send()
  expect(proof?.level).toBe('strong')
  expect(hopOf(proof, 'gone')?.detail).toMatch(/as SQS counts, which may lag by a minute$/)
  const blind = await wiredScene({ countersLagMs: 30_000, refused: ['logs:FilterLogEvents'] })
  const began = blind.session.clock.now()
  expect((await blind.send({ prove: 'weak' })).proof?.level).toBe('weak')
  expect(blind.session.clock.now() - began).toBeGreaterThanOrEqual(60_000)
})
