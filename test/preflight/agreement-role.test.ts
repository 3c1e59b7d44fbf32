import { describe, it } from 'vitest'
import { account, region } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  deny,
  expectAgreement,
  forWhom,
  other,
  polling,
  type Row,
  roleArn,
  type Scenario,
  simulators,
} from './scenario.js'

const queueArn = arnOfQueue()
const foreignQueue = arnOfQueue('orders', other)
const root = (id: string) => `arn:aws:iam::${id}:root`

const anyone: NonNullable<Scenario['caller']> = { kind: 'user', inline: [allow('*')] }

const rows: readonly Row[] = [
  ['an inline policy', 'pass', null, {}],
  ['a managed policy', 'pass', null, { role: { managed: [polling] } }],
  ['a role with a path', 'pass', null, { role: { inline: [polling], path: '/service-role/' } }],
  ['no policy', 'fail', 'role-lacks-receive-message', { role: {} }],
  [
    'another queue',
    'fail',
    'role-lacks-receive-message',
    { role: { inline: [{ ...polling, Resource: `${queueArn}s` }] } },
  ],
  [
    'NotAction without the polling',
    'pass',
    null,
    { role: { inline: [{ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }] } },
  ],
  [
    'NotAction that leaves out deleting',
    'fail',
    'role-lacks-delete-message',
    { role: { inline: [{ Effect: 'Allow', NotAction: 'sqs:Delete*', Resource: '*' }] } },
  ],
  [
    'NotResource of this queue',
    'fail',
    'role-lacks-receive-message',
    { role: { inline: [{ Effect: 'Allow', Action: 'sqs:*', NotResource: queueArn }] } },
  ],
  [
    'a Deny by Region',
    'fail',
    'role-lacks-receive-message',
    { role: { inline: [polling, deny('*', '*', { StringEquals: { 'aws:RequestedRegion': region } })] } },
  ],
  [
    'a Deny for other Regions',
    'pass',
    null,
    { role: { inline: [polling, deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': region } })] } },
  ],
  [
    'a Deny without TLS',
    'pass',
    null,
    { role: { inline: [polling, deny('*', '*', { Bool: { 'aws:SecureTransport': 'false' } })] } },
  ],
  [
    'a Deny after a date that is past',
    'fail',
    'role-lacks-receive-message',
    {
      role: {
        inline: [
          polling,
          deny('sqs:*', '*', { DateGreaterThan: { 'aws:CurrentTime': '2026-01-01T00:00:00Z' } }),
        ],
      },
    },
  ],
  [
    'a Deny unless the call comes from the function',
    'fail',
    'role-lacks-receive-message',
    {
      role: {
        inline: [
          polling,
          deny('sqs:*', '*', {
            ArnNotEquals: {
              'lambda:SourceFunctionArn': 'arn:aws:lambda:us-east-1:111122223333:function:worker',
            },
          }),
        ],
      },
    },
  ],
  ['a boundary that allows it', 'pass', null, { role: { inline: [polling], boundary: [allow('*')] } }],
  [
    'a boundary that does not',
    'fail',
    'role-lacks-receive-message',
    { role: { inline: [polling], boundary: [allow('logs:*')] } },
  ],
  [
    'a boundary that denies it',
    'fail',
    'role-lacks-delete-message',
    { role: { inline: [polling], boundary: [allow('*'), deny('sqs:DeleteMessage')] } },
  ],
  [
    'a boundary with a condition that holds',
    'pass',
    null,
    {
      role: {
        inline: [polling],
        boundary: [allow('*', '*', { StringEquals: { 'aws:PrincipalTag/team': 'blue' } })],
      },
      also: tagRole,
    },
  ],
  [
    'the queue policy alone',
    'pass',
    null,
    { role: {}, queue: { policy: [forWhom(roleArn, allow('sqs:*', queueArn))] } },
  ],
  [
    'the queue policy alone, against a boundary',
    'fail',
    'role-lacks-receive-message',
    {
      role: { boundary: [allow('logs:*')] },
      queue: { policy: [forWhom(roleArn, allow('sqs:*', queueArn))] },
    },
  ],
  [
    'the queue policy for the account, without the role’s',
    'fail',
    'role-lacks-receive-message',
    { role: {}, queue: { policy: [forWhom(root(account), allow('sqs:*', queueArn))] } },
  ],
  [
    'a Deny of the queue policy',
    'fail',
    'queue-policy-denies-role',
    { queue: { policy: [forWhom('*', deny('sqs:DeleteMessage', queueArn))] } },
  ],
  [
    'a Deny of the queue policy for others',
    'pass',
    null,
    {
      queue: {
        policy: [
          forWhom(
            '*',
            deny('sqs:DeleteMessage', queueArn, { ArnNotEquals: { 'aws:PrincipalArn': roleArn } }),
          ),
        ],
      },
    },
  ],
  [
    'another account, the role’s side only',
    'fail',
    'queue-policy-omits-role',
    {
      queue: {
        account: other,
        policy: [
          forWhom(
            `arn:aws:iam::${account}:user/ann`,
            allow(['sqs:GetQueueAttributes', 'sqs:SendMessage'], foreignQueue),
          ),
        ],
      },
      caller: anyone,
    },
  ],
  [
    'another account, the queue’s side only',
    'fail',
    'role-lacks-receive-message',
    {
      role: {},
      queue: {
        account: other,
        policy: [
          forWhom(
            root(account),
            allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], foreignQueue),
          ),
        ],
      },
      caller: anyone,
    },
  ],
  [
    'another account, both sides',
    'pass',
    null,
    {
      queue: {
        account: other,
        policy: [
          forWhom(
            root(account),
            allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], foreignQueue),
          ),
        ],
      },
      caller: anyone,
    },
  ],
  [
    'another account that lets nobody look',
    'unknown',
    'role-lacks-receive-message',
    {
      queue: {
        account: other,
        policy: [
          forWhom(
            roleArn,
            allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], foreignQueue),
          ),
        ],
      },
      caller: anyone,
    },
  ],
  [
    'a trust policy for another service',
    'fail',
    'role-not-assumable-by-lambda',
    {
      role: {
        inline: [polling],
        trust: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
  ],
]

describe.each(simulators)('what the role may do, with %s simulator', (simulator) => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) =>
    expectAgreement(row, simulator),
  )
})

async function tagRole(sandbox: Parameters<NonNullable<Scenario['also']>>[0]) {
  const role = sandbox.world.iam.roles.get(roleArn)
  if (role) sandbox.world.iam.roles.set(roleArn, { ...role, tags: new Map([['team', 'blue']]) })
}
