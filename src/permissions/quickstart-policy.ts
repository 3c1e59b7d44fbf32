import type { CallerPolicyJson, CallerStatement } from './caller-policy.js'

/** Where the stacks are made; `*` stands for any. */
export interface QuickstartScope {
  readonly partition: string
  readonly region: string
  readonly account: string
  /** Name of the stack: what CloudFormation makes for it has a name that begins so. */
  readonly name: string
}

/**
 * What `quickstart` and `quickstart --delete` need, and nothing beyond the resources of that stack: CloudFormation works
 * with the rights of whoever asks. Which they are stands as `handlers` in the schema of each resource type.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/resource-type-schemas.html
 */
export function quickstartPolicy({ partition, region, account, name }: QuickstartScope): CallerPolicyJson {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`
  const role = `arn:${partition}:iam::${account}:role/${name}-*`
  const mappings = arn('lambda', 'event-source-mapping:*')
  const toFunction = { ArnLike: { 'lambda:FunctionArn': arn('lambda', `function:${name}-*`) } }
  const toLambda = { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } }
  return {
    Version: '2012-10-17',
    Statement: [
      allow('Stack', 'cloudformation', stackActions, arn('cloudformation', `stack/${name}/*`)),
      allow('Queues', 'sqs', queueActions, arn('sqs', `${name}-*`)),
      allow('Role', 'iam', roleActions, role),
      allow('PassRole', 'iam', ['PassRole'], role, toLambda),
      allow('Function', 'lambda', functionActions, arn('lambda', `function:${name}-*`)),
      allow('Mapping', 'lambda', ['CreateEventSourceMapping'], '*', toFunction),
      allow('Mappings', 'lambda', mappingActions, mappings),
      allow('ListMappings', 'lambda', ['ListEventSourceMappings'], '*'),
      allow('Log', 'logs', logActions, arn('logs', `log-group:${name}-*`)),
      allow('ListLogs', 'logs', ['DescribeLogGroups'], '*'),
    ],
  }
}

const stackActions = [
  'CreateStack',
  'DeleteStack',
  'DescribeStackEvents',
  'DescribeStackResources',
  'DescribeStacks',
]
/** The last is for the test messages. */
const queueActions = [
  'CreateQueue',
  'DeleteQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListQueueTags',
  'TagQueue',
  'SendMessage',
]
const roleActions = [
  'CreateRole',
  'DeleteRole',
  'DeleteRolePolicy',
  'GetRole',
  'GetRolePolicy',
  'ListAttachedRolePolicies',
  'ListRolePolicies',
  'PutRolePolicy',
]
/** The last is for the proof. */
const functionActions = [
  'CreateFunction',
  'DeleteFunction',
  'GetFunction',
  'GetFunctionCodeSigningConfig',
  'GetFunctionRecursionConfig',
  'GetRuntimeManagementConfig',
  'ListTags',
  'TagResource',
  'GetFunctionConfiguration',
]
const mappingActions = ['DeleteEventSourceMapping', 'GetEventSourceMapping', 'ListTags', 'TagResource']
/** The last is for the proof. */
const logActions = [
  'CreateLogGroup',
  'DeleteLogGroup',
  'ListTagsForResource',
  'PutRetentionPolicy',
  'TagResource',
  'FilterLogEvents',
]

function allow(
  Sid: string,
  service: string,
  actions: readonly string[],
  Resource: string,
  condition?: CallerStatement['Condition'],
): CallerStatement {
  return {
    Sid: `Quickstart${Sid}`,
    Effect: 'Allow',
    Action: actions.map((action) => `${service}:${action}`),
    Resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}
