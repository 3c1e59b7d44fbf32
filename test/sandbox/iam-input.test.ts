import {
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  ListRolesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] })
const identity = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' }
const trust = { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }

test.each<[string, object, string]>([
  ['a Principal in an identity policy', { ...identity, Principal: '*' }, 'MalformedPolicyDocument'],
  ['no Resource', { Effect: 'Allow', Action: 'sqs:*' }, 'MalformedPolicyDocument'],
  ['an Effect that is none', { ...identity, Effect: 'Permit' }, 'MalformedPolicyDocument'],
  ['an action without its service', { ...identity, Action: 'ReceiveMessage' }, 'MalformedPolicyDocument'],
  ['an element that nobody knows', { ...identity, Colour: 'blue' }, 'MalformedPolicyDocument'],
])('a policy is not stored with %s', async (_what, statement, Code) => {
  const { admin } = await startTestSandbox()
  const command = new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: policy(statement) })
  await expect(admin.iam.send(command)).rejects.toMatchObject({ Code, $metadata: { httpStatusCode: 400 } })
})

test.each<[string, object]>([
  ['a Resource', { ...trust, Resource: '*' }],
  ['no Principal', { Effect: 'Allow', Action: 'sts:AssumeRole' }],
])('a trust policy is not stored with %s', async (_what, statement) => {
  const { admin } = await startTestSandbox()
  const command = new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument: policy(statement) })
  await expect(admin.iam.send(command)).rejects.toMatchObject({ Code: 'MalformedPolicyDocument' })
})

test('names and numbers out of range are refused', async () => {
  const { admin } = await startTestSandbox()
  const AssumeRolePolicyDocument = policy(trust)
  const refused = [
    () => admin.iam.send(new CreateRoleCommand({ RoleName: 'a b', AssumeRolePolicyDocument })),
    () => admin.iam.send(new CreateRoleCommand({ RoleName: 'line\nbreak', AssumeRolePolicyDocument })),
    () => admin.iam.send(new CreateRoleCommand({ RoleName: 'a'.repeat(65), AssumeRolePolicyDocument })),
    () =>
      admin.iam.send(
        new CreateRoleCommand({ RoleName: 'r', AssumeRolePolicyDocument, MaxSessionDuration: 60 }),
      ),
    () => admin.iam.send(new CreateUserCommand({ UserName: '' })),
    () => admin.iam.send(new ListRolesCommand({ MaxItems: 0 })),
    () => admin.iam.send(new ListRolesCommand({ Marker: 'forged' })),
  ]
  for (const call of refused) await expect(call()).rejects.toMatchObject({ Code: 'ValidationError' })
})

test('what exists already is not made twice, whatever its path and letter case', async () => {
  const { admin } = await startTestSandbox()
  const AssumeRolePolicyDocument = policy(trust)
  await admin.iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument }))
  const again = new CreateRoleCommand({ RoleName: 'Worker', Path: '/other/', AssumeRolePolicyDocument })
  await expect(admin.iam.send(again)).rejects.toMatchObject({
    Code: 'EntityAlreadyExists',
    $metadata: { httpStatusCode: 409 },
  })
})

test('accounts do not see each other’s roles', async () => {
  const { admin, clientsFor } = await startTestSandbox()
  const AssumeRolePolicyDocument = policy(trust)
  await admin.iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument }))
  const other = clientsFor({ accessKeyId: '444455556666' })
  expect((await other.iam.send(new ListRolesCommand({}))).Roles).toEqual([])
  const { Role } = await other.iam.send(
    new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument }),
  )
  expect(Role?.Arn).toBe('arn:aws:iam::444455556666:role/worker')
})

test('a write that is not allowed changes nothing', async () => {
  const { admin, caller, world } = await startTestSandbox()
  const AssumeRolePolicyDocument = policy(trust)
  await expect(
    caller.iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument })),
  ).rejects.toMatchObject({
    name: 'AccessDenied',
    message:
      'User: arn:aws:iam::111122223333:user/developer is not authorized to perform: iam:CreateRole on resource: arn:aws:iam::111122223333:role/worker because no identity-based policy allows the iam:CreateRole action',
  })
  expect(world.iam.roles.size).toBe(0)
  await admin.iam.send(new CreateRoleCommand({ RoleName: 'worker', AssumeRolePolicyDocument }))
  const put = { RoleName: 'worker', PolicyName: 'poll', PolicyDocument: policy(identity) }
  await caller.iam.send(new PutRolePolicyCommand(put))
  expect(world.iam.roles.size).toBe(1)
})
