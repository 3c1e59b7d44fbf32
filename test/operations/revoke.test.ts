import { GetRolePolicyCommand, PutRolePolicyCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { CreateAliasCommand, PublishVersionCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { applyChange } from '../../src/operations/apply-change.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { rolePolicyFor, rolePolicyName } from '../../src/permissions/role-policy.js'
import { sessionOf } from '../preflight/preflight-world.js'
import { collect } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

/** A wired queue whose role has, beside others, the policy that `--fix` writes, or what somebody made of it. */
async function scene(edit: (policy: object) => object | null = (policy) => policy, key?: string) {
  const { sandbox, session, uuid } = await wiredDemo()
  const { account } = sandbox.world
  const queueArn = `arn:aws:sqs:${sandbox.region}:${account}:orders`
  const PolicyName = rolePolicyName(queueArn)
  const target = { queueArn, region: sandbox.region, partition: 'aws', keyArn: key }
  const policy = edit(rolePolicyFor(target))
  const RoleName = 'order-worker-role'
  if (policy !== null) {
    const PolicyDocument = JSON.stringify(policy)
    await session.clients.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
  }
  const has = (name: string) =>
    session.clients.iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: name })).then(
      () => true,
      () => false,
    )
  return { sandbox, session, uuid, queueArn, PolicyName, has }
}

test.each([
  ['as it was written', undefined, undefined],
  ['with the key', undefined, keyArn],
  [
    'written in another order',
    (policy: object) => Object.fromEntries(Object.entries(policy).toReversed()),
    undefined,
  ],
] as const)('the grant goes, %s, when the mapping is gone, and nothing else', async (_, edit, key) => {
  const { session, PolicyName, has } = await scene(edit, key)
  const { result: plan } = await collect(planUnwiring('orders', undefined, session, { revoke: true }))
  expect(plan.changes.map(({ type }) => type)).toEqual(['event-source-mapping', 'role-policy'])
  const { events, result } = await collect(applyUnwiring(plan, {}, session))
  expect(result.outcome).toBe('deleted')
  expect([await has(PolicyName), await has('all')]).toEqual([false, true])
  const made = events.flatMap((event) => (event.type === 'change-applied' ? event.made : []))
  expect(made[1]).toMatchObject({
    action: 'delete',
    type: 'role-policy',
    undo: expect.stringMatching(/^aws iam put-role-policy --role-name order-worker-role .*SqsTriggerPoll/),
  })
  // The mapping was gone before: the last state that was seen comes before the second change.
  const order = events.flatMap(({ type }) =>
    type === 'change-applied' || type === 'mapping-state' ? type : [],
  )
  expect(order.at(-1)).toBe('change-applied')
})

test('who stops waiting for the deletion is told that the grant stays, and how it goes', async () => {
  const { session, PolicyName, has } = await scene()
  const { result: plan } = await collect(planUnwiring('orders', undefined, session, { revoke: true }))
  const unwiring = collect(applyUnwiring(plan, { timeoutMs: 0 }, session))
  await expect(unwiring).rejects.toMatchObject({
    code: 'NOT_FINISHED',
    message: expect.stringContaining(`Policy ${PolicyName} of role order-worker-role stays.`),
    hint: expect.stringMatching(
      /^sqs-trigger wait [^\n]+ --for deleted[^\n]*\nwhen it is gone, take the rights away: aws iam delete-role-policy --role-name order-worker-role --policy-name sqs-trigger-orders-/,
    ),
  })
  expect(await has(PolicyName)).toBe(true)
})

test('without being asked it stays', async () => {
  const { session, PolicyName, has } = await scene()
  const { result: plan } = await collect(planUnwiring('orders', undefined, session))
  expect(plan.revocation).toBeNull()
  await collect(applyUnwiring(plan, {}, session))
  expect(await has(PolicyName)).toBe(true)
})

test.each([
  [
    'somebody changed it',
    (policy: object) => ({ ...policy, Id: 'ours' }),
    /is not as this tool wrote it: somebody has changed it since\.$/,
  ],
  ['there is none', () => null, /^There is no policy sqs-trigger-orders-\S+ of role order-worker-role: /],
] as const)('it stays where %s', async (_, edit, reason) => {
  const { session } = await scene(edit)
  const { result: plan } = await collect(planUnwiring('orders', undefined, session, { revoke: true }))
  expect(plan.revocation).toMatchObject({ change: null, reason: expect.stringMatching(reason) })
  expect(plan.changes.map(({ type }) => type)).toEqual(['event-source-mapping'])
})

test('it stays where another mapping polls the queue with the same role', async () => {
  const { sandbox, session, uuid, queueArn, PolicyName, has } = await scene()
  const FunctionName = 'order-worker'
  const { Version } = await session.clients.lambda.send(new PublishVersionCommand({ FunctionName }))
  await session.clients.lambda.send(
    new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: Version ?? '' }),
  )
  await applyChange(
    {
      action: 'create',
      type: 'event-source-mapping',
      iamAction: 'lambda:CreateEventSourceMapping',
      queueArn,
      functionArn: `arn:aws:lambda:${sandbox.region}:${sandbox.world.account}:function:order-worker:live`,
      settings: {},
    },
    session,
  )
  const { result: plan } = await collect(planUnwiring(uuid, undefined, session, { revoke: true }))
  expect(plan.revocation?.reason).toMatch(/stays: mapping \S+ polls the queue with it, too\.$/)
  await sandbox.advance(60_000)
  await collect(applyUnwiring(plan, {}, session))
  expect(await has(PolicyName)).toBe(true)
})

test('it stays where who else polls the queue may not be read', async () => {
  const { sandbox, session, uuid } = await scene()
  const mayNotList = { Effect: 'Deny', Action: 'lambda:ListEventSourceMappings', Resource: '*' }
  await session.clients.iam.send(
    new PutUserPolicyCommand({
      UserName: 'developer',
      PolicyName: 'no-list',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [mayNotList] }),
    }),
  )
  const developer = await sessionOf(sandbox, sandbox.credentials.accessKeyId)
  const { result: plan } = await collect(planUnwiring(uuid, undefined, developer, { revoke: true }))
  expect(plan.revocation).toMatchObject({
    change: null,
    reason: expect.stringContaining('stays: who else polls the queue could not be read'),
  })
})
