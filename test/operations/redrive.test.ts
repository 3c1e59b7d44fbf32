import { CreateEventSourceMappingCommand, PutFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import {
  CancelMessageMoveTaskCommand,
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
} from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { peekDeadLetters } from '../../src/operations/peek.js'
import { applyRedrive, planRedrive } from '../../src/operations/redrive.js'
import type { RedriveRequest } from '../../src/operations/requests.js'
import type { Session } from '../../src/operations/session.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

/**
 * Messages that came into the dead-letter queue of `orders` by failing once. The function of the demo fails on those
 * that say so, and on no other.
 */
async function scene(failed: number, body = (n: number) => JSON.stringify({ n, broken: true })) {
  const wired = await wiredDemo()
  const { sandbox, session } = wired
  const url = (name: string) => `${sandbox.endpoint}/${sandbox.world.account}/${name}`
  for (let from = 0; from < failed; from += 10) {
    const Entries = Array.from({ length: Math.min(10, failed - from) }, (_, n) => ({
      Id: String(n),
      MessageBody: body(from + n),
    }))
    await session.clients.sqs.send(new SendMessageBatchCommand({ QueueUrl: url('orders'), Entries }))
  }
  for (let n = 0; n < 40 && (await depth()) < failed; n += 1) {
    await sandbox.advance(30_000)
    await sandbox.settled()
  }
  return { ...wired, depth, plan: (more: Partial<RedriveRequest> = {}) => plan(session, more) }

  async function depth() {
    const { Attributes = {} } = await session.clients.sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: url('orders-dlq'),
        AttributeNames: ['ApproximateNumberOfMessages'],
      }),
    )
    return Number(Attributes.ApproximateNumberOfMessages)
  }
}

const plan = async (session: Session, more: Partial<RedriveRequest>) =>
  (await collect(planRedrive({ mapping: 'orders', ...more }, session))).result

test('fifty messages are moved back, slowly, and every step is told', async () => {
  const { session, depth, plan } = await scene(50)
  expect(await depth()).toBe(50)
  const planned = await plan({ maxPerSecond: 10, force: true })
  expect(planned).toMatchObject({
    outcome: 'start',
    counters: { visible: 50 },
    changes: [{ action: 'start', maxPerSecond: 10 }],
  })
  const { result, events } = await collect(applyRedrive(planned, {}, session))
  expect(result).toMatchObject({ outcome: 'moved', task: { status: 'COMPLETED', moved: 50 } })
  const moved = events.flatMap((event) => (event.type === 'move-progress' ? event.moved : []))
  expect(moved.length).toBeGreaterThan(4)
  expect(moved).toEqual(moved.toSorted((a, b) => a - b))
  expect(result.waitedMs).toBeGreaterThanOrEqual(4_000)
})

test('a function that failed in its last run, and a mapping that is off, stand in the way unless told', async () => {
  const { session, plan } = await scene(1)
  const failing = await plan()
  expect(failing).toMatchObject({ outcome: 'blocked', changes: [], lastRun: { kind: 'failed' } })
  expect(failing.obstacle).toMatchObject({
    code: 'CHECKS_FAILED',
    hint: expect.stringMatching(/^sqs-trigger logs \S+ --request \S+ --since 1h /),
  })
  expect((await plan({ force: true })).outcome).toBe('start')
  const { result: off } = await collect(
    planUpdate({ mapping: 'orders', settings: { enabled: false } }, session),
  )
  await collect(applyUpdate(off, {}, session))
  const disabled = await plan()
  expect(disabled.obstacle).toMatchObject({
    code: 'MAPPING_DISABLED',
    hint: expect.stringMatching(/^sqs-trigger enable /),
  })
  const { error } = await collectFailure(applyRedrive(disabled, {}, session))
  expect(error).toBe(disabled.obstacle)
})

test('a move that runs is watched again, and can be stopped', async () => {
  const { session, plan } = await scene(20)
  const first = await plan({ maxPerSecond: 1, force: true })
  const begun = await collect(applyRedrive(first, { wait: false }, session))
  expect(begun.result.outcome).toBe('moving')
  const [made] = begun.events.flatMap((event) => (event.type === 'change-applied' ? event.made : []))
  expect(made?.undo).toMatch(/^sqs-trigger redrive \S+ --cancel /)

  const again = await plan()
  expect(again).toMatchObject({ outcome: 'running', changes: [], running: { status: 'RUNNING' } })
  const timed = await collectFailure(applyRedrive(again, { timeoutMs: 3_000 }, session))
  expect(timed.error).toMatchObject({
    code: 'NOT_FINISHED',
    message: expect.stringMatching(/^\d of about 20 messages were moved so far\. AWS goes on by itself\.$/),
  })

  const stopping = await plan({ cancel: true })
  expect(stopping.outcome).toBe('cancel')
  const { result } = await collect(applyRedrive(stopping, {}, session))
  expect(result).toMatchObject({ outcome: 'cancelled', task: { status: 'CANCELLED' } })
  expect(await plan({ cancel: true })).toMatchObject({ outcome: 'nothing', changes: [] })
})

test('Ctrl-C ends the watching, not the move', async () => {
  const { session, plan } = await scene(5)
  const planned = await plan({ maxPerSecond: 1, force: true })
  const stop = new AbortController()
  let sleeps = 0
  const clock = {
    now: session.clock.now,
    sleep: async (ms: number) => {
      sleeps += 1
      if (sleeps === 2) stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
      stop.signal.throwIfAborted()
      await session.clock.sleep(ms, stop.signal)
    },
  }
  const { error } = await collectFailure(
    applyRedrive(planned, {}, { ...session, clock, signal: stop.signal }),
  )
  expect(error).toMatchObject({
    code: 'INTERRUPTED',
    message: expect.stringMatching(/^Stopped watching\. .* AWS goes on by itself\.$/),
    hint: expect.stringMatching(/^continue: sqs-trigger redrive \S+ .*\ncancel: .* --cancel /),
  })
})

test('looking at dead letters shows them, and is counted by SQS', async () => {
  const { session } = await scene(3)
  const peek = () => collect(peekDeadLetters({ mapping: 'orders' }, 2, session))
  const { result } = await peek()
  expect(result.counters.visible).toBe(3)
  expect(result.messages).toHaveLength(2)
  expect(result.messages[0]).toMatchObject({
    body: expect.stringContaining('"broken":true'),
    sourceArn: expect.stringMatching(/:orders$/),
  })
  const [before] = result.messages
  const seen = (await peek()).result.messages.concat((await peek()).result.messages)
  const later = seen.findLast(({ messageId }) => messageId === before?.messageId)
  expect(later?.receives).toBeGreaterThan(before?.receives ?? 0)
})

test('a dead-letter queue that serves other queues is told with them, and one that sleeps stands in the way', async () => {
  const { sandbox, session, plan } = await scene(1)
  expect((await plan({ force: true })).otherSources).toEqual([])
  const { account } = sandbox.world
  const arn = (name: string) => `arn:aws:sqs:${sandbox.region}:${account}:${name}`
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn('orders-dlq'), maxReceiveCount: 3 })
  for (const QueueName of ['billing', 'returns']) {
    const Attributes = { VisibilityTimeout: '60', RedrivePolicy }
    await session.clients.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))
  }
  const made = await session.clients.lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: arn('returns'),
      FunctionName: 'order-worker',
      Enabled: false,
    }),
  )
  await sandbox.advance(120_000)
  const blocked = await plan()
  expect(blocked.otherSources?.map(({ queueArn }) => queueArn)).toEqual([arn('billing'), arn('returns')])
  expect(blocked).toMatchObject({ outcome: 'blocked', changes: [] })
  expect(blocked.obstacle?.message).toBe(
    `Messages of queue returns lie there, too, and its event source mapping ${made.UUID} is Disabled. The messages would only come back; --force moves them all the same.`,
  )
  expect(await plan({ force: true })).toMatchObject({ outcome: 'start' })
})

test('a function that may not run stands in the way', async () => {
  const { session, plan } = await scene(1)
  const FunctionName = 'order-worker'
  await session.clients.lambda.send(
    new PutFunctionConcurrencyCommand({ FunctionName, ReservedConcurrentExecutions: 0 }),
  )
  const { outcome, obstacle } = await plan()
  expect([outcome, obstacle?.message]).toEqual([
    'blocked',
    'Function order-worker may not run: its reserved concurrency is 0. The messages would only come back; --force moves them all the same.',
  ])
})

test('a move that is being stopped runs still: no other is begun', async () => {
  const { session, plan } = await scene(30)
  const begun = await plan({ maxPerSecond: 1, force: true })
  await collect(applyRedrive(begun, { wait: false }, session))
  const { handle = '' } = (await plan({ cancel: true })).running ?? {}
  await session.clients.sqs.send(new CancelMessageMoveTaskCommand({ TaskHandle: handle ?? '' }))
  expect(await plan({ force: true })).toMatchObject({
    outcome: 'running',
    changes: [],
    running: { status: 'CANCELLING' },
  })
})

test.each(['ListMessageMoveTasks', 'StartMessageMoveTask'])(
  'whoever may not %s is told the command that prints the rights, with the names',
  async (operation) => {
    const { sandbox, session } = await scene(1)
    const effect = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
    sandbox.faults.inject({ service: 'sqs', operation, effect })
    const moved = async () => {
      const { result } = await collect(planRedrive({ mapping: 'orders', force: true }, session))
      await collect(applyRedrive(result, {}, session))
    }
    const error: unknown = await moved().catch((one: unknown) => one)
    const hint = error instanceof SqsTriggerError ? error.hint : undefined
    expect(hint).toMatch(
      /\nsqs-trigger policy arn:\S+:orders arn:\S+:order-worker --for caller --with redrive /,
    )
  },
)
