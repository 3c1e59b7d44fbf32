import { type SimulatePolicyResponse, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import { createClients } from '../../src/aws/clients.js'
import { simulate } from '../../src/aws/simulator.js'

const queue = 'arn:aws:sqs:eu-central-1:111122223333:orders'
const action = 'sqs:ReceiveMessage'

/** Until 2026-07-30: one result an action and resource. As recorded, with results a resource below it. */
const before: SimulatePolicyResponse = {
  IsTruncated: false,
  EvaluationResults: [
    {
      EvalActionName: action,
      EvalResourceName: queue,
      EvalDecision: 'allowed',
      EvalDecisionDetails: {},
      MatchedStatements: [{ SourcePolicyId: 'worker-policy' }],
      MissingContextValues: [],
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      ResourceSpecificResults: [
        {
          EvalResourceName: queue,
          EvalResourceDecision: 'allowed',
          MatchedStatements: [{ SourcePolicyId: 'worker-policy' }],
          MissingContextValues: [],
        },
      ],
    },
  ],
}

/** Since then: one result an action, a template in place of the resource, the most restrictive verdict on top. */
const since: SimulatePolicyResponse = {
  IsTruncated: false,
  EvaluationResults: [
    {
      EvalActionName: action,
      EvalResourceName: `arn:\${Partition}:sqs:\${Region}:\${Account}:\${QueueName}`,
      EvalDecision: 'implicitDeny',
      MissingContextValues: ['aws:SourceIp'],
      OrganizationsDecisionDetail: { AllowedByOrganizations: false },
      ResourceSpecificResults: [
        {
          EvalResourceName: queue,
          EvalResourceDecision: 'allowed',
          MatchedStatements: [{ SourcePolicyId: 'worker-policy' }],
          MissingContextValues: [],
        },
        {
          EvalResourceName: `${queue}-other`,
          EvalResourceDecision: 'implicitDeny',
          MissingContextValues: ['aws:SourceIp'],
          PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
        },
      ],
    },
  ],
}

async function ask(...pages: readonly SimulatePolicyResponse[]) {
  const clients = await createClients({
    region: 'eu-central-1',
    env: { AWS_CONFIG_FILE: '/nowhere', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' },
  })
  const mock = mockClient(clients.iam)
  for (const [index, page] of pages.entries()) {
    mock.on(SimulatePrincipalPolicyCommand, index === 0 ? {} : { Marker: `page-${index}` }).resolves(page)
  }
  const request = {
    principalArn: 'arn:aws:iam::111122223333:role/worker',
    actions: [action],
    resources: [queue],
    context: { 'aws:SecureTransport': ['true'], 'aws:TagKeys': ['a', 'b'] },
  }
  return {
    answers: await simulate(clients, request),
    calls: mock.commandCalls(SimulatePrincipalPolicyCommand),
  }
}

describe('the simulator', () => {
  it('is understood in its old shape', async () => {
    const { answers } = await ask(before)
    expect(answers).toEqual([
      {
        action,
        resource: queue,
        decision: 'allowed',
        matchedPolicies: ['worker-policy'],
        missingContext: [],
        allowedByOrganizations: true,
        allowedByBoundary: undefined,
      },
    ])
  })

  it('is understood in its old shape without results a resource', async () => {
    const bare = before.EvaluationResults?.map((result) => ({
      ...result,
      EvalDecision: 'explicitDeny' as const,
      ResourceSpecificResults: undefined,
    }))
    const { answers } = await ask({ EvaluationResults: bare })
    expect(answers).toMatchObject([
      { resource: queue, decision: 'explicitDeny', allowedByOrganizations: true },
    ])
  })

  it('is understood in its new shape: per resource below, Organizations on top', async () => {
    const { answers } = await ask(since)
    expect(answers).toMatchObject([
      { resource: queue, decision: 'allowed', missingContext: [], allowedByOrganizations: false },
      {
        resource: `${queue}-other`,
        decision: 'implicitDeny',
        missingContext: ['aws:SourceIp'],
        allowedByBoundary: false,
      },
    ])
  })

  it('is followed to its last page', async () => {
    const { answers, calls } = await ask({ ...before, IsTruncated: true, Marker: 'page-1' }, before)
    expect(answers).toHaveLength(2)
    expect(calls).toHaveLength(2)
  })

  it('is sent the facts of the request, and never a resource policy', async () => {
    const { calls } = await ask(before)
    expect(calls[0]?.args[0].input).toEqual({
      PolicySourceArn: 'arn:aws:iam::111122223333:role/worker',
      ActionNames: [action],
      ResourceArns: [queue],
      ContextEntries: [
        { ContextKeyName: 'aws:SecureTransport', ContextKeyType: 'boolean', ContextKeyValues: ['true'] },
        { ContextKeyName: 'aws:TagKeys', ContextKeyType: 'stringList', ContextKeyValues: ['a', 'b'] },
      ],
    })
  })
})
