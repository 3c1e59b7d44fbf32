import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const trust = (service: string) =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  })
const allow = (action: string, resource = '*') =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: action, Resource: resource }],
  })
const RoleName = 'worker-role'
const roleArn = 'arn:aws:iam::111122223333:role/service-role/worker-role'

async function startWithRole() {
  const sandbox = await startTestSandbox()
  const { iam } = sandbox.admin
  await iam.send(
    new CreateRoleCommand({
      RoleName,
      Path: '/service-role/',
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
      Tags: [{ Key: 'team', Value: 'orders' }],
    }),
  )
  return { ...sandbox, iam }
}

const document = (encoded: string | undefined): unknown => JSON.parse(decodeURIComponent(encoded ?? ''))

test('a role shows its path, its id, its tags and its trust policy, percent-encoded', async () => {
  const { iam } = await startWithRole()
  const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
  expect(Role).toMatchObject({
    Arn: roleArn,
    Path: '/service-role/',
    CreateDate: new Date(startOfTime),
    MaxSessionDuration: 3600,
    Tags: [{ Key: 'team', Value: 'orders' }],
  })
  expect(Role?.RoleId).toMatch(/^AROA[A-Z2-7]{17}$/)
  expect(Role?.AssumeRolePolicyDocument).not.toContain('{')
  await iam.send(
    new UpdateAssumeRolePolicyCommand({ RoleName, PolicyDocument: trust('edgelambda.amazonaws.com') }),
  )
  const updated = await iam.send(new GetRoleCommand({ RoleName }))
  expect(document(updated.Role?.AssumeRolePolicyDocument)).toEqual(
    JSON.parse(trust('edgelambda.amazonaws.com')),
  )
})

test('lists come in pages', async () => {
  const { iam } = await startWithRole()
  for (const name of ['a', 'b']) {
    await iam.send(
      new CreateRoleCommand({ RoleName: name, AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
    )
  }
  const first = await iam.send(new ListRolesCommand({ MaxItems: 2 }))
  expect(first.Roles?.map((role) => role.RoleName)).toEqual(['a', 'b'])
  expect(first.IsTruncated).toBe(true)
  const rest = await iam.send(new ListRolesCommand({ Marker: first.Marker }))
  expect(rest.Roles?.map((role) => role.RoleName)).toEqual([RoleName])
  expect(rest.IsTruncated).toBe(false)
})

test('inline policies are put, replaced, read back exactly and deleted', async () => {
  const { iam } = await startWithRole()
  const text = `{\n  "Version": "2012-10-17",\n  "Statement": {"Effect":"Allow","Action":"sqs:*","Resource":"*","Sid":"It's (all)!"}\n}`
  await iam.send(
    new PutRolePolicyCommand({ RoleName, PolicyName: 'poll', PolicyDocument: allow('sqs:Nothing') }),
  )
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'poll', PolicyDocument: text }))
  const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }))
  expect(PolicyNames).toEqual(['poll'])
  const read = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'poll' }))
  expect(decodeURIComponent(read.PolicyDocument ?? '')).toBe(text)
  expect(read.PolicyDocument).not.toMatch(/[!'()*\s]/)
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'poll' }))
  expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual([])
})

test('all inline policies of a role together hold 10,240 characters, white space not counted', async () => {
  const { iam } = await startWithRole()
  const put = (PolicyName: string, PolicyDocument: string) =>
    iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
  const filler = (length: number) => allow(`sqs:${'A'.repeat(length)}`)
  await put('spacious', `${' '.repeat(20_000)}${filler(5_000)}`)
  await put('second', filler(5_000))
  await expect(put('third', filler(500))).rejects.toMatchObject({
    Code: 'LimitExceeded',
    message: 'Maximum policy size of 10240 bytes exceeded for role worker-role',
    $metadata: { httpStatusCode: 409 },
  })
})

test('a managed policy is made, attached, read by its default version, detached and deleted', async () => {
  const { iam } = await startWithRole()
  const { Policy } = await iam.send(
    new CreatePolicyCommand({ PolicyName: 'poll', PolicyDocument: allow('sqs:*') }),
  )
  const PolicyArn = Policy?.Arn
  expect(PolicyArn).toBe('arn:aws:iam::111122223333:policy/poll')
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: PolicyArn }))
  const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))
  expect(AttachedPolicies).toEqual([{ PolicyName: 'poll', PolicyArn }])
  expect((await iam.send(new GetRoleCommand({ RoleName }))).Role?.PermissionsBoundary).toEqual({
    PermissionsBoundaryType: 'Policy',
    PermissionsBoundaryArn: PolicyArn,
  })
  const read = await iam.send(new GetPolicyCommand({ PolicyArn }))
  expect(read.Policy).toMatchObject({
    DefaultVersionId: 'v1',
    AttachmentCount: 1,
    PermissionsBoundaryUsageCount: 1,
  })
  const version = await iam.send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }))
  expect(document(version.PolicyVersion?.Document)).toEqual(JSON.parse(allow('sqs:*')))
  await expect(iam.send(new DeletePolicyCommand({ PolicyArn }))).rejects.toMatchObject({
    Code: 'DeleteConflict',
  })
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
  expect((await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies).toEqual([])
})

test.each([
  ['aws', 'us-east-1'],
  ['aws-cn', 'cn-north-1'],
] as const)(
  'the policies that AWS keeps are there, with ARNs of the partition %s',
  async (partition, region) => {
    const { admin } = await startTestSandbox({ partition, region })
    const PolicyArn = `arn:${partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole`
    const { PolicyVersion } = await admin.iam.send(
      new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }),
    )
    expect(document(PolicyVersion?.Document)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'sqs:ReceiveMessage',
            'sqs:DeleteMessage',
            'sqs:GetQueueAttributes',
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:PutLogEvents',
          ],
          Resource: '*',
        },
      ],
    })
  },
)

test('a role is deleted only without policies', async () => {
  const { iam } = await startWithRole()
  const PolicyArn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'
  await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }))
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    Code: 'DeleteConflict',
  })
  await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }))
  await iam.send(new DeleteRoleCommand({ RoleName }))
  await expect(iam.send(new GetRoleCommand({ RoleName }))).rejects.toMatchObject({ Code: 'NoSuchEntity' })
})

test('what is missing or malformed is refused, where they are recorded in the words of AWS', async () => {
  const unrecorded = expect.any(String)
  const { iam } = await startWithRole()
  const missing = 'arn:aws:iam::111122223333:policy/missing'
  const cases = [
    [new GetRoleCommand({ RoleName: 'x' }), 'NoSuchEntity', unrecorded, 404],
    [new GetRolePolicyCommand({ RoleName, PolicyName: 'x' }), 'NoSuchEntity', unrecorded, 404],
    [new GetPolicyCommand({ PolicyArn: missing }), 'NoSuchEntity', `Policy ${missing} was not found.`, 404],
    [
      new AttachRolePolicyCommand({ RoleName, PolicyArn: missing }),
      'NoSuchEntity',
      `Policy ${missing} does not exist or is not attachable.`,
      404,
    ],
    [
      new PutRolePolicyCommand({ RoleName, PolicyName: 'x', PolicyDocument: '{"Version":' }),
      'MalformedPolicyDocument',
      'This policy contains invalid Json',
      400,
    ],
  ] as const
  for (const [command, Code, message, httpStatusCode] of cases) {
    // Each command has its own overload of send; the union of them has none.
    await expect(iam.send(command as GetRoleCommand)).rejects.toMatchObject({
      Code,
      message,
      $metadata: { httpStatusCode },
    })
  }
})
