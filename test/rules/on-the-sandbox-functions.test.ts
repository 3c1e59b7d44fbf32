import { expect, it } from 'vitest'
import {
  account,
  createOrders,
  preflight,
  region,
  sessionOf,
  startWorld,
} from '../preflight/preflight-world.js'
import { addFunction, arnOf, createQueue, grant, setAttributes, wire } from './special-world.js'

async function world() {
  const sandbox = await startWorld()
  await createOrders(sandbox)
  return { sandbox, session: await sessionOf(sandbox) }
}

it('function-tenant-isolated: one without isolation passes', async () => {
  const { sandbox, session } = await world()
  await addFunction(sandbox, 'shared', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } })
  expect((await preflight(session, { function: 'shared' })).failed).toEqual(['function-tenant-isolated'])
  expect((await preflight(session)).byRule['function-tenant-isolated']?.status).toBe('pass')
})

it('a durable function fails on each count, and passes when all are mended', async () => {
  const { sandbox, session } = await world()
  await addFunction(sandbox, 'saga', { DurableConfig: { ExecutionTimeout: 86_400 } })
  const found = await preflight(session, { function: 'saga' })
  expect(found.failed).toEqual([
    'durable-function-unqualified',
    'durable-function-timeout-too-long',
    'role-lacks-durable-permissions',
  ])
  expect(found.byRule['role-lacks-durable-permissions']).toMatchObject({
    certainty: 'simulated',
    message: expect.stringMatching(
      /may not call lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState/,
    ),
  })
  await expect(wire(sandbox, 'orders', { FunctionName: 'saga' })).rejects.toThrow()

  await grant(sandbox, ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'])
  const FunctionName = 'saga'
  const DurableConfig = { ExecutionTimeout: 900 }
  await sandbox.seed([
    { service: 'lambda', operation: 'UpdateFunctionConfiguration', input: { FunctionName, DurableConfig } },
  ])
  await sandbox.advance(1)
  await sandbox.seed([
    { service: 'lambda', operation: 'PublishVersion', input: { FunctionName } },
    {
      service: 'lambda',
      operation: 'CreateAlias',
      input: { FunctionName, Name: 'live', FunctionVersion: '1' },
    },
  ])
  for (const name of ['saga:1', 'saga:live']) {
    const mended = await preflight(session, { function: name })
    expect([name, mended.failed, mended.unknown]).toEqual([name, [], []])
    expect(mended.byRule['role-lacks-durable-permissions']?.status).toBe('pass')
    await expect(wire(sandbox, 'orders', { FunctionName: name })).resolves.toEqual(expect.any(String))
  }
})

it('the rights for durable executions are not asked about where none are needed', async () => {
  const { session } = await world()
  expect((await preflight(session)).byRule['role-lacks-durable-permissions']).toMatchObject({
    status: 'skip',
    message: 'Function worker is not durable.',
  })
})

it.each<[string, string]>([
  ['Failed', 'fail'],
  ['Deactivated', 'fail'],
  ['Inactive', 'pass'],
  ['ActiveNonInvocable', 'unknown'],
])('function-not-active: a function that is %s', async (state, status) => {
  const { sandbox, session } = await world()
  const fn = sandbox.world.lambda.functions.get(`arn:aws:lambda:${region}:${account}:function:worker`)
  if (fn) fn.latest = { ...fn.latest, forcedState: { state, reason: 'It was so' } }
  expect((await preflight(session)).byRule['function-not-active']).toMatchObject({
    status,
    message: expect.stringContaining(state),
  })
})

it('dead-letter-queue-refuses-source: the command that is offered mends it', async () => {
  const slug = 'dead-letter-queue-refuses-source'
  const sandbox = await startWorld()
  const redrive = { deadLetterTargetArn: arnOf('orders-dead'), maxReceiveCount: '5' }
  await createQueue(sandbox, 'orders-dead', { MessageRetentionPeriod: '1209600' })
  await createOrders(sandbox, { RedrivePolicy: JSON.stringify(redrive) })
  const session = await sessionOf(sandbox)
  expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
  const others = { redrivePermission: 'byQueue', sourceQueueArns: [arnOf('invoices')] }
  await setAttributes(sandbox, 'orders-dead', { RedriveAllowPolicy: JSON.stringify(others) })
  const { failed, byRule } = await preflight(session)
  expect(failed).toEqual([slug])
  const text = byRule[slug]?.fix?.commands[0]?.text ?? ''
  expect(text).toMatch(/^aws sqs set-queue-attributes --queue-url \S+\/orders-dead --attributes '/)
  const attributes: Record<string, string> = JSON.parse(/'(.*)'/.exec(text)?.[1] ?? '')
  await setAttributes(sandbox, 'orders-dead', attributes)
  expect((await preflight(session)).byRule[slug]?.status).toBe('pass')
})

it('an unreadable dead-letter queue leaves its policy unknown', async () => {
  const sandbox = await startWorld()
  await createQueue(sandbox, 'orders-dead')
  const redrive = { deadLetterTargetArn: arnOf('orders-dead'), maxReceiveCount: '5' }
  const denyRead = {
    Effect: 'Deny',
    Principal: '*',
    Action: 'sqs:GetQueueAttributes',
    Resource: arnOf('orders-dead'),
  }
  await createOrders(sandbox, { RedrivePolicy: JSON.stringify(redrive) })
  const policy = { Version: '2012-10-17', Statement: [denyRead] }
  await setAttributes(sandbox, 'orders-dead', { Policy: JSON.stringify(policy) })
  const { byRule } = await preflight(await sessionOf(sandbox))
  expect(byRule['dead-letter-queue-refuses-source']).toMatchObject({
    status: 'unknown',
    gap: { permission: 'sqs:GetQueueAttributes' },
  })
})
