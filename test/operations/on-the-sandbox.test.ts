import { expect, test } from 'vitest'
import { applyChange } from '../../src/operations/apply-change.js'
import { listMappings } from '../../src/operations/list.js'
import { sendMessages } from '../../src/operations/send.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { awsDelays } from '../../src/sandbox/world.js'
import { collect, collectFailure } from '../support/collect.js'
import { begin } from './demo-scene.js'

const request = (settings = {}) => ({
  queue: 'orders',
  function: 'order-worker',
  settings,
  sendTest: false,
  ignore: [],
  only: [],
})

/** The demo's role may not delete messages; this is what mends it. */
const grant = (account: string) =>
  ({
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn: `arn:aws:iam::${account}:role/order-worker-role`,
    policyName: 'sqs-trigger-orders',
    policy: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
  }) as const

test('from blocked to wired, proven and unwired', async () => {
  const { sandbox, session } = await begin()

  const blocked = await collect(planWiring(request(), session))
  expect(blocked.result.outcome).toBe('blocked')
  expect(blocked.result.blocking.map(({ rule }) => rule)).toEqual(['role-lacks-delete-message'])

  await applyChange(grant(sandbox.world.account), session)
  const { result: plan } = await collect(planWiring(request(), session))
  expect(plan.outcome).toBe('create')
  const wired = await collect(applyWiring(plan, {}, session))
  expect(wired.result).toMatchObject({ outcome: 'created', mapping: { state: 'Enabled', batchSize: 10 } })
  expect(wired.result.waitedMs).toBeGreaterThanOrEqual(awsDelays.mappingTransition)

  const again = await collect(planWiring(request(), session))
  expect(again.result.outcome).toBe('unchanged')
  const differs = await collect(planWiring(request({ batchSize: 5 }), session))
  expect(differs.result).toMatchObject({
    outcome: 'differs',
    differences: [{ setting: 'batchSize', wanted: 5, found: 10 }],
  })
  // Planned before the mapping existed: AWS answers 409, and the result is the same as if it had been seen.
  expect((await collect(applyWiring(plan, {}, session))).result).toMatchObject({
    outcome: 'unchanged',
    mapping: { uuid: wired.result.mapping.uuid },
  })

  const sent = await collect(
    sendMessages({ queue: 'orders', body: '{"id":1}', count: 1, prove: 'medium' }, session),
  )
  expect(sent.result.proof).toMatchObject({ level: 'strong', functionFailed: false })
  expect(sent.result.proof?.evidence.map(({ hop, outcome }) => [hop, outcome])).toEqual([
    ['sent', 'seen'],
    ['log', 'seen'],
    ['invoked', 'seen'],
    ['gone', 'seen'],
    ['dead-letter', 'not-seen'],
  ])

  const { result: status } = await collect(readStatus('orders', undefined, session))
  expect(status).toMatchObject({
    mapping: { state: 'Enabled' },
    queue: { counters: { visible: 0, inFlight: 0 } },
    maxReceiveCount: 1,
  })

  const { result: unwiring } = await collect(planUnwiring('orders', 'order-worker', session))
  expect((await collect(applyUnwiring(unwiring, {}, session))).result.outcome).toBe('deleted')
  expect((await collect(listMappings({}, session))).result.mappings).toEqual([])
}, 60_000)

test('a function that fails on the message is told as such', async () => {
  const { sandbox, session } = await begin()
  await applyChange(grant(sandbox.world.account), session)
  const { result: plan } = await collect(planWiring(request(), session))
  await collect(applyWiring(plan, {}, session))
  const { result } = await collect(
    sendMessages({ queue: 'orders', body: '{"id":7,"broken":true}', count: 1, prove: 'medium' }, session),
  )
  expect(result.proof).toMatchObject({ functionFailed: true })
  expect(result.proof?.evidence.find(({ hop }) => hop === 'invoked')).toMatchObject({
    outcome: 'failed',
    detail: expect.stringContaining('order 7 cannot be read'),
  })
}, 60_000)

test('what does not exist is an error of its own', async () => {
  const { session } = await begin()
  const { result: plan } = await collect(planWiring({ ...request(), queue: 'nothing' }, session))
  expect(plan.outcome).toBe('blocked')
  expect((await collectFailure(applyWiring(plan, {}, session))).error.code).toBe('QUEUE_NOT_FOUND')
}, 60_000)
