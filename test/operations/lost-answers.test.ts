import { StartMessageMoveTaskCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { mayHaveBeenDone } from '../../src/aws/lost-answer.js'
import { SqsTriggerError } from '../../src/errors.js'
import { applyChange } from '../../src/operations/apply-change.js'
import { applyRedrive, planRedrive } from '../../src/operations/redrive.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { rolePolicyFor, rolePolicyName } from '../../src/permissions/role-policy.js'
import { enqueue } from '../../src/sandbox/sqs/queue.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

const reset = { kind: 'reset', when: 'after' } as const
const failed = (
  code: 'ENDPOINT_UNREACHABLE' | 'REJECTED_BY_AWS' | 'AWS_FAILED' | 'THROTTLED' | 'ENDPOINT_NOT_AWS',
  aws: { readonly httpStatus?: number; readonly attempts?: number },
  cause: unknown = undefined,
) =>
  new SqsTriggerError(code, 'It failed.', {
    aws: { service: 'lambda', operation: 'TagResource', code: 'Error', message: '', ...aws },
    cause,
  })

test.each([
  ['a connection that broke', failed('ENDPOINT_UNREACHABLE', {}, { code: 'ECONNRESET' }), true],
  ['one that never was', failed('ENDPOINT_UNREACHABLE', {}, { code: 'ECONNREFUSED' }), false],
  ['a server that failed', failed('AWS_FAILED', { httpStatus: 500, attempts: 3 }), true],
  ['a refusal', failed('REJECTED_BY_AWS', { httpStatus: 400, attempts: 1 }), false],
  ['a refusal of a second attempt', failed('REJECTED_BY_AWS', { httpStatus: 400, attempts: 2 }), true],
  ['too many requests', failed('THROTTLED', { httpStatus: 429, attempts: 3 }), false],
  ['a page', failed('ENDPOINT_NOT_AWS', { httpStatus: 200, attempts: 1 }), true],
  ['nothing of AWS', new SqsTriggerError('USAGE', 'It is wrong.'), false],
])('%s', (_, error, expected) => {
  expect(mayHaveBeenDone(error)).toBe(expected)
})

test('a deletion whose answer was lost is told as made', async () => {
  const { sandbox, session, uuid } = await wiredDemo()
  const { result: plan } = await collect(planUnwiring('orders', undefined, session))
  sandbox.faults.inject({ operation: 'DeleteEventSourceMapping', effect: reset, times: 1 })
  const { events, result } = await collect(applyUnwiring(plan, {}, session))
  expect(result.outcome).toBe('deleted')
  const made = events.flatMap((event) => (event.type === 'change-applied' ? event.made : []))
  expect(made).toMatchObject([
    { action: 'delete', id: uuid, undo: expect.stringContaining('sqs-trigger wire') },
  ])
})

test('so is that of a policy', async () => {
  const { sandbox, session } = await wiredDemo()
  const { account, iam } = sandbox.world
  const role = iam.roles.get(`arn:aws:iam::${account}:role/order-worker-role`)
  const change = {
    action: 'delete',
    type: 'role-policy',
    iamAction: 'iam:DeleteRolePolicy',
    roleArn: role?.arn ?? '',
    policyName: 'all',
  } as const
  expect(role?.inline.has('all')).toBe(true)
  sandbox.faults.inject({ operation: 'DeleteRolePolicy', effect: reset, times: 1 })
  expect(await applyChange(change, session)).toMatchObject({ action: 'delete', type: 'role-policy' })
  expect(role?.inline.has('all')).toBe(false)
  // Nothing was lost here: somebody else has deleted it.
  await expect(applyChange(change, session)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a move whose answer was lost is the one that runs', async () => {
  const { sandbox, session } = await wiredDemo()
  const { account, sqs, clock } = sandbox.world
  const arn = (name: string) => `arn:aws:sqs:${sandbox.region}:${account}:${name}`
  const letters = sqs.queues.get(arn('orders-dlq'))
  if (letters === undefined) throw new Error('there is no dead-letter queue')
  const now = clock.now()
  const letter = { body: 'a', messageAttributes: {}, sentAt: now, senderId: 'AIDA', visibleAt: now }
  enqueue(letters, [Object.assign(letter, { deadLetterSourceArn: arn('orders') })])
  const { result: plan } = await collect(planRedrive({ mapping: 'orders' }, session))
  sandbox.faults.inject({ operation: 'StartMessageMoveTask', effect: reset, times: 1 })
  const { types, result } = await collect(applyRedrive(plan, {}, session))
  expect(types).toContain('change-applied')
  expect(result).toMatchObject({ outcome: 'moved', task: { moved: 1 } })
})

test('a move of somebody else is not taken for one whose answer was lost', async () => {
  const { sandbox, session } = await wiredDemo()
  const { account, sqs, clock } = sandbox.world
  const arn = (name: string) => `arn:aws:sqs:${sandbox.region}:${account}:${name}`
  const letters = sqs.queues.get(arn('orders-dlq'))
  if (letters === undefined) throw new Error('there is no dead-letter queue')
  const now = clock.now()
  const letter = { body: 'a', messageAttributes: {}, sentAt: now, senderId: 'AIDA', visibleAt: now }
  enqueue(
    letters,
    Array.from({ length: 900 }, () => Object.assign({ ...letter }, { deadLetterSourceArn: arn('orders') })),
  )
  const { result: plan } = await collect(planRedrive({ mapping: 'orders' }, session))
  const theirs = { SourceArn: arn('orders-dlq'), MaxNumberOfMessagesPerSecond: 1 }
  await session.clients.sqs.send(new StartMessageMoveTaskCommand(theirs))
  await sandbox.advance(400_000)
  sandbox.faults.inject({
    operation: 'StartMessageMoveTask',
    effect: { kind: 'reset', when: 'before' },
    times: 1,
  })
  const { error, types } = await collectFailure(applyRedrive(plan, {}, session))
  expect(error.message).toMatch(/already a task running/)
  expect(types).not.toContain('change-applied')
})

test('a change whose answers were all lost is not told as not made', async () => {
  const { sandbox, session } = await wiredDemo()
  const { result: plan } = await collect(
    planUpdate({ mapping: 'orders', settings: { batchSize: 5 } }, session),
  )
  sandbox.faults.inject({ operation: 'UpdateEventSourceMapping', effect: reset })
  const { error } = await collectFailure(applyUpdate(plan, { timeoutMs: 3_000 }, session))
  expect(error.message).toMatch(/may have been changed all the same/)
  expect(error.message).not.toMatch(/Nothing was changed/)
})

test('a page that is sent instead of an answer stands for no change', async () => {
  const { sandbox, session } = await wiredDemo()
  const tags = { settings: { tags: { team: 'shop' } } }
  const { result: plan } = await collect(planUpdate({ mapping: 'orders', ...tags }, session))
  sandbox.faults.inject({ operation: 'TagResource', effect: { kind: 'html' } })
  const { error, types } = await collectFailure(applyUpdate(plan, {}, session))
  expect(error.code).toBe('ENDPOINT_NOT_AWS')
  expect(types).not.toContain('change-applied')
})

test('a grant that a run left behind goes with the same command', async () => {
  const { sandbox, session } = await wiredDemo()
  const { account, iam } = sandbox.world
  const queueArn = `arn:aws:sqs:${sandbox.region}:${account}:orders`
  const role = iam.roles.get(`arn:aws:iam::${account}:role/order-worker-role`)
  const policy = rolePolicyFor({ queueArn, region: sandbox.region, partition: 'aws', keyArn: undefined })
  role?.inline.set(rolePolicyName(queueArn), JSON.stringify(policy))
  const { result: without } = await collect(planUnwiring('orders', 'order-worker', session))
  await collect(applyUnwiring(without, {}, session))
  const { result: plan } = await collect(planUnwiring('orders', 'order-worker', session, { revoke: true }))
  expect(plan).toMatchObject({ mapping: null, changes: [{ type: 'role-policy', action: 'delete' }] })
  expect((await collect(applyUnwiring(plan, {}, session))).result.outcome).toBe('unchanged')
  expect(role?.inline.has(rolePolicyName(queueArn))).toBe(false)
  const { error } = await collectFailure(planUnwiring('orders', 'order-worker', session, { revoke: true }))
  expect(error.code).toBe('MAPPING_NOT_FOUND')
})
