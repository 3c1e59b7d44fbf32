import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMServiceException,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { DescribeKeyCommand, GetKeyPolicyCommand, ListGrantsCommand } from '@aws-sdk/client-kms'
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { account, mockedSession } from './mocked-session.js'
import { preflight } from './preflight-world.js'

type Mocks = Awaited<ReturnType<typeof mockedSession>>['mocks']

const receive = 'role-lacks-receive-message'
const text = (Effect: string, Action: string) =>
  encodeURIComponent(
    JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect, Action, Resource: '*' }] }),
  )
const failure = (name: string) =>
  new IAMServiceException({ name, $fault: 'client', message: 'Rate exceeded', $metadata: {} })

/** A role whose one inline policy allows everything; nothing is attached. */
function readable({ iam }: Mocks): void {
  iam.on(ListRolePoliciesCommand).resolves({ PolicyNames: ['all'], IsTruncated: false })
  iam.on(ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [], IsTruncated: false })
  iam
    .on(GetRolePolicyCommand)
    .resolves({ RoleName: 'worker-role', PolicyName: 'all', PolicyDocument: text('Allow', '*') })
}

/** An answer that says less than it seems to: neither a permission nor the lack of one. */
const rows: readonly (readonly [what: string, status: string, change: (mocks: Mocks) => unknown])[] = [
  ['everything readable', 'pass', () => undefined],
  [
    'a list of policies that is none',
    'unknown',
    ({ iam }) => iam.on(ListAttachedRolePoliciesCommand).resolves({}),
  ],
  ['no list of inline policies', 'unknown', ({ iam }) => iam.on(ListRolePoliciesCommand).resolves({})],
  [
    'a list that breaks off',
    'unknown',
    ({ iam }) =>
      iam.on(ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [], IsTruncated: true }),
  ],
  [
    'a list that begins anew on every page',
    'unknown',
    ({ iam }) =>
      iam
        .on(ListAttachedRolePoliciesCommand)
        .resolves({ AttachedPolicies: [], IsTruncated: true, Marker: 'again' }),
  ],
  [
    'a Deny on the second page',
    'fail',
    ({ iam }) => {
      iam
        .on(ListRolePoliciesCommand)
        .resolves({ PolicyNames: ['all'], IsTruncated: true, Marker: 'two' })
        .on(ListRolePoliciesCommand, { Marker: 'two' })
        .resolves({ PolicyNames: ['no'], IsTruncated: false })
      iam
        .on(GetRolePolicyCommand, { PolicyName: 'no' })
        .resolves({ RoleName: 'worker-role', PolicyName: 'no', PolicyDocument: text('Deny', 'sqs:*') })
    },
  ],
  [
    'a document that is empty',
    'unknown',
    ({ iam }) =>
      iam
        .on(GetRolePolicyCommand)
        .resolves({ RoleName: 'worker-role', PolicyName: 'all', PolicyDocument: undefined }),
  ],
  [
    'a document that is cut off',
    'unknown',
    ({ iam }) =>
      iam
        .on(GetRolePolicyCommand)
        .resolves({ RoleName: 'worker-role', PolicyName: 'all', PolicyDocument: '%7B%22Version' }),
  ],
  [
    'an attached policy without a default version',
    'unknown',
    ({ iam }) => {
      const PolicyArn = `arn:aws:iam::${account}:policy/p`
      iam.on(ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [{ PolicyArn }] })
      iam.on(GetPolicyCommand).resolves({ Policy: {} })
      iam
        .on(GetPolicyVersionCommand, { VersionId: 'v1' })
        .resolves({ PolicyVersion: { Document: text('Allow', '*') } })
    },
  ],
  [
    'throttling without end',
    'unknown',
    ({ iam }) => iam.on(ListAttachedRolePoliciesCommand).rejects(failure('Throttling')),
  ],
  [
    'a policy that was listed and is gone',
    'unknown',
    ({ iam }) => iam.on(GetRolePolicyCommand).rejects(failure('NoSuchEntity')),
  ],
]

describe('the documents of the role', () => {
  it.each(rows)('%s: %s', async (_, status, change) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    readable(mocks)
    change(mocks)
    const { byRule } = await preflight(session)
    expect(byRule[receive]?.status).toBe(status)
  })
})

describe('the simulator', () => {
  const one = { EvalActionName: 'sqs:ReceiveMessage' }
  it.each<readonly [string, object]>([
    ['no results', {}],
    [
      'results for something else',
      { EvaluationResults: [{ EvalActionName: 's3:GetObject', EvalDecision: 'allowed' }] },
    ],
    ['no decision', { EvaluationResults: [one] }],
    ['a decision of a kind that is not known', { EvaluationResults: [{ ...one, EvalDecision: 'maybe' }] }],
    [
      'a decision for no resource',
      {
        EvaluationResults: [
          { ...one, EvalDecision: 'allowed', ResourceSpecificResults: [{ EvalResourceName: '*' }] },
        ],
      },
    ],
  ])('%s is no answer: the documents decide, or nothing does', async (_, answer) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    mocks.iam.on(SimulatePrincipalPolicyCommand).resolves(answer)
    expect((await preflight(session)).byRule[receive]?.status).toBe('unknown')
    readable(mocks)
    expect((await preflight(session)).byRule[receive]).toMatchObject({
      status: 'pass',
      certainty: 'evaluated',
    })
  })
})

describe('a simulator that does not know the execution role', () => {
  const gone = ({ iam }: Mocks) => iam.on(SimulatePrincipalPolicyCommand).rejects(failure('NoSuchEntity'))

  it('which GetRole shows: nothing is known of its rights', async () => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    gone(mocks)
    const { byRule } = await preflight(session)
    expect(byRule[receive]).toMatchObject({
      status: 'unknown',
      message: expect.stringContaining('IAM does not know the execution role, which it shows'),
    })
  })

  it.each(['NoSuchEntity', 'AccessDenied'])('which is gone, GetRole answering %s', async (answer) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    gone(mocks)
    mocks.iam.on(GetRoleCommand).rejects(failure(answer))
    const { byRule } = await preflight(session)
    expect([byRule['role-not-found']?.status, byRule[receive]?.status]).toEqual(['fail', 'skip'])
  })
})

describe('the key', () => {
  const Arn = `arn:aws:kms:eu-central-1:${account}:key/1`
  it.each<readonly [string, object, object]>([
    ['an empty policy', {}, { Grants: [] }],
    ['no list of grants', { Policy: '{"Version":"2012-10-17","Statement":[]}' }, {}],
    [
      'grants that break off',
      { Policy: '{"Version":"2012-10-17","Statement":[]}' },
      { Grants: [], Truncated: true },
    ],
  ])('%s', async (_, policy, grants) => {
    const { session, mocks } = await mockedSession(`arn:aws:iam::${account}:user/dev`)
    readable(mocks)
    mocks.sqs
      .on(GetQueueAttributesCommand)
      .resolves({ Attributes: { VisibilityTimeout: '30', KmsMasterKeyId: Arn } })
    const kms = mockClient(session.clients.kms)
    kms.on(DescribeKeyCommand).resolves({
      KeyMetadata: { KeyId: '1', Arn, AWSAccountId: account, KeyManager: 'CUSTOMER', KeyState: 'Enabled' },
    })
    kms.on(GetKeyPolicyCommand).resolves(policy)
    kms.on(ListGrantsCommand).resolves(grants)
    const { byRule } = await preflight(session)
    expect(['role-lacks-decrypt', 'key-policy-omits-role'].map((rule) => byRule[rule]?.status)).toEqual([
      'unknown',
      'unknown',
    ])
  })
})
