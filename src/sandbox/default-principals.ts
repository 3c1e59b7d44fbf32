import { type CallerPolicyJson, callerPolicy } from '../permissions/caller-policy.js'
import { quickstartPolicy } from '../permissions/quickstart-policy.js'
import type { IamState, IamUser } from './iam/state.js'
import { findUser } from './iam/state.js'
import { policyId, userId } from './iam/unique-id.js'
import type { World } from './world.js'

/** Fixed access key ids, so that they can be written in scripts. Secrets are never verified. */
export const wellKnownAccessKeys = {
  /** The default caller: exactly the rights of `callerPolicy`. */
  developer: 'AKIASANDBOXDEVELOPER',
  /** Exactly the rights of `quickstartPolicy`, for a stack of any name that begins as the default one does. */
  builder: 'AKIASANDBOXBUILDER',
  /** AdministratorAccess: for seeding. */
  administrator: 'AKIASANDBOXADMIN',
  /** A user without any policy. */
  nobody: 'AKIASANDBOXNOBODY',
  /** A session that is over. */
  expired: 'AKIASANDBOXEXPIRED',
} as const

/** Given to every well-known key; looks like what it is. */
export const wellKnownSecret = 'sandbox-secret-never-verified'

/** Makes the users behind the well-known keys. Names that exist already are left as they are. */
export function seedPrincipals(world: World): void {
  const { iam, partition } = world
  const developer = ensureUser(world, 'developer')
  developer.attached.add(
    createPolicy(world, 'sqs-trigger-caller', callerPolicy(world.account, '*', partition)),
  )
  const builder = ensureUser(world, 'builder')
  const stacks = { partition, region: '*', account: world.account, name: 'sqs-trigger-quickstart*' }
  builder.attached.add(createPolicy(world, 'sqs-trigger-quickstart', quickstartPolicy(stacks)))
  const administrator = ensureUser(world, 'administrator')
  administrator.attached.add(`arn:${partition}:iam::aws:policy/AdministratorAccess`)
  const nobody = ensureUser(world, 'nobody')

  giveKey(iam, wellKnownAccessKeys.developer, developer)
  giveKey(iam, wellKnownAccessKeys.builder, builder)
  giveKey(iam, wellKnownAccessKeys.administrator, administrator)
  giveKey(iam, wellKnownAccessKeys.nobody, nobody)
  giveKey(iam, wellKnownAccessKeys.expired, developer, 0)
}

/** A managed policy: as an inline policy of a user it would be larger than IAM takes (2,048 characters). */
function createPolicy(
  { iam, account, partition, clock }: World,
  name: string,
  document: CallerPolicyJson,
): string {
  const arn = `arn:${partition}:iam::${account}:policy/${name}`
  iam.policies.set(arn, {
    arn,
    name,
    path: '/',
    id: policyId(),
    description: 'What sqs-trigger needs, in this account',
    createdAt: clock.now(),
    defaultVersionId: 'v1',
    document: JSON.stringify(document),
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
