import { createHash } from 'node:crypto'

const logActions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents']

/** Their first and still default versions: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html */
const shipped = [
  {
    name: 'AWSLambdaSQSQueueExecutionRole',
    path: '/service-role/',
    created: '2018-06-14T21:50:45Z',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', ...logActions],
  },
  {
    name: 'AWSLambdaBasicExecutionRole',
    path: '/service-role/',
    created: '2015-04-09T15:03:43Z',
    actions: logActions,
  },
  { name: 'AdministratorAccess', path: '/', created: '2015-02-06T18:39:46Z', actions: '*' },
] as const

/** The AWS managed policies that the sandbox knows. Their ARNs carry the partition and, for an account, `aws`. */
export function awsManagedPolicies(partition: string) {
  return shipped.map(({ name, path, created, actions }) => ({
    arn: `arn:${partition}:iam::aws:policy${path}${name}`,
    name,
    path,
    id: `ANPA${createHash('sha256').update(name).digest('hex').slice(0, 17).toUpperCase()}`,
    description: undefined,
    createdAt: Date.parse(created),
    defaultVersionId: 'v1',
    document: JSON.stringify(
      { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] },
      undefined,
      4,
    ),
  }))
}
