import { AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { TestSandbox } from '../support/sandbox.js'
import {
  account,
  createOrders,
  preflight,
  preflightInRounds,
  region,
  sessionOf,
  startWorld,
} from './preflight-world.js'
import { allow, arnOfQueue, build, noSimulator, polling, type Scenario } from './scenario.js'

const count = (calls: readonly string[], name: string) => calls.filter((call) => call === name).length

const tenCalls = [
  'GetCallerIdentity',
  'GetFunctionConcurrency',
  'GetFunctionConfiguration',
  'GetQueueAttributes',
  'GetRole',
  'ListEventSourceMappings',
  'SimulatePrincipalPolicy',
  'SimulatePrincipalPolicy',
  'SimulatePrincipalPolicy',
  'SimulatePrincipalPolicy',
]

describe('what a preflight costs', () => {
  it('10 calls in at most 3 rounds: an unencrypted queue by name, an IAM user, the simulator allowed', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const { calls, rounds, events } = await preflightInRounds(await sessionOf(sandbox))
    expect(calls.toSorted()).toEqual(tenCalls)
    expect(rounds.length).toBeLessThanOrEqual(3)
    expect(events.find(({ type }) => type === 'facts-gathered')).toMatchObject({ calls: 10 })
  })

  const worker = `arn:aws:lambda:${region}:${account}:function:worker`
  const forms = ['worker', `${account}:function:worker`, worker, 'worker:live', `${worker}:live`]
  it.each(forms)('no call more for a function given as %s', async (named) => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    await makeAlias(sandbox)
    const { calls, failed } = await preflightInRounds(await sessionOf(sandbox), { function: named })
    expect({ calls: calls.toSorted(), failed }).toEqual({ calls: tenCalls, failed: [] })
  })

  it.each(forms)('a refused read of its concurrency is unknown, given as %s', async (named) => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    await makeAlias(sandbox)
    const effect = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
    sandbox.faults.inject({ service: 'lambda', operation: 'GetFunctionConcurrency', effect })
    const { byRule, calls } = await preflightInRounds(await sessionOf(sandbox), { function: named })
    expect(byRule['reserved-concurrency-zero']?.status).toBe('unknown')
    expect(count(calls, 'GetFunctionConcurrency')).toBe(1)
  })

  // Nobody is left behind with a promise: such a one ends the program with a stack trace.
  it.each(forms)('credentials that stop working end it once, given as %s', async (named) => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const effect = { kind: 'error', code: 'ExpiredTokenException', message: 'no', status: 403 } as const
    sandbox.faults.inject({ service: 'lambda', operation: 'GetFunctionConcurrency', effect })
    const session = await sessionOf(sandbox)
    await expect(preflight(session, { function: named })).rejects.toMatchObject({
      code: 'CREDENTIALS_EXPIRED',
    })
  })

  it('one call more for an assumed role', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    const { iam, sts } = sandbox.admin
    const Principal = { AWS: `arn:aws:iam::${account}:root` }
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
    }
    await iam.send(
      new CreateRoleCommand({
        RoleName: 'deployer',
        Path: '/ci/',
        AssumeRolePolicyDocument: JSON.stringify(trust),
      }),
    )
    await iam.send(
      new AttachRolePolicyCommand({
        RoleName: 'deployer',
        PolicyArn: 'arn:aws:iam::aws:policy/AdministratorAccess',
      }),
    )
    const assumed = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role/ci/deployer`,
        RoleSessionName: 'run-7',
      }),
    )
    const { AccessKeyId, SessionToken } = assumed.Credentials ?? {}
    const session = await sessionOf(sandbox, AccessKeyId, SessionToken)
    const { calls, rounds, failed, unknown, byRule } = await preflightInRounds(session)
    expect(calls.toSorted()).toEqual([...tenCalls, 'GetRole'].toSorted())
    expect(rounds.length).toBeLessThanOrEqual(3)
    expect({ failed, unknown }).toEqual({ failed: [], unknown: [] })
    expect(byRule['caller-lacks-create-event-source-mapping']).toMatchObject({
      status: 'pass',
      certainty: 'simulated',
    })
  })

  it('documents are read once a principal, however many questions need them', async () => {
    const sandbox = await startWorld()
    await createOrders(sandbox)
    // As moto answers: it has no simulator.
    const effect = { kind: 'error', code: 'InternalFailure', message: 'not here', status: 500 } as const
    sandbox.faults.inject({ service: 'iam', operation: 'SimulatePrincipalPolicy', effect })
    const { calls, rounds, failed, unknown, byRule } = await preflightInRounds(await sessionOf(sandbox))
    expect({ failed, unknown }).toEqual({ failed: [], unknown: [] })
    expect(byRule['role-lacks-receive-message']).toMatchObject({ status: 'pass', certainty: 'evaluated' })
    for (const name of [
      'ListRolePolicies',
      'ListAttachedRolePolicies',
      'ListUserPolicies',
      'ListGroupsForUser',
    ]) {
      expect([name, count(calls, name)]).toEqual([name, 1])
    }
    expect(rounds.length).toBeLessThanOrEqual(4)
    // 3 + inline + 2 × attached a role: GetRole and two lists, and one managed policy.
    const ofRole = ['GetRole', 'ListRolePolicies', 'ListAttachedRolePolicies', 'GetRolePolicy']
    expect(ofRole.map((name) => count(calls, name))).toEqual([1, 1, 1, 0])
    // The role's managed policy and the caller's.
    expect(['GetPolicy', 'GetPolicyVersion'].map((name) => count(calls, name))).toEqual([2, 2])
  })

  const anyone: Scenario['caller'] = { kind: 'user', inline: [allow('*')] }
  const logs = allow('logs:*')
  it.each<
    readonly [what: string, wanted: { readonly calls: number; readonly rounds: number }, scenario: Scenario]
  >([
    ['a queue without a key', { calls: 10, rounds: 2 }, {}],
    // Whether the function may write to its own queue is asked along, and nothing more is read for it.
    [
      'a boundary that holds what polling needs, and no more: its document',
      { calls: 12, rounds: 3 },
      { role: { inline: [allow('*')], boundary: [polling, logs] } },
    ],
    [
      'a boundary without polling: its document, and once more what would be without it',
      { calls: 13, rounds: 3 },
      { role: { inline: [allow('*')], boundary: [logs] } },
    ],
    [
      'AWS’s own key: what the role may do with it, and nothing else',
      { calls: 11, rounds: 2 },
      { queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } } },
    ],
    [
      'a customer key: the key, its policy, its grants and what the role may do with it',
      { calls: 14, rounds: 3 },
      { key: {}, role: { inline: [polling, logs, allow('kms:Decrypt')] }, caller: anyone },
    ],
    [
      'a test message to it: what the caller may do with queue and key; its policy and its grants once',
      { calls: 16, rounds: 3 },
      {
        key: {},
        role: { inline: [polling, logs, allow('kms:Decrypt')] },
        caller: anyone,
        request: { sendTest: true },
      },
    ],
  ])('%s', async (_, wanted, scenario) => {
    const { session } = await build(scenario)
    const { calls, rounds } = await preflightInRounds(session, { queue: arnOfQueue(), ...scenario.request })
    expect({ calls: calls.length, rounds: rounds.length }).toEqual(wanted)
  })

  const both: Scenario['role'] = { inline: [polling], managed: [logs] }
  const deployer: Scenario['caller'] = { kind: 'role', path: '/ci/', inline: [allow('*')], managed: [logs] }
  it.each<
    readonly [what: string, wanted: { readonly calls: number; readonly rounds: number }, scenario: Scenario]
  >([
    // Beside the 10: the two lists, 1 inline and 2 for a managed policy of the role; three lists, GetUser
    // and 1 inline of the user.
    ['inline and managed policies', { calls: 20, rounds: 4 }, { role: both, caller: anyone }],
    // Whose path IAM has to tell first. Beside the 11: the two lists, 1 inline and 2 for a managed policy of each role.
    ['a calling role', { calls: 21, rounds: 4 }, { role: both, caller: deployer }],
    // One round and one call above the budget. Lists of attached policies do not tell which version counts; GetPolicy
    // does. (ListPolicies does too, for the whole account page by page: it needs a right on * and would be a call more
    // for everybody else.) Asking for v1 meanwhile saves a round for every policy that never had another, and is in
    // vain for this one.
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_AttachedPolicy.html
    [
      'a managed policy with a newer version',
      { calls: 20, rounds: 5 },
      { role: { managed: [polling, logs] }, caller: anyone, also: newVersion },
    ],
    // One round above the budget: the groups, their policies and what stands in these are told by three calls, each
    // by the one before. Listing the groups beside the simulator would be an eleventh call wherever that answers.
    // https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListGroupsForUser.html
    [
      'a user with a group',
      { calls: 21, rounds: 5 },
      { caller: { kind: 'user', inline: [allow('*')], group: [logs] } },
    ],
  ])('documents of %s', async (_, wanted, scenario) => {
    const { sandbox, session } = await build(scenario)
    for (const fault of noSimulator) sandbox.faults.inject(fault)
    const { calls, rounds, unknown } = await preflightInRounds(session, { queue: arnOfQueue() })
    expect({ calls: calls.length, rounds: rounds.length, unknown }).toEqual({ ...wanted, unknown: [] })
  })

  it('a simulator that speaks of the caller only: two lists are in vain, and no document', async () => {
    const itself = `arn:aws:iam::${account}:role/ci/deployer`
    const simulate = 'iam:SimulatePrincipalPolicy'
    const inline = [{ Effect: 'Allow', NotAction: simulate, Resource: '*' }, allow(simulate, itself)]
    const { session } = await build({ caller: { kind: 'role', path: '/ci/', inline } })
    const { calls, byRule, unknown } = await preflightInRounds(session, { queue: arnOfQueue() })
    expect(unknown).toEqual([])
    expect(byRule['role-lacks-receive-message']?.certainty).toBe('evaluated')
    expect(byRule['caller-lacks-create-event-source-mapping']?.certainty).toBe('simulated')
    const names = ['ListRolePolicies', 'ListAttachedRolePolicies', 'GetRolePolicy']
    expect(names.map((name) => count(calls, name))).toEqual([2, 2, 1])
  })
})

async function makeAlias(sandbox: TestSandbox) {
  const FunctionName = 'worker'
  const alias = { FunctionName, Name: 'live', FunctionVersion: '1' }
  await sandbox.seed([
    { service: 'lambda', operation: 'PublishVersion', input: { FunctionName } },
    { service: 'lambda', operation: 'CreateAlias', input: alias },
  ])
}

/** The policy as it is after somebody has changed it: its first version is not the one that counts. */
async function newVersion({ world }: TestSandbox) {
  const arn = `arn:aws:iam::${account}:policy/worker-role-managed`
  const policy = world.iam.policies.get(arn)
  if (policy) world.iam.policies.set(arn, { ...policy, defaultVersionId: 'v2' })
}
