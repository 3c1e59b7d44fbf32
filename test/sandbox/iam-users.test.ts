import {
  AddUserToGroupCommand,
  AttachGroupPolicyCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateUserCommand,
  DeleteUserCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetUserCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolesCommand,
  ListUserPoliciesCommand,
  PutGroupPolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { expect, test } from 'vitest'
import { startTestSandbox, type TestSandbox } from '../support/sandbox.js'

const UserName = 'alice'
const GroupName = 'readers'
const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
const PolicyDocument = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'iam:ListRoles', Resource: '*' }],
})

/** A user in a group, with a key of its own. */
async function startWithUser() {
  const sandbox = await startTestSandbox()
  const { iam } = sandbox.admin
  await iam.send(new CreateUserCommand({ UserName, Path: '/people/' }))
  await iam.send(new CreateGroupCommand({ GroupName }))
  await iam.send(new AddUserToGroupCommand({ GroupName, UserName }))
  return { ...sandbox, iam, alice: await clientsOf(sandbox) }
}

async function clientsOf({ admin, clientsFor }: TestSandbox) {
  const { AccessKey } = await admin.iam.send(new CreateAccessKeyCommand({ UserName }))
  return clientsFor({ accessKeyId: AccessKey?.AccessKeyId ?? '' })
}

test('an access key stands for its user', async () => {
  const { alice } = await startWithUser()
  const { Arn } = await alice.sts.send(new GetCallerIdentityCommand({}))
  expect(Arn).toBe('arn:aws:iam::111122223333:user/people/alice')
})

test('a user without policies may do nothing, not even look at itself', async () => {
  const { alice } = await startWithUser()
  await expect(alice.iam.send(new GetUserCommand({}))).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::111122223333:user/people/alice is not authorized to perform: iam:GetUser on resource: arn:aws:iam::111122223333:user/people/alice because no identity-based policy allows the iam:GetUser action',
    $metadata: { httpStatusCode: 403 },
  })
})

test('rights come from inline policies and are gone with them', async () => {
  const { iam, alice } = await startWithUser()
  await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'list', PolicyDocument }))
  await alice.iam.send(new ListRolesCommand({}))
  expect((await iam.send(new ListUserPoliciesCommand({ UserName }))).PolicyNames).toEqual(['list'])
  const read = await iam.send(new GetUserPolicyCommand({ UserName, PolicyName: 'list' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PolicyDocument)
  await iam.send(new DeleteUserPolicyCommand({ UserName, PolicyName: 'list' }))
  await expect(alice.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'AccessDenied' })
})

test('rights come from the groups, too', async () => {
  const { iam, alice } = await startWithUser()
  await iam.send(new PutGroupPolicyCommand({ GroupName, PolicyName: 'list', PolicyDocument }))
  await alice.iam.send(new ListRolesCommand({}))
  const { Groups } = await iam.send(new ListGroupsForUserCommand({ UserName }))
  expect(Groups?.map((group) => group.Arn)).toEqual(['arn:aws:iam::111122223333:group/readers'])
  expect((await iam.send(new ListGroupPoliciesCommand({ GroupName }))).PolicyNames).toEqual(['list'])
  const read = await iam.send(new GetGroupPolicyCommand({ GroupName, PolicyName: 'list' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(PolicyDocument)
})

test('managed policies are attached to users and groups', async () => {
  const { iam } = await startWithUser()
  await iam.send(new AttachUserPolicyCommand({ UserName, PolicyArn: basic }))
  await iam.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn: basic }))
  const attached = [{ PolicyName: 'AWSLambdaBasicExecutionRole', PolicyArn: basic }]
  expect((await iam.send(new ListAttachedUserPoliciesCommand({ UserName }))).AttachedPolicies).toEqual(
    attached,
  )
  expect((await iam.send(new ListAttachedGroupPoliciesCommand({ GroupName }))).AttachedPolicies).toEqual(
    attached,
  )
})

test('a user is known without a name to itself, and to others by name', async () => {
  const { iam, caller } = await startWithUser()
  expect((await caller.iam.send(new GetUserCommand({}))).User?.UserName).toBe('developer')
  expect((await iam.send(new GetUserCommand({ UserName }))).User?.Path).toBe('/people/')
})

test('a user that is gone cannot be found, and its key names nobody', async () => {
  const { iam, clientsFor } = await startWithUser()
  await iam.send(new CreateUserCommand({ UserName: 'bob' }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'bob' }))
  await iam.send(new DeleteUserCommand({ UserName: 'bob' }))
  await expect(iam.send(new GetUserCommand({ UserName: 'bob' }))).rejects.toMatchObject({
    Code: 'NoSuchEntity',
    message: 'The user with name bob cannot be found.',
  })
  const bob = clientsFor({ accessKeyId: AccessKey?.AccessKeyId ?? '' })
  await expect(bob.iam.send(new ListRolesCommand({}))).rejects.toMatchObject({ name: 'InvalidClientTokenId' })
})

test('the inline policies of a user hold 2,048 characters', async () => {
  const { iam } = await startWithUser()
  const long = PolicyDocument.replace('iam:ListRoles', `iam:${'A'.repeat(2_048)}`)
  await expect(
    iam.send(new PutUserPolicyCommand({ UserName, PolicyName: 'long', PolicyDocument: long })),
  ).rejects.toMatchObject({
    Code: 'LimitExceeded',
    $metadata: { httpStatusCode: 409 },
  })
})
