import { AttachRolePolicyCommand, CreateRoleCommand } from '@aws-sdk/client-iam'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import type { Session } from '../../src/operations/session.js'
import { account, createOrders, preflight, sessionOf, startWorld } from './preflight-world.js'

/** Every call there may be; the middleware stacks are typed per service, and only names are looked at here. */
interface WatchedStack {
  add(middleware: Middleware, options: { readonly step: 'initialize'; readonly name: string }): void
}
type Middleware = <Args, Answer>(
  next: (args: Args) => Promise<Answer>,
  context: { readonly commandName?: string },
) => (args: Args) => Promise<Answer>

/**
 * Runs a preflight in rounds: calls that were begun together are let go together, and the next round begins when all
 * of them were answered. So the number of rounds is the number of round trips in sequence.
 */
async function inRounds(session: Session) {
  const rounds: string[][] = []
  const waiting: { readonly name: string; readonly go: () => void }[] = []
  let running = 0
  let finished = false
  const watch: Middleware = (next, context) => async (args) => {
    await new Promise<void>((go) =>
      waiting.push({ name: context.commandName?.replace(/Command$/, '') ?? '', go }),
    )
    running += 1
    try {
      return await next(args)
    } finally {
      running -= 1
    }
  }
  const { sts, sqs, lambda, iam, kms } = session.clients
  for (const client of [sts, sqs, lambda, iam, kms]) {
    const stacks: {
      readonly middlewareStack: { use(plugin: { applyToStack(stack: WatchedStack): void }): void }
    } = client
    stacks.middlewareStack.use({
      applyToStack: (stack) => stack.add(watch, { step: 'initialize', name: 'watch' }),
    })
  }
  const run = preflight(session).finally(() => {
    finished = true
  })
  while (!finished) {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    if (running > 0 || waiting.length === 0) continue
    const round = waiting.splice(0)
    rounds.push(round.map(({ name }) => name))
    for (const { go } of round) go()
  }
  return { ...(await run), rounds, calls: rounds.flat() }
}

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
    const { calls, rounds, events } = await inRounds(await sessionOf(sandbox))
    expect(calls.toSorted()).toEqual(tenCalls)
    expect(rounds.length).toBeLessThanOrEqual(3)
    expect(events.find(({ type }) => type === 'facts-gathered')).toMatchObject({ calls: 10 })
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
    const { calls, rounds, failed, unknown, byRule } = await inRounds(session)
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
    const { calls, rounds, failed, unknown, byRule } = await inRounds(await sessionOf(sandbox))
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
})
