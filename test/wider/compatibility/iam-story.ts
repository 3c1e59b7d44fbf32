import { people } from './iam-people.js'
import { attached, inline, PolicyArn, policy, polls } from './iam-policies.js'
import { of } from './step.js'

const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}
const role = { RoleName: 'worker-role' }

const matched = (SourcePolicyId: string) => ({
  SourcePolicyId,
  // As it was seen to come from AWS; the model has other words.
  SourcePolicyType: 'IAM Policy',
  StartPosition: { Line: 1, Column: 38 },
  EndPosition: { Line: 1, Column: 88 },
})
const otherWord = (path: string) => `${path}.SourcePolicyType is none of its words: 'IAM Policy'`

/** Every operation of IAM: a role, a user and a group get policies, are read, simulated, and lose them. */
export const iamStory = [
  ...of('iam', [
    {
      operation: 'CreatePolicy',
      input: { PolicyName: 'polls', PolicyDocument: polls, Description: 'May poll' },
      answer: {
        Policy: {
          PolicyName: 'polls',
          PolicyId: 'ANPA…',
          Arn: PolicyArn,
          Path: '/',
          DefaultVersionId: 'v1',
          AttachmentCount: 0,
          PermissionsBoundaryUsageCount: 0,
          IsAttachable: true,
          Description: 'May poll',
          CreateDate: 'TIME+0s',
          UpdateDate: 'TIME+0s',
        },
      },
    },
    {
      operation: 'GetPolicy',
      input: { PolicyArn },
      answer: {
        Policy: {
          PolicyName: 'polls',
          PolicyId: 'ANPA…',
          Arn: PolicyArn,
          Path: '/',
          DefaultVersionId: 'v1',
          AttachmentCount: 0,
          PermissionsBoundaryUsageCount: 0,
          IsAttachable: true,
          Description: 'May poll',
          CreateDate: 'TIME+0s',
          UpdateDate: 'TIME+0s',
          Tags: [],
        },
      },
    },
    {
      operation: 'GetPolicyVersion',
      input: { PolicyArn, VersionId: 'v1' },
      answer: {
        PolicyVersion: {
          Document: policy('sqs:*'),
          VersionId: 'v1',
          IsDefaultVersion: true,
          CreateDate: 'TIME+0s',
        },
      },
    },
    {
      operation: 'CreateRole',
      input: {
        ...role,
        AssumeRolePolicyDocument: JSON.stringify(trust),
        Tags: [{ Key: 'team', Value: 'shop' }],
      },
      answer: {
        Role: {
          Path: '/',
          RoleName: 'worker-role',
          RoleId: 'AROA…',
          Arn: 'arn:aws:iam::111122223333:role/worker-role',
          CreateDate: 'TIME+0s',
          AssumeRolePolicyDocument: trust,
          Tags: [{ Key: 'team', Value: 'shop' }],
        },
      },
    },
    { operation: 'UpdateAssumeRolePolicy', input: { ...role, PolicyDocument: JSON.stringify(trust) } },
    { operation: 'TagRole', input: { ...role, Tags: [{ Key: 'stage', Value: 'test' }] } },
    { operation: 'PutRolePermissionsBoundary', input: { ...role, PermissionsBoundary: PolicyArn } },
    {
      operation: 'GetRole',
      besideTheModel: [
        "GetRole.Role.PermissionsBoundary.PermissionsBoundaryType is none of its words: 'Policy'",
      ],
      input: role,
      answer: {
        Role: {
          Path: '/',
          RoleName: 'worker-role',
          RoleId: 'AROA…',
          Arn: 'arn:aws:iam::111122223333:role/worker-role',
          CreateDate: 'TIME+0s',
          AssumeRolePolicyDocument: trust,
          MaxSessionDuration: 3600,
          PermissionsBoundary: {
            PermissionsBoundaryType: 'Policy',
            PermissionsBoundaryArn: PolicyArn,
          },
          Tags: [
            { Key: 'team', Value: 'shop' },
            { Key: 'stage', Value: 'test' },
          ],
          RoleLastUsed: {},
        },
      },
    },
    {
      operation: 'ListRoles',
      answer: {
        Roles: [
          {
            Path: '/',
            RoleName: 'worker-role',
            RoleId: 'AROA…',
            Arn: 'arn:aws:iam::111122223333:role/worker-role',
            CreateDate: 'TIME+0s',
            AssumeRolePolicyDocument: trust,
            MaxSessionDuration: 3600,
          },
        ],
        IsTruncated: false,
      },
    },
    { operation: 'AttachRolePolicy', input: { ...role, PolicyArn } },
    {
      operation: 'ListAttachedRolePolicies',
      input: role,
      answer: {
        ...attached,
      },
    },
    { operation: 'PutRolePolicy', input: { ...role, ...inline, PolicyDocument: polls } },
    { operation: 'ListRolePolicies', input: role, answer: { PolicyNames: ['inline'], IsTruncated: false } },
    {
      operation: 'GetRolePolicy',
      input: { ...role, ...inline },
      answer: {
        RoleName: 'worker-role',
        PolicyName: 'inline',
        PolicyDocument: policy('sqs:*'),
      },
    },
    {
      operation: 'SimulatePrincipalPolicy',
      besideTheModel: [
        otherWord('SimulatePrincipalPolicy.EvaluationResults[].MatchedStatements[]'),
        otherWord(
          'SimulatePrincipalPolicy.EvaluationResults[].ResourceSpecificResults[].MatchedStatements[]',
        ),
      ],
      input: {
        PolicySourceArn: 'arn:aws:iam::111122223333:role/worker-role',
        ActionNames: ['sqs:ReceiveMessage', 'lambda:InvokeFunction'],
        ResourceArns: ['arn:aws:sqs:us-east-1:111122223333:orders'],
      },
      answer: {
        EvaluationResults: [
          {
            EvalActionName: 'sqs:ReceiveMessage',
            EvalDecision: 'allowed',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS answers with the template of the ARN
            EvalResourceName: 'arn:${Partition}:sqs:${Region}:${Account}:${QueueName}',
            MatchedStatements: [matched('inline'), matched('polls')],
            MissingContextValues: [],
            PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
            EvalDecisionDetails: {},
            ResourceSpecificResults: [
              {
                EvalResourceName: 'arn:aws:sqs:us-east-1:111122223333:orders',
                EvalResourceDecision: 'allowed',
                MatchedStatements: [matched('inline'), matched('polls')],
                MissingContextValues: [],
                PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: true },
              },
            ],
          },
          {
            EvalActionName: 'lambda:InvokeFunction',
            EvalDecision: 'implicitDeny',
            // biome-ignore lint/suspicious/noTemplateCurlyInString: AWS answers with the template of the ARN
            EvalResourceName: 'arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}',
            MatchedStatements: [],
            MissingContextValues: [],
            PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
            EvalDecisionDetails: {},
            ResourceSpecificResults: [
              {
                EvalResourceName: 'arn:aws:sqs:us-east-1:111122223333:orders',
                EvalResourceDecision: 'implicitDeny',
                MatchedStatements: [],
                MissingContextValues: [],
                PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary: false },
              },
            ],
          },
        ],
        IsTruncated: false,
      },
    },
    {
      operation: 'SimulateCustomPolicy',
      besideTheModel: [otherWord('SimulateCustomPolicy.EvaluationResults[].MatchedStatements[]')],
      input: { PolicyInputList: [polls], ActionNames: ['sqs:ReceiveMessage'] },
      answer: {
        EvaluationResults: [
          {
            EvalActionName: 'sqs:ReceiveMessage',
            EvalDecision: 'allowed',
            EvalResourceName: '*',
            MatchedStatements: [matched('PolicyInputList.1')],
            MissingContextValues: [],
          },
        ],
        IsTruncated: false,
      },
    },
  ]),
  ...people,
  ...of('iam', [
    { operation: 'DeleteRolePolicy', input: { ...role, ...inline } },
    { operation: 'DetachRolePolicy', input: { ...role, PolicyArn } },
    { operation: 'DeleteRole', input: role },
    {
      operation: 'CreatePolicy',
      input: { PolicyName: 'unused', PolicyDocument: polls },
      answer: {
        Policy: {
          PolicyName: 'unused',
          PolicyId: 'ANPA…',
          Arn: 'arn:aws:iam::111122223333:policy/unused',
          Path: '/',
          DefaultVersionId: 'v1',
          AttachmentCount: 0,
          PermissionsBoundaryUsageCount: 0,
          IsAttachable: true,
          CreateDate: 'TIME+0s',
          UpdateDate: 'TIME+0s',
        },
      },
    },
    { operation: 'DeletePolicy', input: { PolicyArn: 'arn:aws:iam::111122223333:policy/unused' } },
  ]),
]
