import { queueViaService } from './via-service.js'

/** One ARN, or several. */
type Resource = string | readonly string[]

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>

export interface CallerStatement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: Resource
  readonly Condition?: Condition
}

export interface CallerPolicyJson {
  readonly Version: '2012-10-17'
  readonly Statement: readonly CallerStatement[]
}

/** What a caller's rights are to reach, as ARNs with or without wildcards. */
export interface CallerScope {
  readonly partition: string
  readonly region: string
  /** The account of the function, and so of its mappings. */
  readonly account: string
  /** Queues whose settings are read: the queue and its dead-letter queue. */
  readonly queues: Resource
  /** The queue that test messages go to. */
  readonly target: Resource
  /** With a form for aliases and versions: a policy on the bare ARN does not cover them. */
  readonly functions: Resource
  /** The functions that may be wired, where only some; aliases and versions are forms of their own. */
  readonly wiredFunctions?: readonly string[]
  readonly logGroups: Resource
  /** The execution role, and the caller's own role where it has one. */
  readonly roles: Resource
  /** The caller, where it may be a user; undefined: it is a role. */
  readonly users?: Resource | undefined
  /** Keys of the queue; undefined: it has none. */
  readonly keys?: Resource | undefined
  /** What kms:Decrypt and kms:GenerateDataKey depend on, so that the key serves nothing else. */
  readonly keyCondition?: Condition | undefined
}

/**
 * Exactly what `preflight`, `wire`, `send --prove`, `status`, `list`, `wait` and `unwire` call for what is named in
 * the scope. Creating, listing and choosing take no resource; what a caller may wire is bound by lambda:FunctionArn.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awslambda.html
 */
export function callerStatements(scope: CallerScope): readonly CallerStatement[] {
  const { partition, region, account, wiredFunctions } = scope
  const mappings = `arn:${partition}:lambda:${region}:${account}:event-source-mapping:*`
  const ofFunction = wiredFunctions && { ArnLike: { 'lambda:FunctionArn': wiredFunctions } }
  return [
    allow('CreateMappings', ['lambda:CreateEventSourceMapping'], '*', ofFunction),
    allow('ListOnlyStar', ['lambda:ListEventSourceMappings', 'lambda:ListFunctions'], '*'),
    // A mapping that is gone has no function any more: on that condition nobody could see that it is gone.
    allow('ReadMappings', ['lambda:GetEventSourceMapping'], mappings),
    allow('DeleteMappings', ['lambda:DeleteEventSourceMapping'], mappings, ofFunction),
    // Tags know nothing of the function, and a mapping has no UUID yet when it is made with tags.
    allow('TagMappings', ['lambda:ListTags', 'lambda:TagResource'], mappings),
    allow(
      'ReadFunctions',
      [
        'lambda:GetFunctionConcurrency',
        'lambda:GetFunctionConfiguration',
        'lambda:GetFunctionRecursionConfig',
      ],
      scope.functions,
    ),
    allow('ReadQueues', ['sqs:GetQueueAttributes', 'sqs:ListQueueTags'], scope.queues),
    allow('SendMessages', ['sqs:SendMessage'], scope.target),
    allow('ReadLogs', ['logs:FilterLogEvents'], scope.logGroups),
    ...permissionReads(scope),
    ...keyUses(scope),
  ]
}

/** What tells whether the execution role, and the caller, may do what they have to. */
function permissionReads({ partition, account, roles, users }: CallerScope): readonly CallerStatement[] {
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`
  return [
    allow(
      'ReadRolePermissions',
      [
        'iam:GetRole',
        'iam:GetRolePolicy',
        'iam:ListAttachedRolePolicies',
        'iam:ListRolePolicies',
        'iam:SimulatePrincipalPolicy',
      ],
      roles,
    ),
    ...(users === undefined
      ? []
      : [
          allow(
            'ReadUserPermissions',
            [
              'iam:GetUser',
              'iam:GetUserPolicy',
              'iam:ListAttachedUserPolicies',
              'iam:ListGroupsForUser',
              'iam:ListUserPolicies',
              'iam:SimulatePrincipalPolicy',
            ],
            users,
          ),
          allow(
            'ReadGroups',
            ['iam:GetGroupPolicy', 'iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies'],
            iam('group/*'),
          ),
        ]),
    allow(
      'ReadPolicies',
      ['iam:GetPolicy', 'iam:GetPolicyVersion'],
      [`arn:${partition}:iam::aws:policy/*`, iam('policy/*')],
    ),
  ]
}

function keyUses({ keys, keyCondition }: CallerScope): readonly CallerStatement[] {
  if (keys === undefined) return []
  return [
    allow('ReadKeys', ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'], keys),
    allow('SendEncrypted', ['kms:Decrypt', 'kms:GenerateDataKey'], keys, keyCondition),
  ]
}

/** What `--fix` and `rollback` change, and what they look at before. */
export interface FixScope {
  readonly roles: Resource
  /** The queue, whose settings may be mended; undefined: it is in another account, where nobody here may. */
  readonly queues?: Resource | undefined
  /** The dead-letter queue that may be made. */
  readonly newQueues?: Resource | undefined
  /** Without alias or version: tags are those of the function. */
  readonly functions: Resource
  /** The role must have this permissions boundary; undefined: whatever it has. */
  readonly boundary?: string | undefined
}

/**
 * The rights of `--fix` alone. Whoever may write the policies of a role may give it every right there is, unless a
 * permissions boundary caps it: hand this out apart from the rest, and to few.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html
 */
export function fixStatements(scope: FixScope): readonly CallerStatement[] {
  const bounded = scope.boundary === undefined ? undefined : boundedBy(scope.boundary)
  return [
    allow('FixRole', ['iam:DeleteRolePolicy', 'iam:PutRolePolicy'], scope.roles, bounded),
    ...(scope.queues === undefined ? [] : [allow('FixQueue', ['sqs:SetQueueAttributes'], scope.queues)]),
    ...(scope.newQueues === undefined
      ? []
      : [allow('FixDeadLetterQueue', ['sqs:CreateQueue', 'sqs:GetQueueAttributes'], scope.newQueues)]),
    allow('FixReadOwners', ['lambda:ListTags'], scope.functions),
    // It is asked by the name of a resource: no stack is known that could be named here.
    allow('FixReadStacks', ['cloudformation:DescribeStackResources'], '*'),
  ]
}

const boundedBy = (arn: string): Condition => ({ StringEquals: { 'iam:PermissionsBoundary': arn } })

/**
 * What every command needs, in a whole account; `region` may be `*`. Beside what `callerStatements` lists: the names to
 * choose from on a terminal, the address of a queue, changes of a mapping, the moves of dead letters, and what `--fix` writes, the one right to hold
 * back.
 */
export function callerPolicy(account: string, region: string, partition: string): CallerPolicyJson {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`
  const viaService = queueViaService(region, partition)
  const queues = arn('sqs', '*')
  const functions = arn('lambda', 'function:*')
  return {
    Version: '2012-10-17',
    Statement: [
      ...callerStatements({
        partition,
        region,
        account,
        queues,
        target: queues,
        functions,
        logGroups: arn('logs', 'log-group:*'),
        roles: iam('role/*'),
        users: iam('user/*'),
        keys: arn('kms', 'key/*'),
        keyCondition: viaService === undefined ? undefined : { StringLike: { 'kms:ViaService': viaService } },
      }),
      allow('ListQueues', ['sqs:ListQueues'], '*'),
      allow('FindQueues', ['sqs:GetQueueUrl'], queues),
      allow(
        'ChangeMappings',
        ['lambda:UntagResource', 'lambda:UpdateEventSourceMapping'],
        arn('lambda', 'event-source-mapping:*'),
      ),
      allow('WatchMoves', ['sqs:ListDeadLetterSourceQueues', 'sqs:ListMessageMoveTasks'], queues),
      ...fixStatements({ roles: iam('role/*'), queues, newQueues: queues, functions }),
    ],
  }
}

/** One statement; without a condition it has none. */
export function allow(
  Sid: string,
  Action: readonly string[],
  Resource: Resource,
  condition?: Condition,
): CallerStatement {
  return {
    Sid,
    Effect: 'Allow',
    Action,
    Resource,
    ...(condition === undefined ? {} : { Condition: condition }),
  }
}
