import { UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'
import { ReceiveMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { Proof, ProofHop } from '../../src/operations/events.js'
import { readLogs } from '../../src/operations/logs.js'
import { sendMessages } from '../../src/operations/send.js'
import { collect, collectFailure } from '../support/collect.js'
import { type DeliveryScene, wiredScene } from './delivery-scene.js'

const hopOf = (proof: Proof | null, name: ProofHop['hop']) => proof?.evidence.find(({ hop }) => hop === name)
const logs = ['logs:FilterLogEvents']

describe('how much can be proven', () => {
  test('strong: the message stands in the log', async () => {
    const { send } = await wiredScene()
    const { proof } = await send()
    expect(proof).toMatchObject({
      level: 'strong',
      functionFailed: false,
      doubts: [],
      missingPermissions: [],
    })
    expect(proof?.mapping?.functionArn).toMatch(/:worker$/)
  })

  test('medium: the log is refused, CloudWatch counts one run without an error', async () => {
    const { send, session } = await wiredScene({ refused: logs })
    const began = session.clock.now()
    const { proof } = await send()
    expect(proof).toMatchObject({ level: 'medium', functionFailed: false, requestId: null })
    expect(hopOf(proof, 'log')).toMatchObject({ outcome: 'cannot-tell' })
    expect(hopOf(proof, 'invoked')).toMatchObject({
      outcome: 'seen',
      detail: 'CloudWatch counts 1 run of worker since 11:59 UTC, without an error',
    })
    // The minute of the send has to be over, and published.
    expect(session.clock.now() - began).toBeGreaterThan(60_000)
    expect(session.clock.now() - began).toBeLessThanOrEqual(180_000)
  })

  test('medium: there is no log group, because the role may not write one', async () => {
    const { send } = await wiredScene({ mayLog: false })
    const { proof } = await send()
    expect(proof).toMatchObject({ level: 'medium', functionFailed: false })
    expect(hopOf(proof, 'log')).toMatchObject({
      outcome: 'not-seen',
      detail: expect.stringMatching(/^there is no log group \/aws\/lambda\/worker/),
    })
  })

  test('a failure that only CloudWatch shows', async () => {
    const { send } = await wiredScene({
      handler: `throw new Error('no')`,
      refused: logs,
      attributes: { VisibilityTimeout: '600' },
    })
    const { proof } = await send({ timeoutMs: 180_000 })
    expect(proof).toMatchObject({ level: 'none', functionFailed: true })
    expect(hopOf(proof, 'invoked')).toMatchObject({
      outcome: 'failed',
      detail: 'CloudWatch counts 1 run of worker since 11:59 UTC, with an error',
    })
  })

  test('weak: metrics are refused as well, and what would show more is named', async () => {
    const { send, session } = await wiredScene({ refused: [...logs, 'cloudwatch:GetMetricData'] })
    const began = session.clock.now()
    const { proof } = await send()
    expect(proof).toMatchObject({
      level: 'weak',
      functionFailed: false,
      missingPermissions: [
        { action: 'logs:FilterLogEvents', on: '/aws/lambda/worker' },
        { action: 'cloudwatch:GetMetricData', on: '*' },
      ],
    })
    // Only for the counters to settle: metrics would not come.
    expect(session.clock.now() - began).toBeLessThan(63_000)
  })

  test('the run before the send is not taken for its own', async () => {
    const { send, session } = await wiredScene({ refused: logs })
    await send({ prove: 'weak' })
    await session.clock.sleep(5_000, session.signal)
    const { proof } = await send()
    expect(proof).toMatchObject({ level: 'weak' })
    expect(hopOf(proof, 'invoked')?.detail).toMatch(/counts 2 runs of worker.*cannot be told/)
  })

  test('JSON lines and a log group of its own', async () => {
    const { send, session } = await wiredScene()
    const LoggingConfig = { LogFormat: 'JSON', LogGroup: '/of/my/own' } as const
    await session.clients.lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'worker', LoggingConfig }),
    )
    await session.clock.sleep(60_000, session.signal)
    const { proof } = await send()
    expect(proof).toMatchObject({ level: 'strong', functionFailed: false })
    expect(hopOf(proof, 'log')?.detail).toContain('/of/my/own')
  })
})

test('a handler that throws: its stack, and the message in the dead-letter queue', async () => {
  const { send, session, sandbox } = await wiredScene({
    handler: `console.log('got ' + Records[0].messageId)
throw new Error('order 7 cannot be read')`,
    maxReceiveCount: 1,
    attributes: { VisibilityTimeout: '5' },
  })
  const { proof, messages } = await send()
  expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
  const failed = hopOf(proof, 'invoked')
  expect(failed).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('order 7 cannot be read'),
  })
  expect(failed?.errorLines?.[0]).toBe('Error: order 7 cannot be read')
  expect(failed?.errorLines?.[1]).toMatch(/^ +at .*handler\.mjs:3/)
  await session.clock.sleep(30_000, session.signal)
  const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/dead`
  const { Messages } = await sandbox.admin.sqs.send(new ReceiveMessageCommand({ QueueUrl }))
  expect(Messages?.[0]?.MessageId).toBe(messages[0]?.messageId)
})

test('a handler that throws a second time within a minute, without a word about the message', async () => {
  const { send, session } = await wiredScene({
    handler: `if (Records[0].body === 'bad') throw new Error('no')`,
  })
  await send({ body: 'good' })
  await session.clock.sleep(10_000, session.signal)
  const { proof } = await send({ body: 'bad' })
  expect(proof).toMatchObject({ functionFailed: true })
  expect(hopOf(proof, 'invoked')).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('Error: no'),
  })
})

test('a filter that deletes the message is met before anything is sent', async () => {
  const { session, calls } = await wiredScene({ settings: { filters: ['{"body":{"type":["order"]}}'] } })
  const { error } = await collectFailure(sendMessages({ queue: 'o', count: 1, prove: 'medium' }, session))
  expect(error).toMatchObject({ code: 'NOT_DELIVERED', message: expect.stringMatching(/Nothing was sent/) })
  expect(calls.some(({ operation }) => operation.startsWith('sqs:Send'))).toBe(false)
})

test('FIFO: in order, and a message that fails holds up what follows', async () => {
  const { send, session } = await wiredScene({
    queue: 'o.fifo',
    handler: `for (const { body } of Records) {
  if (body === '2') throw new Error('not this one')
  console.log('did ' + body)
}`,
    settings: { batchSize: 1 },
  })
  const sent = await send({ bodies: ['1', '2', '3'], groupId: 'g' })
  // No handler names the message: the first run alone tells nothing of which message it had.
  expect(sent.messages.map(({ groupId }) => groupId)).toEqual(['g', 'g', 'g'])
  await session.clock.sleep(20_000, session.signal)
  const { result } = await collect(readLogs({ mapping: 'o.fifo', lastMs: 600_000 }, session))
  const said = result.lines.flatMap(({ message }) => /did \d|not this one/.exec(message)?.[0] ?? [])
  expect(said[0]).toBe('did 1')
  expect(said).toContain('not this one')
  expect(said).not.toContain('did 3')
})

describe('a batch', () => {
  test('25 of which SQS refuses two: each is told, and the others go', async () => {
    const { send, sandbox } = await wiredScene()
    const effect = {
      kind: 'entries',
      positions: [1, 3],
      code: 'InternalError',
      message: 'try again',
    } as const
    sandbox.faults.inject({ service: 'sqs', operation: 'SendMessageBatch', effect, times: 1 })
    const { messages, refused, proof } = await send({ count: 25 })
    expect(messages).toHaveLength(23)
    expect(refused).toEqual([1, 3].map((index) => ({ index, code: 'InternalError', reason: 'try again' })))
    expect(proof).toMatchObject({ level: 'strong' })
  })

  test('a whole request that fails says what was sent before', async () => {
    const { session, sandbox } = await wiredScene()
    let batches = 0
    const plain = session.clients.sqs.send.bind(session.clients.sqs)
    Object.assign(session.clients.sqs, {
      send: (command: Parameters<typeof plain>[0]) => {
        if (command.constructor.name === 'SendMessageBatchCommand' && ++batches === 3)
          sandbox.faults.inject({
            service: 'sqs',
            effect: { kind: 'error', code: 'InvalidParameterValue', message: 'no' },
            times: 1,
          })
        return plain(command)
      },
    })
    const { error } = await collectFailure(sendMessages({ queue: 'o', count: 25, prove: null }, session))
    expect(error.message).toMatch(/20 of 25 messages were sent before\.$/)
  })

  test('two that the handler returns as failed are not taken for handled', async () => {
    const { send } = await wiredScene({
      handler: `for (const { messageId } of Records) console.log('got ' + messageId)
return { batchItemFailures: Records.filter(({ body }) => body.startsWith('bad')).map(({ messageId }) => ({ itemIdentifier: messageId })) }`,
      settings: { reportBatchItemFailures: true },
    })
    const { proof } = await send({ bodies: ['bad 1', 'good', 'bad 2'], timeoutMs: 30_000 })
    expect(proof).toMatchObject({ level: 'strong', functionFailed: true })
    expect(hopOf(proof, 'gone')).toMatchObject({
      outcome: 'cannot-tell',
      detail: expect.stringMatching(/2 in flight.*which of the 3 messages stay cannot be told/),
    })
  })
})

describe('stopped while looking', () => {
  const stop = async (scene: DeliveryScene) => {
    const { session, controller } = await wiredScene(scene)
    const request = { queue: 'o', count: 3, body: '{"type":1}', prove: 'strong' } as const
    async function* untilFirstHop() {
      const operation = sendMessages(request, session)
      for (;;) {
        const step = await operation.next()
        if (step.done) return
        yield step.value
        if (step.value.type === 'proof-hop')
          controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
      }
    }
    return (await collectFailure(untilFirstHop())).error
  }

  test('AWS goes on', async () => {
    const error = await stop({})
    expect(error).toMatchObject({
      code: 'INTERRUPTED',
      message: expect.stringMatching(/was sent with 2 others, and AWS goes on delivering it\.$/),
      hint: expect.stringMatching(/^sqs-trigger logs \S+ --message [\w-]+/),
    })
  })

  test('unless the filters delete it', async () => {
    const error = await stop({ settings: { filters: ['{"body":{"type":[1]}}'] } })
    expect(error.message).toMatch(/AWS delivers it, unless the filters delete it\.$/)
  })
})

test('a queue with traffic never yields more than it shows', async () => {
  const { send, session } = await wiredScene({ handler: '', attributes: { DelaySeconds: '60' } })
  await send({ count: 4, prove: null })
  const { proof } = await send()
  expect(proof).toMatchObject({ level: 'none', functionFailed: false })
  expect(hopOf(proof, 'gone')).toMatchObject({ outcome: 'cannot-tell' })
  expect(proof?.doubts).toEqual([
    'o held 4 other messages, which may come first.',
    'o holds each message back for 60 s before anyone gets it.',
  ])
  expect(session.clock.now()).toBeGreaterThan(0)
})

describe.each([
  ['with everything readable', {}],
  ['with the log refused', { refused: logs }],
  ['with a dead-letter queue', { maxReceiveCount: 3 }],
] as const)('no API is asked more than twice a second: %s', (_, scene) => {
  test('while looking', async () => {
    const { send, calls } = await wiredScene(scene)
    await send({ prove: 'medium' })
    const sentAt = calls.find(({ operation }) => operation === 'sqs:SendMessage')?.at ?? 0
    const looking = calls.filter(({ at }) => at > sentAt)
    expect(looking.length).toBeGreaterThan(1)
    for (const name of new Set(looking.map(({ operation }) => operation))) {
      const times = looking.filter(({ operation }) => operation === name).map(({ at }) => at)
      const close = times.filter((at, index) => (times[index + 2] ?? Number.POSITIVE_INFINITY) - at < 1_000)
      expect([name, close]).toEqual([name, []])
    }
    expect(calls.map(({ operation }) => operation)).not.toContain('sqs:ReceiveMessage')
  })
})
