import {
  CreatePolicyCommand,
  CreateRoleCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
  SimulateCustomPolicyCommand,
  SimulatePrincipalPolicyCommand,
  type SimulatePrincipalPolicyCommandInput,
} from '@aws-sdk/client-iam'
import { describe, expect, test } from 'vitest'
import { startTestSandbox } from '../support/sandbox.js'

const roleArn = 'arn:aws:iam::111122223333:role/service-role/worker-role'
const orders = 'arn:aws:sqs:us-east-1:111122223333:orders'
const invoices = 'arn:aws:sqs:us-east-1:111122223333:invoices'
const keyArn = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab'

const policy = (...statements: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements }, undefined, 2)
const allow = (Action: string | readonly string[], Resource: string, more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
})
const deny = (Action: string, Resource: string) => ({ Effect: 'Deny', Action, Resource })

type Input = Partial<SimulatePrincipalPolicyCommandInput>

/** A role with one inline policy `own`, and a simulator that asks about it. */
async function simulatorFor(
  document: string,
  options: { simulatorShape?: 'new' | 'old'; boundary?: string } = {},
) {
  const { admin } = await startTestSandbox({ simulatorShape: options.simulatorShape ?? 'new' })
  const { iam } = admin
  const RoleName = 'worker-role'
  const AssumeRolePolicyDocument = policy({
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  })
  await iam.send(new CreateRoleCommand({ RoleName, Path: '/service-role/', AssumeRolePolicyDocument }))
  await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'own', PolicyDocument: document }))
  if (options.boundary) {
    const created = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'boundary', PolicyDocument: options.boundary }),
    )
    await iam.send(
      new PutRolePermissionsBoundaryCommand({ RoleName, PermissionsBoundary: created.Policy?.Arn }),
    )
  }
  return async (input: Input) =>
    iam.send(new SimulatePrincipalPolicyCommand({ PolicySourceArn: roleArn, ActionNames: [], ...input }))
}

describe('the shape of the answer', () => {
  test('now: one result an action, the resources below it', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:*', orders)))
    const answer = await simulate({
      ActionNames: ['sqs:ReceiveMessage', 'sqs:DeleteMessage'],
      ResourceArns: [orders, invoices],
    })
    expect(answer.IsTruncated).toBe(false)
    expect(answer.EvaluationResults?.map((result) => result.EvalActionName)).toEqual([
      'sqs:ReceiveMessage',
      'sqs:DeleteMessage',
    ])
    const [receive] = answer.EvaluationResults ?? []
    expect(receive).toMatchObject({
      // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS writes it so
      EvalResourceName: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
      EvalDecision: 'implicitDeny',
      MatchedStatements: [],
    })
    const specific = receive?.ResourceSpecificResults?.map((r) => [
      r.EvalResourceName,
      r.EvalResourceDecision,
    ])
    expect(specific).toEqual([
      [orders, 'allowed'],
      [invoices, 'implicitDeny'],
    ])
    expect(receive).not.toHaveProperty('OrganizationsDecisionDetail')
    expect(receive).not.toHaveProperty('PermissionsBoundaryDecisionDetail')
  })

  test('before: one result an action and resource, all with the same decision', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:*', orders)), { simulatorShape: 'old' })
    const { EvaluationResults } = await simulate({
      ActionNames: ['sqs:ReceiveMessage'],
      ResourceArns: [orders, invoices],
    })
    const shown = EvaluationResults?.map((result) => [
      result.EvalResourceName,
      result.EvalDecision,
      result.ResourceSpecificResults?.map((specific) => specific.EvalResourceDecision),
    ])
    expect(EvaluationResults?.[0]?.OrganizationsDecisionDetail).toEqual({ AllowedByOrganizations: true })
    expect(shown).toEqual([
      [orders, 'implicitDeny', ['allowed']],
      [invoices, 'implicitDeny', ['implicitDeny']],
    ])
  })

  test.each(['new', 'old'] as const)(
    'without resources there is nothing below (%s)',
    async (simulatorShape) => {
      const simulate = await simulatorFor(policy(allow('sqs:*', '*')), { simulatorShape })
      const { EvaluationResults } = await simulate({ ActionNames: ['sqs:ListQueues'] })
      expect(EvaluationResults).toHaveLength(1)
      expect(EvaluationResults?.[0]).toMatchObject({ EvalResourceName: '*', EvalDecision: 'allowed' })
      expect(EvaluationResults?.[0]).not.toHaveProperty('ResourceSpecificResults')
    },
  )

  test('the deciding statement stands with its place in the document', async () => {
    const document = policy(allow('sqs:*', orders), deny('sqs:DeleteMessage', orders))
    const simulate = await simulatorFor(document)
    const { EvaluationResults } = await simulate({
      ActionNames: ['sqs:DeleteMessage'],
      ResourceArns: [orders],
    })
    const [statement] = EvaluationResults?.[0]?.MatchedStatements ?? []
    expect(EvaluationResults?.[0]?.EvalDecision).toBe('explicitDeny')
    expect(EvaluationResults?.[0]?.MatchedStatements).toHaveLength(1)
    expect(statement).toMatchObject({ SourcePolicyId: 'own', SourcePolicyType: 'IAM Policy' })
    const lines = document.split('\n')
    const { Line = 0, Column = 0 } = statement?.StartPosition ?? {}
    expect(lines[Line - 1]?.slice(Column - 1)).toBe('{')
    expect(lines[Line]).toContain('"Deny"')
    expect(lines[(statement?.EndPosition?.Line ?? 0) - 1]?.trim()).toBe('}')
  })

  test('results come in pages', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:*', '*')))
    const ActionNames = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
    const first = await simulate({ ActionNames, MaxItems: 2 })
    expect(first).toMatchObject({ IsTruncated: true })
    const { Marker } = first
    const rest = await simulate({ ActionNames, MaxItems: 2, ...(Marker === undefined ? {} : { Marker }) })
    expect(rest.EvaluationResults?.map((result) => result.EvalActionName)).toEqual(['sqs:GetQueueAttributes'])
    expect(rest.IsTruncated).toBe(false)
  })
})

describe('what is taken into account', () => {
  const decisionOf = async (simulate: Awaited<ReturnType<typeof simulatorFor>>, input: Input) =>
    (await simulate(input)).EvaluationResults?.[0]

  test('keys that were not given count as absent and are listed, those of other statements too', async () => {
    const viaService = { Condition: { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } } }
    const simulate = await simulatorFor(policy(allow('kms:Decrypt', '*', viaService), allow('sqs:*', '*')))
    const receive = await decisionOf(simulate, {
      ActionNames: ['sqs:ReceiveMessage'],
      ResourceArns: [orders],
    })
    expect(receive).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: ['kms:ViaService'] })
    expect(receive?.ResourceSpecificResults?.[0]?.MissingContextValues).toEqual(['kms:ViaService'])
    const decrypt = { ActionNames: ['kms:Decrypt'], ResourceArns: [keyArn] }
    expect(await decisionOf(simulate, decrypt)).toMatchObject({ EvalDecision: 'implicitDeny' })
    const ContextEntries: Input['ContextEntries'] = [
      {
        ContextKeyName: 'kms:viaservice',
        ContextKeyType: 'string',
        ContextKeyValues: ['sqs.us-east-1.amazonaws.com'],
      },
    ]
    const given = await decisionOf(simulate, { ...decrypt, ContextEntries })
    expect(given).toMatchObject({ EvalDecision: 'allowed', MissingContextValues: [] })
  })

  test('the boundary caps, and says so; it can be replaced and left out', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:*', '*')), {
      boundary: policy(allow('logs:*', '*')),
    })
    const asked = { ActionNames: ['sqs:ReceiveMessage'], ResourceArns: [orders] }
    const capped = {
      EvalDecision: 'implicitDeny',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
    }
    expect(await decisionOf(simulate, asked)).toMatchObject(capped)
    const replaced = await decisionOf(simulate, {
      ...asked,
      PermissionsBoundaryPolicyInputList: [policy(allow('sqs:*', '*'))],
    })
    expect(replaced).toMatchObject({
      EvalDecision: 'allowed',
      PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
    })
    const without = await decisionOf(simulate, {
      ...asked,
      PolicyExclusionList: [{ PolicyType: 'permission-boundary' }],
    })
    expect(without).toMatchObject({ EvalDecision: 'allowed' })
  })

  test('further policies show what a fix would bring, and policies can be left out', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:ReceiveMessage', orders)))
    const deleting = { ActionNames: ['sqs:DeleteMessage'], ResourceArns: [orders] }
    expect(await decisionOf(simulate, deleting)).toMatchObject({ EvalDecision: 'implicitDeny' })
    const fixed = await decisionOf(simulate, {
      ...deleting,
      PolicyInputList: [policy(allow('sqs:DeleteMessage', orders))],
    })
    expect(fixed).toMatchObject({
      EvalDecision: 'allowed',
      MatchedStatements: [{ SourcePolicyId: 'PolicyInputList.1' }],
    })
    const receiving = { ActionNames: ['sqs:ReceiveMessage'], ResourceArns: [orders] }
    const bare = await decisionOf(simulate, { ...receiving, PolicyExclusionList: [{ PolicyType: 'inline' }] })
    expect(bare).toMatchObject({ EvalDecision: 'implicitDeny' })
  })

  test('neither the queue’s own policy nor its account is looked at for a role', async () => {
    const simulate = await simulatorFor(policy(allow('sqs:ReceiveMessage', '*')))
    const asked = {
      ActionNames: ['sqs:ReceiveMessage'],
      ResourceArns: ['arn:aws:sqs:us-east-1:444455556666:orders'],
    }
    const denied = policy({ ...deny('sqs:*', '*'), Principal: '*' })
    expect(await decisionOf(simulate, { ...asked, ResourcePolicy: denied })).toMatchObject({
      EvalDecision: 'allowed',
    })
  })

  test('a right for a queue does not cover all queues', async () => {
    const simulate = await simulatorFor(
      policy(allow('lambda:CreateEventSourceMapping', 'arn:aws:lambda:*:*:function:worker')),
    )
    const asked = await decisionOf(simulate, { ActionNames: ['lambda:CreateEventSourceMapping'] })
    expect(asked).toMatchObject({ EvalDecision: 'implicitDeny' })
  })
})

const session = 'arn:aws:sts::111122223333:assumed-role/worker-role/s'
test.each<[string, Input, string, string | undefined, number]>([
  [
    'a session',
    { PolicySourceArn: session },
    'InvalidInput',
    `Invalid Entity Arn: ${session} does not clearly define entity type and name.`,
    400,
  ],
  [
    'a role without its path',
    { PolicySourceArn: 'arn:aws:iam::111122223333:role/worker-role' },
    'NoSuchEntity',
    undefined,
    404,
  ],
  [
    'a bare key id',
    { ResourceArns: ['alias/orders'] },
    'InvalidInput',
    'ResourceNames are not in a valid ARN format: alias/orders.',
    400,
  ],
])('refuses %s', async (_what, input, Code, message, httpStatusCode) => {
  const simulate = await simulatorFor(policy(allow('sqs:*', '*')))
  await expect(simulate({ ActionNames: ['sqs:ReceiveMessage'], ...input })).rejects.toMatchObject({
    Code,
    // Undefined: how AWS words it is not recorded.
    message: message ?? expect.any(String),
    $metadata: { httpStatusCode },
  })
})

test('SimulateCustomPolicy judges policies that belong to nobody, under organisation policies', async () => {
  const { admin } = await startTestSandbox()
  const simulate = async (scp: string) => {
    const { EvaluationResults } = await admin.iam.send(
      new SimulateCustomPolicyCommand({
        PolicyInputList: [policy(allow('sqs:*', '*'))],
        ActionNames: ['sqs:ReceiveMessage'],
        ResourceArns: [orders],
        OrderedOrganizationPolicyInputList: [{ ServiceControlPolicyInputList: [scp] }],
      }),
    )
    return EvaluationResults?.[0]
  }
  expect(await simulate(policy(allow('*', '*')))).toMatchObject({
    EvalDecision: 'allowed',
    OrganizationsDecisionDetail: { AllowedByOrganizations: true },
  })
  const blocked = await simulate(policy(allow('*', '*'), deny('sqs:*', '*')))
  expect(blocked).toMatchObject({
    EvalDecision: 'explicitDeny',
    OrganizationsDecisionDetail: { AllowedByOrganizations: false },
    MatchedStatements: [],
  })
})
