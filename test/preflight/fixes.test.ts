import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { applyChange } from '../../src/operations/apply-change.js'
import { run } from '../support/run-command.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, sessionOf } from './preflight-world.js'
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
  tryIt,
} from './scenario.js'

const version = spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 20_000 })
const missing = version.status === 0 ? undefined : 'aws is not on PATH'
const root = forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))
const receive = 'role-lacks-receive-message'

describe.skipIf(missing !== undefined)(
  `the command of a fix, pasted into a shell${missing ? ` (${missing})` : ''}`,
  () => {
    it.each<readonly [rule: string, scenario: Scenario]>([
      [receive, { role: {} }],
      ['role-lacks-decrypt', { role: { inline: [polling] }, key: { policy: () => [root] } }],
      ['role-lacks-log-permissions', { role: { inline: [polling] } }],
      [
        'role-not-assumable-by-lambda',
        {
          role: {
            inline: [polling],
            trust: [
              { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      ],
      ['visibility-timeout-below-function-timeout', { queue: { attributes: { VisibilityTimeout: '4' } } }],
      ['visibility-timeout-leaves-no-retry-room', { queue: { attributes: { VisibilityTimeout: '6' } } }],
      ['no-dead-letter-queue', {}],
      ['no-dead-letter-queue', { queue: { name: 'orders.fifo' } }],
      ['dead-letter-queue-missing', { also: loseDeadLetterQueue }],
    ])('%s passes afterwards, and the mapping delivers', { timeout: 60_000 }, async (rule, scenario) => {
      const { sandbox, session } = await build(scenario)
      const before = await judgeScenario(session, sandbox, scenario)
      expect(before.byRule[rule]?.status).toMatch(/fail|warn/)
      const { commands = [] } = before.byRule[rule]?.fix ?? {}
      expect(commands).toHaveLength(1)
      const { code, stderr } = await run('sh', ['-c', commands[0]?.text ?? 'false'], {
        env: {
          AWS_ACCESS_KEY_ID: sandbox.adminCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
        },
      })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const after = await judgeScenario(session, sandbox, scenario)
      expect({ status: after.byRule[rule]?.status, errors: after.errors }).toEqual({
        status: 'pass',
        errors: [],
      })
      const pasted = stateOf(sandbox)
      expect(await tryIt(session, sandbox, scenario)).toBe('delivers')
      if (before.byRule[rule]?.fix?.automatic) expect(pasted).toEqual(await stateAfterChanges(rule, scenario))
    })
  },
)

/** What the changes of a fix make of the same scenario: the tool's way, beside the pasted one. */
async function stateAfterChanges(rule: string, scenario: Scenario) {
  const { sandbox, session } = await build(scenario)
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  const admin = await sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const changes = byRule[rule]?.fix?.changes ?? []
  expect(changes.length).toBeGreaterThan(0)
  for (const change of changes) await applyChange(change, admin)
  return stateOf(sandbox)
}

/** Policies of the role and settings of all queues. Key ids differ from sandbox to sandbox. */
function stateOf({ world }: TestSandbox) {
  const text = (value: string) => value.replaceAll(/key\/[0-9a-f-]{36}/g, 'key/…')
  return {
    inline: [...world.iam.roles.values()].map(({ name, inline }) => [
      name,
      [...inline].map(([policy, document]) => [policy, JSON.parse(text(document))]),
    ]),
    queues: [...world.sqs.queues.values()].map(({ arn, settings }) => [
      arn,
      [...settings].map(([name, value]) => [name, text(value)]).toSorted(),
    ]),
  }
}

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

async function loseDeadLetterQueue(sandbox: TestSandbox): Promise<void> {
  const QueueUrl = (name: string) => `${sandbox.endpoint}/${account}/${name}`
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOfQueue('dead'), maxReceiveCount: 5 })
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'dead' } },
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: { QueueUrl: QueueUrl('orders'), Attributes: { RedrivePolicy } },
    },
    { service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl: QueueUrl('dead') } },
  ])
  await sandbox.advance(61_000) // until then SQS refuses the name
}
