import { expect } from 'vitest'
import { wellKnownAccessKeys } from '../../../src/sandbox/default-principals.js'
import { makeRole, roleArn } from './ends.js'
import { of, type Seen } from './step.js'

const PolicyArn = 'arn:aws:iam::111122223333:policy/none'
const role = { RoleName: 'worker-role' }
const noEntity = (message: string) => ({ name: 'NoSuchEntityException', code: 'NoSuchEntity', message })
const key = (seen: Seen) => ({ KeyId: seen.text('key', 'KeyMetadata', 'KeyId') })
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/00000000-0000-4000-8000-000000000000'
const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] })

/** Every refusal of IAM, KMS, the logs and STS whose words are known. */
export const elsewhereErrorsStory = [
  ...of('iam', [
    {
      prepare: makeRole,
      operation: 'GetRole',
      input: { RoleName: 'nobody' },
      error: noEntity('The role with name nobody cannot be found.'),
    },
    {
      operation: 'GetUser',
      input: { UserName: 'alice' },
      error: noEntity('The user with name alice cannot be found.'),
    },
    {
      operation: 'ListGroupPolicies',
      input: { GroupName: 'people' },
      error: noEntity('The group with name people cannot be found.'),
    },
    { operation: 'GetPolicy', input: { PolicyArn }, error: noEntity(`Policy ${PolicyArn} was not found.`) },
    {
      operation: 'AttachRolePolicy',
      input: { ...role, PolicyArn },
      error: noEntity(`Policy ${PolicyArn} does not exist or is not attachable.`),
    },
    {
      operation: 'GetRolePolicy',
      input: { ...role, PolicyName: 'none' },
      error: noEntity('The role policy with name none cannot be found.'),
    },
    {
      operation: 'CreateRole',
      input: { ...role, AssumeRolePolicyDocument },
      error: {
        name: 'EntityAlreadyExistsException',
        code: 'EntityAlreadyExists',
        message: 'Role with name worker-role already exists.',
      },
    },
    {
      operation: 'DeleteRole',
      input: role,
      error: {
        name: 'DeleteConflictException',
        code: 'DeleteConflict',
        message: 'Cannot delete entity, must detach all policies first.',
      },
    },
    {
      operation: 'PutRolePolicy',
      input: { ...role, PolicyName: 'broken', PolicyDocument: '{' },
      error: {
        name: 'MalformedPolicyDocumentException',
        code: 'MalformedPolicyDocument',
        message: 'This policy contains invalid Json',
      },
    },
    {
      operation: 'GetRole',
      input: role,
      as: wellKnownAccessKeys.nobody,
      error: {
        name: 'AccessDenied',
        message: `User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: iam:GetRole on resource: ${roleArn} because no identity-based policy allows the iam:GetRole action`,
      },
    },
  ]),
  ...of('iam', [
    {
      prepare: ({ faults }) =>
        faults.inject({ service: 'iam', operation: 'ListRoles', effect: { kind: 'throttle' }, times: 1 }),
      operation: 'ListRoles',
      error: { name: 'Throttling', message: 'Rate exceeded' },
    },
  ]),
  ...of('sts', [
    {
      operation: 'GetCallerIdentity',
      as: 'AKIAUNKNOWNTOEVERYONE',
      error: {
        name: 'InvalidClientTokenId',
        message: 'The security token included in the request is invalid',
      },
    },
  ]),
  ...of('kms', [
    {
      operation: 'DescribeKey',
      input: { KeyId: 'nonsense' },
      error: { name: 'NotFoundException', message: "Invalid keyId 'nonsense'" },
    },
    {
      operation: 'DescribeKey',
      input: { KeyId: keyArn },
      error: { name: 'NotFoundException', message: `Key '${keyArn}' does not exist` },
    },
    {
      operation: 'CreateKey',
      keep: 'key',
      answer: { KeyMetadata: expect.objectContaining({ KeyState: 'Enabled' }) },
    },
    {
      operation: 'ScheduleKeyDeletion',
      input: key,
      answer: expect.objectContaining({ KeyState: 'PendingDeletion' }),
    },
    {
      operation: 'EnableKey',
      input: key,
      error: {
        name: 'KMSInvalidStateException',
        message: 'arn:aws:kms:us-east-1:111122223333:key/UUID is pending deletion.',
      },
    },
  ]),
  ...of('logs', [
    {
      prepare: ({ seed }) =>
        seed([{ service: 'logs', operation: 'CreateLogGroup', input: { logGroupName: 'group' } }]),
      operation: 'FilterLogEvents',
      input: { logGroupName: 'group', limit: 10_001 },
      error: { name: 'InvalidParameterException' },
    },
    {
      operation: 'FilterLogEvents',
      input: { logGroupName: '/aws/lambda/nobody' },
      error: {
        name: 'ResourceNotFoundException',
        message: 'The specified log group does not exist.',
      },
    },
  ]),
]
