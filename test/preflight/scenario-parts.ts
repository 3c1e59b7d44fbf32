import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import type { Session } from '../../src/operations/session.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, region, sessionOf } from './preflight-world.js'
import type { Holder, Scenario, Statement } from './scenario.js'

export const policyOf = (Statement: readonly Statement[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })

export async function makeRole(
  sandbox: TestSandbox,
  RoleName: string,
  role: Holder & { readonly path?: string; readonly trust: readonly Statement[] },
): Promise<void> {
  await sandbox.seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: { RoleName, Path: role.path ?? '/', AssumeRolePolicyDocument: policyOf(role.trust) },
    },
  ])
  await givePolicies(sandbox, 'Role', RoleName, role)
  if (role.boundary === undefined) return
  const PermissionsBoundary = await makePolicy(sandbox, `${RoleName}-boundary`, role.boundary)
  await sandbox.seed([
    { service: 'iam', operation: 'PutRolePermissionsBoundary', input: { RoleName, PermissionsBoundary } },
  ])
}

async function makePolicy(sandbox: TestSandbox, PolicyName: string, statements: readonly Statement[]) {
  const input = { PolicyName, PolicyDocument: policyOf(statements) }
  await sandbox.seed([{ service: 'iam', operation: 'CreatePolicy', input }])
  return `arn:aws:iam::${account}:policy/${PolicyName}`
}

async function givePolicies(
  sandbox: TestSandbox,
  kind: 'Role' | 'User' | 'Group',
  name: string,
  { inline, managed }: Holder,
): Promise<void> {
  const holder = { [`${kind}Name`]: name }
  if (inline !== undefined && inline.length > 0) {
    const input = { ...holder, PolicyName: 'inline', PolicyDocument: policyOf(inline) }
    await sandbox.seed([{ service: 'iam', operation: `Put${kind}Policy`, input }])
  }
  if (managed !== undefined) {
    const PolicyArn = await makePolicy(sandbox, `${name}-managed`, managed)
    await sandbox.seed([
      { service: 'iam', operation: `Attach${kind}Policy`, input: { ...holder, PolicyArn } },
    ])
  }
}

export async function makeKey(sandbox: TestSandbox, { key = {} }: Scenario): Promise<string> {
  const owner = key.account ?? account
  const [created] = await sandbox.seed([
    { service: 'kms', operation: 'CreateKey', input: {}, account: owner },
  ])
  const { KeyMetadata } = created as { KeyMetadata: { Arn: string; KeyId: string } } // as KMS answers
  const { Arn: KeyId } = KeyMetadata
  const kms = (operation: string, input: Readonly<Record<string, unknown>>) =>
    sandbox.seed([{ service: 'kms', operation, input, account: owner }])
  if (key.policy) await kms('PutKeyPolicy', { KeyId, Policy: policyOf(key.policy(KeyId)) })
  if (key.grant) await kms('CreateGrant', { KeyId, ...key.grant })
  if (key.after) await kms(key.after, { KeyId })
  if (key.called === 'id') return KeyMetadata.KeyId
  if (key.called !== 'alias') return KeyId
  await kms('CreateAlias', { AliasName: 'alias/orders', TargetKeyId: KeyMetadata.KeyId })
  return 'alias/orders'
}

export async function openSession(sandbox: TestSandbox, { caller }: Scenario): Promise<Session> {
  if (caller === undefined) return sessionOf(sandbox)
  if (caller.kind === 'role') {
    const trust = [
      { Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'sts:AssumeRole' },
    ]
    await makeRole(sandbox, 'deployer', { ...caller, trust })
    const assumed = await sandbox.admin.sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:aws:iam::${account}:role${caller.path ?? '/'}deployer`,
        RoleSessionName: 'run-7',
        ...(caller.sessionPolicy ? { Policy: policyOf(caller.sessionPolicy) } : {}),
      }),
    )
    const { AccessKeyId, SessionToken } = assumed.Credentials ?? {}
    return sessionOf(sandbox, AccessKeyId, SessionToken)
  }
  const user = { UserName: 'ann', Path: caller.path ?? '/' }
  const boundary = caller.boundary && {
    PermissionsBoundary: await makePolicy(sandbox, 'ann-boundary', caller.boundary),
  }
  await sandbox.seed([{ service: 'iam', operation: 'CreateUser', input: { ...user, ...boundary } }])
  await givePolicies(sandbox, 'User', 'ann', caller)
  if (caller.group !== undefined) {
    await sandbox.seed([{ service: 'iam', operation: 'CreateGroup', input: { GroupName: 'builders' } }])
    await givePolicies(sandbox, 'Group', 'builders', { inline: caller.group })
    const input = { GroupName: 'builders', UserName: 'ann' }
    await sandbox.seed([{ service: 'iam', operation: 'AddUserToGroup', input }])
  }
  const [made] = await sandbox.seed([
    { service: 'iam', operation: 'CreateAccessKey', input: { UserName: 'ann' } },
  ])
  const { AccessKey } = made as { AccessKey: { AccessKeyId: string } } // as IAM answers
  return sessionOf(sandbox, AccessKey.AccessKeyId)
}

/** The queue `orders` names a dead-letter queue that was deleted. */
export async function loseDeadLetterQueue(sandbox: TestSandbox): Promise<void> {
  const QueueUrl = (name: string) => `${sandbox.endpoint}/${account}/${name}`
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:${region}:${account}:dead`,
    maxReceiveCount: 5,
  })
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
