import {
  GetGroupPolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListAttachedGroupPoliciesCommand,
  ListAttachedRolePoliciesCommand,
  ListAttachedUserPoliciesCommand,
  ListGroupPoliciesCommand,
  ListGroupsForUserCommand,
  ListRolePoliciesCommand,
  ListUserPoliciesCommand,
} from '@aws-sdk/client-iam'
import { ListGrantsCommand } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { describe, expect, it } from 'vitest'
import { queueAddress } from '../../src/arn.js'
import { readCaller } from '../../src/aws/caller-identity.js'
import { readKeyGrants } from '../../src/aws/key.js'
import { readRolePolicies, readUserPolicies } from '../../src/aws/principal-policies.js'
import { readQueue } from '../../src/aws/queue.js'
import { readRolePolicy } from '../../src/aws/role-policy.js'
import { mockedClients } from './mocked-clients.js'

describe('the caller', () => {
  it.each([
    ['arn:aws:iam::111122223333:user/team/dev', { kind: 'user', name: 'dev', partition: 'aws' }],
    ['arn:aws:sts::111122223333:assumed-role/deployer/run-7', { kind: 'assumed-role', name: 'deployer' }],
    [
      'arn:aws-cn:sts::111122223333:federated-user/ann',
      { kind: 'federated-user', name: 'ann', partition: 'aws-cn' },
    ],
    ['arn:aws:iam::111122223333:root', { kind: 'root', name: undefined }],
    ['arn:aws:sts::111122223333:something-new/x', { kind: 'other' }],
  ])('%s', async (Arn, identity) => {
    const { clients, mocks } = await mockedClients()
    mocks.sts.on(GetCallerIdentityCommand).resolves({ Arn, Account: '111122223333', UserId: 'X' })
    expect(await readCaller(clients)).toMatchObject({ arn: Arn, account: '111122223333', ...identity })
  })
})

describe('the policies of a user', () => {
  it('are inline, attached and those of every group, to the last page', async () => {
    const { clients, mocks } = await mockedClients()
    const { iam } = mocks
    iam.on(ListUserPoliciesCommand).resolves({ PolicyNames: ['first'], IsTruncated: true, Marker: 'more' })
    iam.on(ListUserPoliciesCommand, { Marker: 'more' }).resolves({ PolicyNames: ['second'] })
    iam.on(GetUserPolicyCommand).callsFake(({ PolicyName }) => ({ PolicyDocument: `own ${PolicyName}` }))
    iam
      .on(ListAttachedUserPoliciesCommand)
      .resolves({ AttachedPolicies: [{ PolicyArn: 'arn:aws:iam::aws:policy/P' }] })
    iam.on(GetPolicyCommand).resolves({ Policy: { DefaultVersionId: 'v7' } })
    iam.on(GetPolicyVersionCommand, { VersionId: 'v7' }).resolves({ PolicyVersion: { Document: 'managed' } })
    iam.on(ListGroupsForUserCommand).resolves({
      Groups: [{ GroupName: 'devs', Path: '/', GroupId: 'g', Arn: 'a', CreateDate: new Date(0) }],
    })
    iam.on(ListGroupPoliciesCommand, { GroupName: 'devs' }).resolves({ PolicyNames: ['shared'] })
    iam
      .on(GetGroupPolicyCommand)
      .resolves({ GroupName: 'devs', PolicyName: 'shared', PolicyDocument: 'of the group' })
    iam.on(ListAttachedGroupPoliciesCommand).resolves({ AttachedPolicies: [] })
    const policies = await readUserPolicies(clients, 'dev')
    expect(policies.map(({ name, document }) => [name, document])).toEqual([
      ['first', 'own first'],
      ['second', 'own second'],
      ['arn:aws:iam::aws:policy/P', 'managed'],
      ['shared', 'of the group'],
    ])
  })
})

describe('the policies of a role', () => {
  it('that are all refused: always the same refusal is named, whichever comes first', async () => {
    const { clients, mocks } = await mockedClients()
    const refusal = Object.assign(new Error('no'), { name: 'AccessDenied' })
    mocks.iam.on(ListRolePoliciesCommand).callsFake(async () => {
      await new Promise((resolve) => setImmediate(resolve))
      throw refusal
    })
    mocks.iam.on(ListAttachedRolePoliciesCommand).rejects(refusal)
    await expect(readRolePolicies(clients, 'worker')).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      aws: { operation: 'ListRolePolicies' },
    })
  })
})

describe('a policy of a role that is to be written anew', () => {
  it.each([
    '{"Statement":[{"Effect":"Deny"}],"Statement":[]}',
    encodeURIComponent('{"Statement":[{"Effect":"Deny","\\u0045ffect":"Allow"}]}'),
    '[',
    'null',
    '"text"',
  ])('is not taken for %s: something of it would be lost', async (PolicyDocument) => {
    const { clients, mocks } = await mockedClients()
    mocks.iam.on(GetRolePolicyCommand).resolves({ PolicyDocument })
    await expect(
      readRolePolicy(clients, { roleArn: 'arn:aws:iam::111122223333:role/worker', policyName: 'polls' }),
    ).rejects.toThrow('The document of policy polls is no JSON object, or has a key twice.')
  })
})

describe('a queue', () => {
  const orders = queueAddress({
    partition: 'aws',
    region: 'eu-central-1',
    account: '111122223333',
    name: 'orders',
  })
  const read = async (Attributes: Record<string, string>) => {
    const { clients, mocks } = await mockedClients()
    mocks.sqs.on(GetQueueAttributesCommand).resolves({ Attributes })
    return readQueue(clients, orders)
  }

  it.each([
    ['SSE-SQS', { SqsManagedSseEnabled: 'true' }, { encryption: { kind: 'sqs-managed' } }],
    [
      'a key',
      { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'false' },
      { encryption: { kind: 'key', keyId: 'alias/aws/sqs' } },
    ],
    [
      'no encryption',
      { VisibilityTimeout: '30' },
      { encryption: { kind: 'none' }, policy: null, redrive: null },
    ],
    [
      'a redrive policy, its number a text',
      {
        RedrivePolicy:
          '{"deadLetterTargetArn":"arn:aws:sqs:eu-central-1:111122223333:dead","maxReceiveCount":"3"}',
      },
      { redrive: { deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:dead', maxReceiveCount: 3 } },
    ],
    ['a redrive policy that is damaged', { RedrivePolicy: '{"deadLetter' }, { redrive: null }],
    [
      'a redrive policy whose number is none',
      { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:x:y:dead","maxReceiveCount":"often"}' },
      { redrive: null },
    ],
    [
      'counters',
      { ApproximateNumberOfMessages: '7', ApproximateNumberOfMessagesNotVisible: '2' },
      { messages: { visible: 7, inFlight: 2, delayed: 0 } },
    ],
  ])('with %s', async (_, attributes, wanted) => {
    expect(await read(attributes)).toMatchObject(wanted)
  })

  it.each(['soon', '-1', '1.5', '1e3', '30\u202e', 'NaN'])(
    'with %j for a number is no answer of SQS',
    async (text) => {
      await expect(read({ VisibilityTimeout: text })).rejects.toMatchObject({ code: 'ENDPOINT_NOT_AWS' })
      await expect(read({ ApproximateNumberOfMessages: text })).rejects.toThrow('without a number')
    },
  )

  it('without any attribute is no answer of SQS', async () => {
    await expect(read({})).rejects.toMatchObject({ code: 'ENDPOINT_NOT_AWS' })
  })
})

describe('the grants of a key', () => {
  it('are followed to the last page, with their constraints', async () => {
    const { clients, mocks } = await mockedClients()
    const grant = { GranteePrincipal: 'role', Operations: ['Decrypt' as const] }
    mocks.kms.on(ListGrantsCommand).resolves({ Grants: [grant], Truncated: true, NextMarker: 'm' })
    const Constraints = { EncryptionContextSubset: { 'aws:sqs:arn': 'x' } }
    mocks.kms.on(ListGrantsCommand, { Marker: 'm' }).resolves({ Grants: [{ ...grant, Constraints }] })
    expect(await readKeyGrants(clients, 'key')).toEqual([
      { granteePrincipal: 'role', operations: ['Decrypt'] },
      { granteePrincipal: 'role', operations: ['Decrypt'], encryptionContextSubset: { 'aws:sqs:arn': 'x' } },
    ])
  })
})
