import { describe, expect, it } from 'vitest'
import { account } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  judgeScenario,
  noSimulator,
  polling,
  roleArn,
  type Scenario,
} from './scenario.js'

const create = 'caller-lacks-create-event-source-mapping'
const receive = 'role-lacks-receive-message'
const refuse = (service: 'iam' | 'kms' | 'sqs', ...operations: readonly string[]) =>
  operations.map((operation) => {
    const effect = { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } as const
    return { service, operation, effect } as const
  })
const noSimulation = refuse('iam', 'SimulatePrincipalPolicy')
const anyone: Scenario['caller'] = { kind: 'user', inline: [allow('*')] }
const fromAddress = { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } }
const byQueueTag = { StringEquals: { 'aws:ResourceTag/team': 'blue' } }
/** The poller's session, too, has to be listed, and nobody knows its name. */
const sparing = {
  ...deny('sqs:*', arnOfQueue()),
  NotPrincipal: {
    AWS: [
      `arn:aws:iam::${account}:root`,
      `arn:aws:iam::${account}:user/developer`,
      roleArn,
      `arn:aws:sts::${account}:assumed-role/worker-role/worker`,
    ],
  },
}
const sparingByPath = deny('sqs:*', '*', {
  ArnNotLike: { 'aws:PrincipalArn': [`arn:aws:iam::${account}:role/ci/deployer`, roleArn] },
})
const delegated = () => [forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))]

/** What is left open, of which class, and the permission that would settle it. */
const rows: readonly (readonly [
  what: string,
  rule: string,
  wanted: readonly ['core' | 'context' | 'guardrail', permission: string | null],
  scenario: Scenario,
])[] = [
  [
    'identity: the simulator and every document refused',
    receive,
    ['core', 'iam:SimulatePrincipalPolicy'],
    { faults: [...noSimulation, ...refuse('iam', 'ListRolePolicies', 'ListAttachedRolePolicies')] },
  ],
  [
    'identity: no simulator, and one document refused',
    receive,
    ['core', 'iam:GetPolicyVersion'],
    {
      role: { inline: [polling], managed: [allow('logs:*')] },
      faults: [...noSimulator, ...refuse('iam', 'GetPolicyVersion')],
    },
  ],
  [
    'identity: the policies of a group refused',
    create,
    ['core', 'iam:SimulatePrincipalPolicy'],
    {
      caller: { kind: 'user', inline: [allow('*')], group: [allow('s3:*')] },
      faults: [...noSimulation, ...refuse('iam', 'ListGroupPolicies', 'ListAttachedGroupPolicies')],
    },
  ],
  [
    'identity: the groups of a user refused',
    create,
    ['core', 'iam:ListGroupsForUser'],
    { caller: anyone, faults: [...noSimulator, ...refuse('iam', 'ListGroupsForUser')] },
  ],
  [
    'boundary: its text refused',
    receive,
    ['core', 'iam:GetPolicy'],
    {
      role: { inline: [allow('*')], boundary: [allow('*')] },
      faults: [...noSimulator, ...refuse('iam', 'GetPolicy')],
    },
  ],
  [
    'boundary: of a user who may not see themselves',
    create,
    ['core', 'iam:GetUser'],
    { caller: anyone, faults: [...noSimulator, ...refuse('iam', 'GetUser')] },
  ],
  [
    'queue policy',
    receive,
    ['core', 'sqs:GetQueueAttributes'],
    { faults: refuse('sqs', 'GetQueueAttributes') },
  ],
  [
    'queue policy, asked by its own rule',
    'queue-policy-denies-role',
    ['core', 'sqs:GetQueueAttributes'],
    { faults: refuse('sqs', 'GetQueueAttributes') },
  ],
  [
    'key policy',
    'role-lacks-decrypt',
    ['core', 'kms:GetKeyPolicy'],
    { caller: anyone, key: { policy: delegated }, faults: refuse('kms', 'GetKeyPolicy') },
  ],
  [
    'key policy, asked by its own rule',
    'key-policy-omits-role',
    ['core', 'kms:GetKeyPolicy'],
    { caller: anyone, key: { policy: delegated }, faults: refuse('kms', 'GetKeyPolicy') },
  ],
  [
    'key grants, where only they could allow it',
    'role-lacks-decrypt',
    ['core', 'kms:ListGrants'],
    {
      caller: anyone,
      key: { policy: () => [forWhom(`arn:aws:iam::${account}:user/ann`, allow('kms:*'))] },
      faults: refuse('kms', 'ListGrants'),
    },
  ],
  [
    'trust policy',
    'role-not-assumable-by-lambda',
    ['core', 'iam:GetRole'],
    { faults: refuse('iam', 'GetRole') },
  ],
  [
    'whether the role has a boundary, which makes NotPrincipal void',
    'queue-policy-denies-role',
    ['core', 'iam:GetRole'],
    { queue: { policy: [sparing] }, faults: refuse('iam', 'GetRole') },
  ],
  ...(['caller-lacks-send-message', 'caller-lacks-key-for-test-message'] as const).map(
    (rule) =>
      [
        `a calling role that is known without its path only, by which a policy spares it: ${rule}`,
        rule,
        ['core', 'iam:GetRole'],
        {
          caller: { kind: 'role', path: '/ci/', inline: [allow('*')] },
          queue: { policy: [forWhom('*', { ...sparingByPath, Action: 'sqs:SendMessage' })] },
          key: { policy: () => [...delegated(), forWhom('*', { ...sparingByPath, Action: 'kms:*' })] },
          request: { sendTest: true },
          faults: [...noSimulation, ...refuse('iam', 'GetRole')],
        },
      ] as const,
  ),
  [
    'the caller’s address',
    create,
    ['context', null],
    {
      caller: {
        kind: 'user',
        inline: [
          allow(['iam:*', 'sqs:*', 'lambda:Get*', 'lambda:List*']),
          allow('lambda:*', '*', fromAddress),
        ],
      },
    },
  ],
  [
    'tags of the queue that may not be listed',
    receive,
    ['context', 'sqs:ListQueueTags'],
    {
      role: { inline: [allow('sqs:*', arnOfQueue(), byQueueTag)] },
      faults: refuse('sqs', 'ListQueueTags'),
    },
  ],
  [
    'tags of the queue that may not be listed, without a simulator',
    receive,
    ['context', 'sqs:ListQueueTags'],
    {
      role: { inline: [allow('sqs:*', arnOfQueue(), byQueueTag)] },
      faults: [...noSimulator, ...refuse('sqs', 'ListQueueTags')],
    },
  ],
  [
    'tags in the queue’s own policy, where nobody knows what they do',
    'queue-policy-denies-role',
    ['context', null],
    { queue: { policy: [forWhom(roleArn, deny('sqs:*', arnOfQueue(), byQueueTag))] } },
  ],
  [
    'the address in the queue’s policy',
    'queue-policy-denies-role',
    ['context', null],
    { queue: { policy: [forWhom(roleArn, deny('sqs:*', arnOfQueue(), fromAddress))] } },
  ],
  [
    'the address in the key’s policy',
    'key-policy-omits-role',
    ['context', null],
    {
      caller: anyone,
      role: { inline: [polling] },
      key: {
        policy: () => [
          forWhom(`arn:aws:iam::${account}:user/ann`, allow('kms:*')),
          forWhom(roleArn, allow('kms:Decrypt', '*', fromAddress)),
        ],
      },
    },
  ],
  [
    'the address, and documents that were refused: the graver counts',
    receive,
    ['core', 'iam:GetPolicyVersion'],
    {
      role: { inline: [allow('sqs:*', '*', fromAddress)], managed: [allow('logs:*')] },
      faults: refuse('iam', 'GetPolicyVersion'),
    },
  ],
]

describe('what is left open says what kind of thing is not known', () => {
  it.each(rows)('%s', async (_, rule, [unknownClass, permission], scenario) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[rule]).toMatchObject({ status: 'unknown', gap: { class: unknownClass, permission } })
    // The text that people read names the permission, or none.
    const { message = '' } = byRule[rule] ?? {}
    if (permission === null) expect(message).not.toMatch(/would settle it|was refused/)
    else expect(message).toContain(permission)
  })

  it('guardrails that nobody can read leave nothing open: they are assumed', async () => {
    const { sandbox, session } = await build({})
    const { byRule, unknown } = await judgeScenario(session, sandbox, {})
    expect(unknown).toEqual([])
    expect(byRule[receive]?.assumptions).toEqual([
      expect.stringMatching(/^No service control, resource control/),
    ])
  })
})
