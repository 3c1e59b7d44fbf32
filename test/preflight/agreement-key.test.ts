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
import { policyOf } from './scenario-parts.js'

const queueArn = arnOfQueue()
const foreignQueue = arnOfQueue('orders', other)
const decrypt = allow('kms:Decrypt')
const root = (id: string) => `arn:aws:iam::${id}:root`
const delegated = () => [forWhom(root(account), allow('kms:*'))]
const closed = () => [forWhom(`arn:aws:iam::${account}:user/ann`, allow('kms:*'))]
const pollingRole = { inline: [polling, decrypt] }
const context = { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': queueArn } }
const wrongContext = { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': `${queueArn}-2` } }
const viaSqs = { StringEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } }

const anyone: NonNullable<Scenario['caller']> = { kind: 'user', inline: [allow('*')] }
const ofAws = { queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } } }
const notViaSqs = { StringNotEquals: { 'kms:ViaService': `sqs.${region}.amazonaws.com` } }
const allButAbroad = {
  ...{ Effect: 'Deny', Action: 'kms:*' },
  NotResource: `arn:aws:kms:*:${other}:key/*`,
}

const rows: readonly Row[] = [
  ['AWS’s own key', 'pass', null, ofAws],
  [
    'AWS’s own key, and a Deny of the role',
    'fail',
    'role-lacks-decrypt',
    { ...ofAws, role: { inline: [polling, deny('kms:*')] } },
  ],
  [
    'AWS’s own key, and a Deny in a managed policy',
    'fail',
    'role-lacks-decrypt',
    { ...ofAws, role: { inline: [polling], managed: [deny('kms:Decrypt')] } },
  ],
  [
    'AWS’s own key, and a Deny for all keys but those of another account',
    'fail',
    'role-lacks-decrypt',
    { ...ofAws, role: { inline: [polling, allButAbroad] } },
  ],
  [
    'AWS’s own key, and a Deny of the boundary',
    'fail',
    'role-lacks-decrypt',
    { ...ofAws, role: { inline: [polling], boundary: [allow('*'), deny('kms:*')] } },
  ],
  [
    'AWS’s own key, and a boundary without KMS, which cuts nothing off',
    'pass',
    null,
    { ...ofAws, role: { inline: [polling], boundary: [polling] } },
  ],
  [
    'AWS’s own key, and a Deny for who does not come by way of SQS',
    'pass',
    null,
    { ...ofAws, role: { inline: [polling, deny('kms:*', '*', notViaSqs)] } },
  ],
  [
    'AWS’s own key, and a Deny for keys of another account',
    'pass',
    null,
    { ...ofAws, role: { inline: [polling, deny('kms:*', `arn:aws:kms:*:${other}:*`)] } },
  ],
  [
    'a grant to the account, of which nobody says whom it serves',
    'unknown',
    'role-lacks-decrypt',
    { key: { policy: delegated, grant: { GranteePrincipal: root(account), Operations: ['Decrypt'] } } },
  ],
  [
    'AWS’s own key of another account',
    'fail',
    'aws-managed-key-across-accounts',
    {
      queue: {
        account: other,
        attributes: { KmsMasterKeyId: 'alias/aws/sqs' },
        policy: [forWhom(root(account), allow('sqs:*', foreignQueue))],
      },
      caller: anyone,
    },
  ],
  ['a key, delegated to the account', 'pass', null, { role: pollingRole, key: { policy: delegated } }],
  ['a key by id', 'pass', null, { role: pollingRole, key: { policy: delegated, called: 'id' } }],
  ['a key by alias', 'pass', null, { role: pollingRole, key: { policy: delegated, called: 'alias' } }],
  [
    'a key, delegated, without the role’s right',
    'fail',
    'role-lacks-decrypt',
    { key: { policy: delegated } },
  ],
  [
    'a key that delegates to nobody',
    'fail',
    'key-policy-omits-role',
    { role: pollingRole, key: { policy: closed }, caller: anyone },
  ],
  [
    'a key that names the role',
    'pass',
    null,
    { key: { policy: () => [...delegated(), forWhom(roleArn, decrypt)] } },
  ],
  [
    'a key with a grant',
    'pass',
    null,
    { key: { policy: delegated, grant: { GranteePrincipal: roleArn, Operations: ['Decrypt'] } } },
  ],
  [
    'a key with a grant for another queue',
    'fail',
    'role-lacks-decrypt',
    {
      key: {
        policy: delegated,
        grant: {
          GranteePrincipal: roleArn,
          Operations: ['Decrypt'],
          Constraints: { EncryptionContextSubset: { 'aws:sqs:arn': `${queueArn}-2` } },
        },
      },
    },
  ],
  [
    'a right for messages of this queue',
    'pass',
    null,
    { role: { inline: [polling, allow('kms:Decrypt', '*', context)] }, key: { policy: delegated } },
  ],
  [
    'a right for messages of another queue',
    'fail',
    'role-lacks-decrypt',
    { role: { inline: [polling, allow('kms:Decrypt', '*', wrongContext)] }, key: { policy: delegated } },
  ],
  [
    'a right through SQS',
    'pass',
    null,
    { role: { inline: [polling, allow('kms:Decrypt', '*', viaSqs)] }, key: { policy: delegated } },
  ],
  [
    'a key policy for messages of this queue',
    'pass',
    null,
    { key: { policy: () => [...delegated(), forWhom(roleArn, allow('kms:Decrypt', '*', context))] } },
  ],
  [
    'a boundary without the key',
    'fail',
    'role-lacks-decrypt',
    { role: { ...pollingRole, boundary: [polling] }, key: { policy: delegated } },
  ],
  [
    'a disabled key',
    'fail',
    'key-not-usable',
    { role: pollingRole, key: { policy: delegated, after: 'DisableKey' } },
  ],
  [
    'a key that is being deleted',
    'fail',
    'key-not-usable',
    { role: pollingRole, key: { policy: delegated, after: 'ScheduleKeyDeletion' } },
  ],
  ...(['id', 'alias', undefined] as const).map(
    (called): Row => [
      `a key of another account, by ${called ?? 'ARN'}`,
      'pass',
      null,
      acrossAccounts(called, pollingRole),
    ],
  ),
  [
    'a key of another account, without the role’s side',
    'fail',
    'role-lacks-decrypt',
    acrossAccounts('alias', { inline: [polling] }),
  ],
  [
    'another account’s alias with a namesake here',
    'pass',
    null,
    { ...acrossAccounts('alias', pollingRole), also: namesake },
  ],
]

describe.each(simulators)('what may be done with the key, with %s simulator', (simulator) => {
  it.each(rows.map((row) => [row[0], row[1], row] as const))('%s: %s', (_, __, row) =>
    expectAgreement(row, simulator),
  )
})

/** Queue and key of another account that let this one in. */
function acrossAccounts(called: 'id' | 'alias' | undefined, role: NonNullable<Scenario['role']>): Scenario {
  return {
    role,
    caller: anyone,
    queue: {
      account: other,
      policy: [
        forWhom(
          root(account),
          allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], foreignQueue),
        ),
      ],
    },
    key: {
      account: other,
      policy: () => [
        forWhom(root(other), allow('kms:*')),
        forWhom(
          root(account),
          allow(['kms:Decrypt', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']),
        ),
      ],
      ...(called ? { called } : {}),
    },
  }
}

/** A disabled key of the caller's account behind an alias of the same name. */
async function namesake(sandbox: Parameters<NonNullable<Scenario['also']>>[0]) {
  const [created] = await sandbox.seed([
    { service: 'kms', operation: 'CreateKey', input: { Policy: policyOf(delegated()) } },
  ])
  const { KeyMetadata } = created as { KeyMetadata: { KeyId: string } } // as KMS answers
  await sandbox.seed([
    {
      service: 'kms',
      operation: 'CreateAlias',
      input: { AliasName: 'alias/orders', TargetKeyId: KeyMetadata.KeyId },
    },
    { service: 'kms', operation: 'DisableKey', input: { KeyId: KeyMetadata.KeyId } },
  ])
}
