import type { SandboxPrincipal } from '../principal.js'
import { awsManagedPolicies } from './aws-managed-policies.js'

/** Policies of a user, group or role. Documents are kept as the text that was put, as IAM keeps them. */
export interface PolicyHolder {
  /** Inline policies: name → document text. */
  readonly inline: Map<string, string>
  /** ARNs of attached managed policies, in the order of attachment. */
  readonly attached: Set<string>
}

interface Entity extends PolicyHolder {
  readonly account: string
  readonly name: string
  /** Begins and ends with a slash. */
  readonly path: string
  readonly arn: string
  /** AIDA…, AGPA… or AROA…: what STS and resource policies remember. */
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export interface IamUser extends Entity {
  readonly tags: ReadonlyMap<string, string>
  /** Names of the groups that the user is in. */
  readonly groups: Set<string>
  boundaryArn: string | undefined
}

export type IamGroup = Entity

export interface IamRole extends Entity {
  tags: ReadonlyMap<string, string>
  readonly description: string | undefined
  readonly maxSessionSeconds: number
  /** Trust policy as text. */
  trustPolicy: string
  boundaryArn: string | undefined
}

export interface ManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly id: string
  readonly description: string | undefined
  readonly createdAt: number
  readonly defaultVersionId: string
  /** The default version's document, as text. */
  readonly document: string
}

export interface AccessKey {
  readonly id: string
  readonly secret: string
  /** Temporary credentials only. */
  readonly sessionToken?: string
  readonly principal: SandboxPrincipal
  /** Milliseconds since the epoch; undefined: a long-term key. */
  readonly expiresAt?: number
}

/** Everything in IAM, by ARN; access keys by id. Users, groups and roles are never renamed. */
export interface IamState {
  readonly users: Map<string, IamUser>
  readonly groups: Map<string, IamGroup>
  readonly roles: Map<string, IamRole>
  /** Managed policies, those of AWS included. */
  readonly policies: Map<string, ManagedPolicy>
  readonly accessKeys: Map<string, AccessKey>
  /** `new`: the simulator's answers since 2026-07-30; `old`: one result per action and resource. */
  readonly simulatorShape: 'new' | 'old'
  /** How long services go by what a role was, in milliseconds. */
  readonly lagMs: number
  /** What roles were, by ARN, the oldest first. Empty without a lag. */
  readonly former: Map<string, readonly FormerRole[]>
}

/** What a role was, and until when services go by it, in milliseconds since the epoch. */
interface FormerRole {
  readonly until: number
  readonly role: IamRole
}

/** IAM of a new sandbox: nobody in it, only the managed policies that AWS ships. */
export function createIamState(options: {
  readonly partition: string
  readonly simulatorShape?: 'new' | 'old'
  readonly lagMs?: number
}): IamState {
  const policies = awsManagedPolicies(options.partition)
  return {
    users: new Map(),
    groups: new Map(),
    roles: new Map(),
    policies: new Map(policies.map((policy) => [policy.arn, policy])),
    accessKeys: new Map(),
    simulatorShape: options.simulatorShape ?? 'new',
    lagMs: options.lagMs ?? 0,
    former: new Map(),
  }
}

/** The role behind an ARN with its path; undefined when there is none. */
export const roleByArn = (iam: IamState, roleArn: string): IamRole | undefined => iam.roles.get(roleArn)

/** Names are unique in an account whatever the path, and are compared without regard to case. */
export const findRole = (iam: IamState, account: string, name: string) => byName(iam.roles, account, name)
export const findUser = (iam: IamState, account: string, name: string) => byName(iam.users, account, name)
export const findGroup = (iam: IamState, account: string, name: string) => byName(iam.groups, account, name)

function byName<E extends Entity>(
  entities: ReadonlyMap<string, E>,
  account: string,
  name: string,
): E | undefined {
  const wanted = name.toLowerCase()
  for (const entity of entities.values()) {
    if (entity.account === account && entity.name.toLowerCase() === wanted) return entity
  }
  return undefined
}
