import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMServiceException,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  SimulatePrincipalPolicyCommand,
} from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { createClients } from '../../src/aws/clients.js'
import { pollerFacts } from '../../src/permissions/poller-facts.js'
import type { PolicyHolder, Rest } from '../../src/preflight/access/access-question.js'
import { judgeAccessOf } from '../../src/preflight/access/judge-access.js'
import { known } from '../../src/preflight/fact.js'

const account = '111122223333'
export const roleArn = `arn:aws:iam::${account}:role/worker-role`
const queueArn = `arn:aws:sqs:eu-central-1:${account}:orders`
const action = 'sqs:ReceiveMessage'
const facts = pollerFacts({
  region: 'eu-central-1',
  partition: 'aws',
  roleArn,
  account,
  queueArn,
  resourceAccount: account,
})
export const allowOrders = { Effect: 'Allow', Action: action, Resource: queueArn }
export const policy = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement })

export interface Simulation {
  readonly decision: 'allowed' | 'implicitDeny' | 'explicitDeny'
  readonly matched?: string
  readonly missing?: readonly string[]
  readonly organizations?: boolean
  readonly boundary?: boolean
}

/** Judges one action with IAM answering like this; `refused` stands for AccessDenied. */
export async function judgeOne(
  iam: {
    readonly simulation: Simulation | 'refused'
    /** The answer without some kinds of policy. Default: the endpoint does not know how, and answers as before. */
    readonly unguarded?: Simulation | 'invalid'
    readonly documents?: readonly string[] | 'refused'
    readonly boundary?: string
    /** The action is only asked along with others. */
    readonly along?: true
  },
  rest: Rest = {},
) {
  const clients = await createClients({
    region: 'eu-central-1',
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mock = mockClient(clients.iam)
  const denied = new IAMServiceException({
    name: 'AccessDenied',
    $fault: 'client',
    message: 'no',
    $metadata: {},
  })
  const { simulation, unguarded, documents = 'refused', boundary } = iam
  if (simulation === 'refused') mock.on(SimulatePrincipalPolicyCommand).rejects(denied)
  else mock.on(SimulatePrincipalPolicyCommand).resolves({ EvaluationResults: [resultOf(simulation)] })
  if (unguarded !== undefined) {
    mock.on(SimulatePrincipalPolicyCommand).callsFake(({ PolicyExclusionList }) => {
      if (PolicyExclusionList === undefined && simulation !== 'refused')
        return { EvaluationResults: [resultOf(simulation)] }
      if (unguarded !== 'invalid') return { EvaluationResults: [resultOf(unguarded)] }
      throw new IAMServiceException({ name: 'InvalidInput', $fault: 'client', message: 'no', $metadata: {} })
    })
  }
  if (documents === 'refused') mock.on(ListRolePoliciesCommand).rejects(denied)
  else
    mock.on(ListRolePoliciesCommand).resolves({ PolicyNames: documents.map((_, index) => `inline-${index}`) })
  if (documents !== 'refused') {
    for (const [index, document] of documents.entries()) {
      const answer = {
        RoleName: 'worker-role',
        PolicyName: `inline-${index}`,
        PolicyDocument: encodeURIComponent(document),
      }
      mock
        .on(GetRolePolicyCommand, { RoleName: 'worker-role', PolicyName: `inline-${index}` })
        .resolves(answer)
    }
  }
  mock.on(ListAttachedRolePoliciesCommand).resolves({ AttachedPolicies: [] })
  mock.on(GetPolicyCommand).resolves({ Policy: { DefaultVersionId: 'v3' } })
  mock
    .on(GetPolicyVersionCommand, { VersionId: 'v3' })
    .resolves({ PolicyVersion: { Document: encodeURIComponent(boundary ?? '') } })
  const holder: PolicyHolder = {
    kind: 'role',
    arn: roleArn,
    name: 'worker-role',
    principal: { kind: 'assumed-role', roleArn, account },
    boundary: async () => known(boundary === undefined ? undefined : 'arn:aws:iam::111122223333:policy/cap'),
  }
  const answers = await judgeAccessOf(
    clients,
    holder,
  )({
    actions: [action] as const,
    resource: queueArn,
    facts,
    ...(iam.along ? { along: [action] as const } : {}),
    rest: Promise.resolve(rest),
  })
  return { fact: answers[action], mock }
}

function resultOf({ decision, matched, missing = [], organizations, boundary }: Simulation) {
  return {
    EvalActionName: action,
    EvalDecision: decision,
    MatchedStatements: matched === undefined ? [] : [{ SourcePolicyId: matched }],
    MissingContextValues: [...missing],
    ...(organizations === undefined
      ? {}
      : { OrganizationsDecisionDetail: { AllowedByOrganizations: organizations } }),
    ...(boundary === undefined
      ? {}
      : { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: boundary } }),
  }
}

export const queuePolicy = (effect: string, principal: unknown): Rest => ({
  resource: [
    {
      name: 'the queue policy of orders',
      document: policy({
        Sid: 'S',
        Effect: effect,
        Principal: principal,
        Action: 'sqs:*',
        Resource: queueArn,
      }),
    },
  ],
})
