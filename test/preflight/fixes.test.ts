import { describe, expect, it } from 'vitest'
import { account } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  judgeScenario,
  other,
  polling,
  type Scenario,
} from './scenario.js'

const receive = 'role-lacks-receive-message'
const unreadable = {
  operation: 'GetPolicy',
  effect: { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 },
} as const
const polls = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
const foreign = arnOfQueue('orders', other)
const caller: NonNullable<Scenario['caller']> = { kind: 'user', inline: [allow('*')] }

describe('where an Allow of the role would not help, no command is offered', () => {
  it.each<readonly [what: string, said: RegExp, scenario: Scenario]>([
    [
      'a boundary',
      /boundary of role worker-role must allow sqs:ReceiveMessage; its administrator/,
      { role: { inline: [polling], boundary: [allow('logs:*')] } },
    ],
    [
      'a boundary beside a role without rights',
      /policies of role worker-role must allow it as well/,
      { role: { boundary: [allow('logs:*')] } },
    ],
    [
      'a boundary nobody can read',
      /boundary of role worker-role must allow/,
      { role: { inline: [polling], boundary: [allow('logs:*')] }, faults: [unreadable] },
    ],
    [
      'a Deny of the boundary',
      /Deny in the permissions boundary of role worker-role/,
      { role: { inline: [polling], boundary: [allow('*'), deny('sqs:*')] } },
    ],
    [
      'a Deny of the boundary that nobody can read',
      /Deny in the permissions boundary of role worker-role/,
      { role: { inline: [polling], boundary: [allow('*'), deny('sqs:*')] }, faults: [unreadable] },
    ],
    [
      'a Deny of the role',
      /Deny in the policies of role worker-role .*: no Allow outweighs it/,
      { role: { inline: [polling, deny('sqs:*')] } },
    ],
  ])('%s', async (_, said, scenario) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[receive]).toMatchObject({
      status: 'fail',
      fix: { automatic: false, commands: [], summary: expect.stringMatching(said) },
    })
  })

  it.each<readonly [what: string, rule: string, said: RegExp, scenario: Scenario]>([
    [
      'a Deny of the queue',
      'queue-policy-denies-role',
      /Deny in the queue policy of orders, statement 1: .*Whoever owns queue orders/,
      { queue: { policy: [forWhom('*', deny('sqs:ReceiveMessage', arnOfQueue()))] } },
    ],
    [
      'a queue of another account',
      'queue-policy-omits-role',
      /Whoever owns queue orders must add/,
      {
        caller,
        queue: {
          account: other,
          policy: [forWhom(`arn:aws:iam::${account}:user/ann`, allow('sqs:GetQueueAttributes', foreign))],
        },
      },
    ],
  ])('%s: %s says so, and the rules about the role leave it to that one', async (_, rule, said, scenario) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[rule]).toMatchObject({
      status: 'fail',
      fix: { automatic: false, commands: [], summary: expect.stringMatching(said) },
    })
    expect(byRule[receive]?.status).toBe('skip')
  })

  it('across accounts, the half that the role lacks comes with the half that the queue lacks', async () => {
    const lookAt = forWhom(`arn:aws:iam::${account}:user/ann`, allow('sqs:GetQueueAttributes', foreign))
    const scenario: Scenario = { role: {}, caller, queue: { account: other, policy: [lookAt] } }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[receive]?.fix).toMatchObject({
      automatic: false,
      commands: [{ text: expect.stringContaining('put-role-policy') }],
      summary: expect.stringMatching(/must also add to its policy: \{"Sid":"SqsTriggerCrossAccountPoll"/),
    })
  })

  it('nobody but its account changes a queue', async () => {
    const lookAt = forWhom(`arn:aws:iam::${account}:root`, allow([...polls], foreign))
    const scenario: Scenario = {
      caller,
      queue: { account: other, policy: [lookAt], attributes: { VisibilityTimeout: '1' } },
    }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    for (const rule of ['visibility-timeout-below-function-timeout', 'no-dead-letter-queue']) {
      expect(byRule[rule]?.fix).toMatchObject({ commands: [], summary: expect.stringContaining(other) })
    }
  })
})

describe('where an Allow of the caller would not help', () => {
  const create = 'caller-lacks-create-event-source-mapping'
  const list = 'caller-lacks-list-event-source-mappings'
  const denial = (why: string) =>
    ({
      operation: 'ListEventSourceMappings',
      effect: {
        kind: 'error',
        code: 'AccessDeniedException',
        message: `User: arn:aws:iam::${account}:user/developer is not authorized to perform: lambda:ListEventSourceMappings ${why}`,
        status: 403,
      },
    }) as const
  it.each<readonly [what: string, rule: string, said: RegExp, scenario: Scenario]>([
    [
      'a boundary',
      create,
      /The permissions boundary of .*user\/ann must allow/,
      { caller: { ...caller, boundary: [allow(['iam:*', 'sqs:*', 'lambda:Get*', 'lambda:List*'])] } },
    ],
    [
      'a boundary, as AWS said',
      list,
      /The permissions boundary of/,
      {
        faults: [denial('because no permissions boundary allows the lambda:ListEventSourceMappings action')],
      },
    ],
    [
      'Organizations, as AWS said',
      list,
      /A policy of AWS Organizations must allow.*organization's administrator/,
      {
        faults: [
          denial('because no service control policy allows the lambda:ListEventSourceMappings action'),
        ],
      },
    ],
    [
      'a session policy, as AWS said',
      list,
      /session policy .*whoever issues/,
      { faults: [denial('because no session policy allows the lambda:ListEventSourceMappings action')] },
    ],
    [
      'another account’s policy, as AWS said',
      list,
      /^Whoever owns .* in its policy/,
      {
        faults: [denial('because no resource-based policy allows the lambda:ListEventSourceMappings action')],
      },
    ],
    [
      'a Deny in a policy that AWS did not name',
      list,
      /^Remove or narrow the Deny in a policy that AWS did not name: no Allow outweighs it\.$/,
      { faults: [denial('with an explicit deny')] },
    ],
    [
      'a VPC endpoint, as AWS said',
      list,
      /^The policy of the VPC endpoint must allow .*; the network's administrator can change it/,
      { faults: [denial('because no VPC endpoint policy allows the lambda:ListEventSourceMappings action')] },
    ],
    [
      'a Deny of a VPC endpoint, as AWS said',
      list,
      /Deny in the VPC endpoint policy: .* The network’s administrator can change it/,
      { faults: [denial('with an explicit deny in a VPC endpoint policy')] },
    ],
    [
      'a Deny of Organizations, as AWS said',
      list,
      /Deny in a service control policy/,
      { faults: [denial('with an explicit deny in a service control policy')] },
    ],
  ])('%s: %s', async (_, rule, said, scenario) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[rule]?.fix).toMatchObject({ commands: [], summary: expect.stringMatching(said) })
  })
})
