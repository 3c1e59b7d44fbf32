import { CreateKeyCommand } from '@aws-sdk/client-kms'
import {
  CreateEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import { CreateQueueCommand, GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { applyMove, planMove } from '../../src/operations/move.js'
import type { MoveInput } from '../../src/operations/requests.js'
import type { Session } from '../../src/operations/session.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

async function scene() {
  const { sandbox, session, uuid } = await wiredDemo()
  const { sqs, lambda } = session.clients
  await sqs.send(new CreateQueueCommand({ QueueName: 'orders-v2', Attributes: { VisibilityTimeout: '60' } }))
  const { result } = await collect(
    planUpdate(
      { mapping: uuid, settings: { batchSize: 7, filters: ['{"body":{"id":[1,2]}}'], tags: { team: 'a' } } },
      session,
    ),
  )
  await collect(applyUpdate(result, {}, session))
  const url = (name: string) => `${sandbox.endpoint}/${sandbox.world.account}/${name}`
  return {
    sandbox,
    session,
    uuid,
    url,
    mappings: async () =>
      (await lambda.send(new ListEventSourceMappingsCommand({}))).EventSourceMappings ?? [],
  }
}

async function planned(request: MoveInput, session: Session) {
  const { result } = await collect(planMove(request, session))
  if (result === null) throw new Error('it reads that queue already')
  return result
}

test('the new mapping is like the old one, which goes when its queue has been empty for a minute', async () => {
  const { sandbox, session, uuid, url, mappings } = await scene()
  const { sqs, lambda } = session.clients
  for (const id of [1, 2]) {
    await sqs.send(new SendMessageCommand({ QueueUrl: url('orders'), MessageBody: `{"id":${id}}` }))
  }
  const plan = await planned({ mapping: 'orders', toQueue: 'orders-v2' }, session)
  expect(plan.changes.map(({ action }) => action)).toEqual(['create', 'delete'])

  const { result, events } = await collect(applyMove(plan, {}, session))
  expect(result).toMatchObject({
    outcome: 'created',
    old: { uuid },
    mapping: { batchSize: 7, state: 'Enabled' },
  })
  const [left, ...others] = await mappings()
  expect(others).toEqual([])
  expect(left).toMatchObject({
    UUID: result.mapping.uuid,
    EventSourceArn: expect.stringMatching(/:orders-v2$/),
    FilterCriteria: { Filters: [{ Pattern: '{"body":{"id":[1,2]}}' }] },
  })
  const { Tags } = await lambda.send(new ListTagsCommand({ Resource: left?.EventSourceMappingArn ?? '' }))
  expect(Tags).toEqual({ team: 'a' })

  // Nobody waited in between: the old one was deleted only when both worked and its queue was empty.
  const order = events.flatMap((event) => {
    if (event.type === 'change-applied') return event.change.action
    if (event.type === 'mapping-state') return event.mapping.state
    return event.type === 'queue-counters' ? 'looked' : []
  })
  const steps = order.filter((step, index) => step !== order[index - 1])
  expect(steps).toEqual(['create', 'Creating', 'Enabled', 'looked', 'delete', 'Deleting'])
  await sandbox.settled()
  const counts = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl: url('orders'),
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  )
  expect(counts.Attributes).toEqual({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
  })
})

test('on request the old one goes first, so that both never work at the same time', async () => {
  const { session, mappings, url } = await scene()
  // What the function does not take while it is off stays, and is counted.
  const off = { mapping: 'orders', settings: { enabled: false } }
  await collect(applyUpdate((await collect(planUpdate(off, session))).result, {}, session))
  await session.clients.sqs.send(new SendMessageCommand({ QueueUrl: url('orders'), MessageBody: 'x' }))
  const plan = await planned({ mapping: 'orders', toQueue: 'orders-v2', oldFirst: true }, session)
  expect(plan.changes.map(({ action }) => action)).toEqual(['delete', 'create'])
  const { events, result } = await collect(applyMove(plan, {}, session))
  expect(result.left).toMatchObject({ visible: 1 })
  expect(events.flatMap((event) => (event.type === 'change-applied' ? event.change.action : []))).toEqual([
    'delete',
    'create',
  ])
  expect(await mappings()).toHaveLength(1)
})

test('out of time it keeps both, and the same move goes on from there', async () => {
  const { session, uuid, mappings } = await scene()
  const plan = await planned({ mapping: uuid, toQueue: 'orders-v2' }, session)
  const { error } = await collectFailure(applyMove(plan, { timeoutMs: 30_000 }, session))
  expect(error).toMatchObject({
    code: 'NOT_FINISHED',
    message: expect.stringMatching(
      /Both mappings work now: \S+ of orders-v2, and \S+ of orders, which is not/,
    ),
    hint: expect.stringMatching(/^continue: sqs-trigger update \S+ --to-queue .*\nback: sqs-trigger unwire /),
  })
  expect(await mappings()).toHaveLength(2)

  const again = await planned({ mapping: uuid, toQueue: 'orders-v2' }, session)
  expect([again.wiring.outcome, again.changes.map(({ action }) => action)]).toEqual(['unchanged', ['delete']])
  const { result } = await collect(applyMove(again, {}, session))
  expect(result.outcome).toBe('unchanged')
  expect((await mappings()).map(({ UUID }) => UUID)).toEqual([result.mapping.uuid])
})

test('who stops while the new one is being made is told that the old one works on, and how to finish', async () => {
  const { session, uuid, mappings } = await scene()
  const plan = await planned({ mapping: uuid, toQueue: 'orders-v2' }, session)
  const { error } = await collectFailure(applyMove(plan, { timeoutMs: 0 }, session))
  expect(error.message).toContain(`The old mapping ${uuid} of orders works on.`)
  expect(error.hint).toMatch(
    new RegExp(`^continue: sqs-trigger update ${uuid} --to-queue arn:\\S+:orders-v2 `),
  )
  expect(await mappings()).toHaveLength(2)
})

test('who stops when the old one went first has the whole command for the new one', async () => {
  const { session, mappings } = await scene()
  const plan = await planned({ mapping: 'orders', toQueue: 'orders-v2', oldFirst: true }, session)
  const { error } = await collectFailure(applyMove(plan, { timeoutMs: 0 }, session))
  expect(error.code).toBe('NOT_FINISHED')
  expect(error.message).toContain('does not read orders any more, and orders-v2 only when this goes on.')
  const words =
    / wire arn:\S+:orders-v2 arn:\S+:order-worker --batch-size 7 .*--filter '.*' --tag team=a --yes /
  expect(error.hint).toMatch(words)
  expect((await mappings()).map(({ State }) => State)).toEqual(['Deleting'])
})

test('filters that are encrypted are not made again in clear', async () => {
  const { sandbox, session } = await scene()
  const { sqs, lambda } = session.clients
  await sqs.send(new CreateQueueCommand({ QueueName: 'secret', Attributes: { VisibilityTimeout: '60' } }))
  const { account } = sandbox.world
  const { KeyMetadata } = await session.clients.kms.send(new CreateKeyCommand({}))
  const made = await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: `arn:aws:sqs:${sandbox.region}:${account}:secret`,
      FunctionName: 'order-worker',
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"id":[1]}}' }] },
      KMSKeyArn: KeyMetadata?.Arn,
    }),
  )
  await sandbox.advance(120_000)
  const { error } = await collectFailure(planMove({ mapping: 'secret', toQueue: 'orders-v2' }, session))
  expect(error.code).toBe('CONFLICT')
  expect(error.message).toContain(`mapping ${made.UUID} are encrypted with the key ${KeyMetadata?.Arn}`)
  const { result } = await collect(planUnwiring('secret', undefined, session))
  const { events } = await collect(applyUnwiring(result, {}, session))
  const [undo] = events.flatMap((event) => (event.type === 'change-applied' ? event.made.undo : []))
  expect(undo).toMatch(/^aws lambda create-event-source-mapping .* --kms-key-arn arn:\S+ --region /)
})

test('a mapping that reads the queue already is left as it is', async () => {
  const { session, uuid } = await scene()
  expect((await collect(planMove({ mapping: uuid, toQueue: 'orders' }, session))).result).toBeNull()
})

test('a queue that cannot be wired changes nothing', async () => {
  const { session, mappings } = await scene()
  const plan = await planned({ mapping: 'orders', toQueue: 'nope' }, session)
  expect([plan.wiring.outcome, plan.changes]).toEqual(['blocked', []])
  const { error } = await collectFailure(applyMove(plan, {}, session))
  expect(error.code).toBe('QUEUE_NOT_FOUND')
  expect(await mappings()).toHaveLength(1)
})
