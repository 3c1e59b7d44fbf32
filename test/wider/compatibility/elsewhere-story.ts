import { queueSeed } from '../../../src/sandbox/seeds.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { startOfTime } from '../../support/sandbox.js'
import { of } from './step.js'

const times = { StartTime: new Date(startOfTime - 600_000), EndTime: new Date(startOfTime + 900_000) }
const sent = {
  Namespace: 'AWS/SQS',
  MetricName: 'NumberOfMessagesSent',
  Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
}
const template = {
  Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'made' } } },
  Outputs: { Url: { Value: { Ref: 'Queue' }, Description: 'Where to send' } },
}
const StackName = 'first'

const makeVisitor = ({ seed }: Sandbox) =>
  seed([
    {
      service: 'iam',
      operation: 'CreateRole',
      input: {
        RoleName: 'visitor',
        AssumeRolePolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { AWS: '111122223333' }, Action: 'sts:AssumeRole' }],
        }),
      },
    },
  ])

const sendOne = ({ seed, endpoint }: Sandbox) =>
  seed([
    queueSeed({ name: 'orders' }),
    {
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: `${endpoint}/111122223333/orders`, MessageBody: 'x' },
    },
  ])

/** The services of which the sandbox knows a few operations: STS, CloudWatch, CloudFormation. */
export const elsewhereStory = [
  ...of('sts', [
    {
      operation: 'GetCallerIdentity',
      answer: {
        UserId: 'AIDA…',
        Account: '111122223333',
        Arn: 'arn:aws:iam::111122223333:user/administrator',
      },
    },
    {
      operation: 'AssumeRole',
      prepare: makeVisitor,
      input: { RoleArn: 'arn:aws:iam::111122223333:role/visitor', RoleSessionName: 'me' },
      answer: {
        Credentials: {
          AccessKeyId: 'ASIA…',
          SecretAccessKey: 'TOKEN',
          SessionToken: 'TOKEN',
          Expiration: 'TIME+3600s',
        },
        AssumedRoleUser: {
          AssumedRoleId: 'AROA…:me',
          Arn: 'arn:aws:sts::111122223333:assumed-role/visitor/me',
        },
      },
    },
  ]),
  ...of('cloudwatch', [
    {
      prepare: sendOne,
      later: 1000,
      operation: 'GetMetricStatistics',
      input: { ...sent, ...times, Period: 300, Statistics: ['Sum', 'Maximum'] },
      answer: { Label: 'NumberOfMessagesSent', Datapoints: [] },
    },
    {
      later: 300_000,
      operation: 'GetMetricData',
      input: {
        ...times,
        MetricDataQueries: [{ Id: 'sent', MetricStat: { Metric: sent, Period: 300, Stat: 'Sum' } }],
      },
      answer: {
        MetricDataResults: [
          {
            Id: 'sent',
            Label: 'NumberOfMessagesSent',
            Timestamps: ['TIME+0s'],
            Values: [1],
            StatusCode: 'Complete',
          },
        ],
        Messages: [],
      },
    },
  ]),
  ...of('cloudformation', [
    {
      operation: 'CreateStack',
      input: { StackName, TemplateBody: JSON.stringify(template), Tags: [{ Key: 'team', Value: 'shop' }] },
      answer: { StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID' },
    },
    {
      operation: 'DescribeStacks',
      input: { StackName },
      later: 60_000,
      answer: {
        Stacks: [
          {
            StackName: 'first',
            CreationTime: 'TIME+301s',
            StackStatus: 'CREATE_COMPLETE',
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            RollbackConfiguration: {},
            DisableRollback: false,
            NotificationARNs: [],
            Outputs: [
              { OutputKey: 'Url', OutputValue: 'ENDPOINT/111122223333/made', Description: 'Where to send' },
            ],
            Tags: [{ Key: 'team', Value: 'shop' }],
            EnableTerminationProtection: false,
            DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
          },
        ],
      },
    },
    {
      operation: 'DescribeStackEvents',
      input: { StackName },
      answer: {
        StackEvents: [
          {
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            EventId: 'first-CREATE_COMPLETE-UUID',
            StackName: 'first',
            Timestamp: 'TIME+301s',
            LogicalResourceId: 'first',
            PhysicalResourceId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            ResourceType: 'AWS::CloudFormation::Stack',
            ResourceStatus: 'CREATE_COMPLETE',
          },
          {
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            EventId: 'Queue-CREATE_COMPLETE-UUID',
            StackName: 'first',
            Timestamp: 'TIME+301s',
            LogicalResourceId: 'Queue',
            PhysicalResourceId: 'ENDPOINT/111122223333/made',
            ResourceType: 'AWS::SQS::Queue',
            ResourceStatus: 'CREATE_COMPLETE',
          },
          {
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            EventId: 'Queue-CREATE_IN_PROGRESS-UUID',
            StackName: 'first',
            Timestamp: 'TIME+301s',
            LogicalResourceId: 'Queue',
            PhysicalResourceId: 'ENDPOINT/111122223333/made',
            ResourceType: 'AWS::SQS::Queue',
            ResourceStatus: 'CREATE_IN_PROGRESS',
            ResourceStatusReason: 'Resource creation Initiated',
          },
          {
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            EventId: 'Queue-CREATE_IN_PROGRESS-UUID',
            StackName: 'first',
            Timestamp: 'TIME+301s',
            LogicalResourceId: 'Queue',
            PhysicalResourceId: '',
            ResourceType: 'AWS::SQS::Queue',
            ResourceStatus: 'CREATE_IN_PROGRESS',
          },
          {
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            EventId: 'first-CREATE_IN_PROGRESS-UUID',
            StackName: 'first',
            Timestamp: 'TIME+301s',
            LogicalResourceId: 'first',
            PhysicalResourceId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            ResourceType: 'AWS::CloudFormation::Stack',
            ResourceStatus: 'CREATE_IN_PROGRESS',
            ResourceStatusReason: 'User Initiated',
          },
        ],
      },
    },
    {
      operation: 'DescribeStackResources',
      input: { StackName },
      answer: {
        StackResources: [
          {
            LogicalResourceId: 'Queue',
            ResourceType: 'AWS::SQS::Queue',
            Timestamp: 'TIME+301s',
            ResourceStatus: 'CREATE_COMPLETE',
            StackName: 'first',
            StackId: 'arn:aws:cloudformation:us-east-1:111122223333:stack/first/UUID',
            PhysicalResourceId: 'ENDPOINT/111122223333/made',
            DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
          },
        ],
      },
    },
  ]),
  ...of('cloudformation', [{ operation: 'DeleteStack', input: { StackName } }]),
]
