import { dnsSuffix } from './dns-suffix.js'
import type { IamState, IamUser } from './iam/state.js'
import { findUser } from './iam/state.js'
import { policyId, userId } from './iam/unique-id.js'
import type { World } from './world.js'

/** Fixed access key ids, so that they can be written in scripts. Secrets are never verified. */
export const wellKnownAccessKeys = {
  /** The default caller: exactly the rights of `callerPolicy`. */
  developer: 'AKIASANDBOXDEVELOPER',
  /** AdministratorAccess: for seeding. */
  administrator: 'AKIASANDBOXADMIN',
  /** A user without any policy. */
  nobody: 'AKIASANDBOXNOBODY',
  /** A session that is over. */
  expired: 'AKIASANDBOXEXPIRED',
} as const

/** Given to every well-known key; looks like what it is. */
export const wellKnownSecret = 'sandbox-secret-never-verified'

/**
 * What the default caller is allowed: all that the commands call, in one account, and nothing more. `region` may be `*`.
 * The README prints this document. `Fix` lets `--fix` write role policies: the one right to hold back.
 */
export function callerPolicy(account: string, region: string, partition: string) {
  const arn = (service: string, resource: string) =>
    `arn:${partition}:${service}:${region}:${account}:${resource}`
  const iam = (resource: string) => `arn:${partition}:iam::${account}:${resource}`
  const allow = (Sid: string, Action: readonly string[], Resource: string | readonly string[]) => ({
    Sid,
    Effect: 'Allow' as const,
    Action,
    Resource,
  })
  return {
    Version: '2012-10-17',
    Statement: [
      // These actions cannot be narrowed to a resource.
      allow(
        'OnlyStar',
        [
          'lambda:CreateEventSourceMapping',
          'lambda:ListEventSourceMappings',
          'lambda:ListFunctions',
          'sqs:ListQueues',
        ],
        '*',
      ),
      allow(
        'ManageMappings',
        [
          'lambda:DeleteEventSourceMapping',
          'lambda:GetEventSourceMapping',
          'lambda:ListTags',
          'lambda:TagResource',
          'lambda:UpdateEventSourceMapping',
        ],
        arn('lambda', 'event-source-mapping:*'),
      ),
      allow(
        'ReadFunctions',
        ['lambda:GetFunctionConcurrency', 'lambda:GetFunctionConfiguration'],
        arn('lambda', 'function:*'),
      ),
      allow(
        'ReadQueuesAndSend',
        ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'],
        arn('sqs', '*'),
      ),
      allow('ReadLogs', ['logs:FilterLogEvents'], arn('logs', 'log-group:*')),
      allow(
        'ReadRolePermissions',
        [
          'iam:GetRole',
          'iam:GetRolePolicy',
          'iam:ListAttachedRolePolicies',
          'iam:ListRolePolicies',
          'iam:SimulatePrincipalPolicy',
        ],
        iam('role/*'),
      ),
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
        iam('user/*'),
      ),
      allow(
        'ReadGroups',
        ['iam:GetGroupPolicy', 'iam:ListAttachedGroupPolicies', 'iam:ListGroupPolicies'],
        iam('group/*'),
      ),
      allow(
        'ReadPolicies',
        ['iam:GetPolicy', 'iam:GetPolicyVersion'],
        [`arn:${partition}:iam::aws:policy/*`, iam('policy/*')],
      ),
      allow('ReadKeys', ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'], arn('kms', 'key/*')),
      {
        ...allow('SendEncrypted', ['kms:Decrypt', 'kms:GenerateDataKey'], arn('kms', 'key/*')),
        Condition: { StringLike: { 'kms:ViaService': `sqs.${region}.${dnsSuffix(partition)}` } },
      },
      allow('Fix', ['iam:DeleteRolePolicy', 'iam:GetRolePolicy', 'iam:PutRolePolicy'], iam('role/*')),
    ],
  }
}

/** Makes the users behind the well-known keys. Names that exist already are left as they are. */
export function seedPrincipals(world: World): void {
  const { iam, partition } = world
  const developer = ensureUser(world, 'developer')
  developer.attached.add(createCallerPolicy(world))
  const administrator = ensureUser(world, 'administrator')
  administrator.attached.add(`arn:${partition}:iam::aws:policy/AdministratorAccess`)
  const nobody = ensureUser(world, 'nobody')

  giveKey(iam, wellKnownAccessKeys.developer, developer)
  giveKey(iam, wellKnownAccessKeys.administrator, administrator)
  giveKey(iam, wellKnownAccessKeys.nobody, nobody)
  giveKey(iam, wellKnownAccessKeys.expired, developer, 0)
}

/** A managed policy: as an inline policy of a user it would be larger than IAM takes (2,048 characters). */
function createCallerPolicy({ iam, account, partition, clock }: World): string {
  const name = 'sqs-trigger-caller'
  const arn = `arn:${partition}:iam::${account}:policy/${name}`
  iam.policies.set(arn, {
    arn,
    name,
    path: '/',
    id: policyId(),
    description: 'What sqs-trigger needs, in this account',
    createdAt: clock.now(),
    defaultVersionId: 'v1',
    document: JSON.stringify(callerPolicy(account, '*', partition)),
  })
  return arn
}

function ensureUser({ iam, account, partition, clock }: World, name: string): IamUser {
  const existing = findUser(iam, account, name)
  if (existing) return existing
  const user: IamUser = {
    account,
    name,
    path: '/',
    arn: `arn:${partition}:iam::${account}:user/${name}`,
    id: userId(),
    createdAt: clock.now(),
    inline: new Map(),
    attached: new Set(),
    tags: new Map(),
    groups: new Set(),
    boundaryArn: undefined,
  }
  iam.users.set(user.arn, user)
  return user
}

function giveKey(iam: IamState, id: string, user: IamUser, expiresAt?: number): void {
  iam.accessKeys.set(id, {
    id,
    secret: wellKnownSecret,
    principal: { kind: 'user', account: user.account, userName: user.name, arn: user.arn, userId: user.id },
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
}
