import {
  CreateAccessKeyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { AssumeRoleCommand, GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

const RoleArn = 'arn:aws:iam::111122223333:role/ops/auditor'
const developer = 'arn:aws:iam::111122223333:user/developer'
const account = 'arn:aws:iam::111122223333:root'

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
const trusts = (AWS: string, more: object = {}) =>
  policy({ Effect: 'Allow', Principal: { AWS }, Action: 'sts:AssumeRole', ...more })
const allow = (Action: string, Resource = '*') => ({ Effect: 'Allow', Action, Resource })

async function startWithRole(trustPolicy: string) {
  const sandbox = await startTestSandbox()
  const { iam } = sandbox.admin
  await iam.send(
    new CreateRoleCommand({ RoleName: 'auditor', Path: '/ops/', AssumeRolePolicyDocument: trustPolicy }),
  )
  await iam.send(
    new PutRolePolicyCommand({
      RoleName: 'auditor',
      PolicyName: 'list',
      PolicyDocument: policy(allow('iam:List*')),
    }),
  )
  return {
    ...sandbox,
    assume: (more: object = {}) =>
      sandbox.caller.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 'check', ...more })),
  }
}

/** Without a reason where the words of AWS are not recorded: those about trust policies. */
const refused = (reason?: string) => ({
  name: 'AccessDenied',
  ...(reason === undefined
    ? {}
    : {
        message: `User: ${developer} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn} ${reason}`,
      }),
  $metadata: { httpStatusCode: 403 },
})

test('keys of a session name the role without its path and have its rights until they expire', async () => {
  const { assume, clientsFor, advance } = await startWithRole(trusts(developer))
  const { Credentials, AssumedRoleUser } = await assume({ DurationSeconds: 900 })
  expect(AssumedRoleUser?.Arn).toBe('arn:aws:sts::111122223333:assumed-role/auditor/check')
  expect(AssumedRoleUser?.AssumedRoleId).toMatch(/^AROA\w{17}:check$/)
  const session = clientsFor({
    accessKeyId: Credentials?.AccessKeyId ?? '',
    sessionToken: Credentials?.SessionToken ?? '',
  })
  const identity = await session.sts.send(new GetCallerIdentityCommand({}))
  expect(identity).toMatchObject({ Arn: AssumedRoleUser?.Arn, UserId: AssumedRoleUser?.AssumedRoleId })
  await session.iam.send(new ListRolesCommand({}))
  await advance(900_000)
  await expect(session.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' })
})

test('a session policy narrows the role', async () => {
  const { assume, clientsFor } = await startWithRole(trusts(developer))
  const { Credentials } = await assume({ Policy: policy(allow('sqs:*')) })
  const session = clientsFor({ accessKeyId: Credentials?.AccessKeyId ?? '' })
  await expect(session.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    $metadata: { httpStatusCode: 403 },
  })
})

test.each([
  ['nobody of this name', trusts('arn:aws:iam::111122223333:user/alice'), undefined],
  [
    'Lambda alone',
    policy({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }),
    undefined,
  ],
  [
    'an external id that is missing',
    trusts(developer, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
    undefined,
  ],
  [
    'all but the caller',
    policy(
      { Effect: 'Allow', Principal: { AWS: developer }, Action: 'sts:AssumeRole' },
      { Effect: 'Deny', Principal: { AWS: developer }, Action: 'sts:*' },
    ),
    undefined,
  ],
  [
    'the account, whose policies say nothing',
    trusts(account),
    'because no identity-based policy allows the sts:AssumeRole action',
  ],
])('a role that trusts %s is not given', async (_whom, trustPolicy, reason) => {
  const { assume } = await startWithRole(trustPolicy)
  await expect(assume()).rejects.toMatchObject(refused(reason))
})

test('trust in the account is enough where the caller’s own policies allow it', async () => {
  const { assume, admin } = await startWithRole(trusts(account))
  await admin.iam.send(
    new PutUserPolicyCommand({
      UserName: 'developer',
      PolicyName: 'assume',
      PolicyDocument: policy(allow('sts:AssumeRole', RoleArn)),
    }),
  )
  await expect(assume()).resolves.toHaveProperty('Credentials')
})

test('the right external id opens the role', async () => {
  const { assume } = await startWithRole(
    trusts(developer, { Condition: { StringEquals: { 'sts:ExternalId': 'x' } } }),
  )
  await expect(assume({ ExternalId: 'x' })).resolves.toHaveProperty('Credentials')
})

test('across accounts the trust in the other account is not enough by itself', async () => {
  const { clientsFor } = await startWithRole(trusts('arn:aws:iam::444455556666:user/alice'))
  const root = clientsFor({ accessKeyId: '444455556666' })
  await root.iam.send(new CreateUserCommand({ UserName: 'alice' }))
  const { AccessKey } = await root.iam.send(new CreateAccessKeyCommand({ UserName: 'alice' }))
  const alice = clientsFor({ accessKeyId: AccessKey?.AccessKeyId ?? '' })
  const assume = () => alice.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' }))
  await expect(assume()).rejects.toMatchObject({
    message: expect.stringMatching(/because no identity-based policy allows the sts:AssumeRole action$/),
  })
  const PolicyDocument = policy(allow('sts:AssumeRole', RoleArn))
  await root.iam.send(new PutUserPolicyCommand({ UserName: 'alice', PolicyName: 'assume', PolicyDocument }))
  await expect(assume()).resolves.toHaveProperty('Credentials')
})

test('a role that does not exist is refused like one that trusts nobody', async () => {
  const { caller } = await startTestSandbox()
  await expect(
    caller.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' })),
  ).rejects.toMatchObject(refused())
})
