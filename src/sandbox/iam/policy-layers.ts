import type { NamedPolicy, PolicyLayers } from '../../permissions/request.js'
import type { SandboxPrincipal } from '../principal.js'
import type { World } from '../world.js'
import { roleSeenByServices } from './role-lag.js'
import { findGroup, type IamState, type IamUser, type PolicyHolder } from './state.js'

export type PrincipalLayers = Pick<PolicyLayers, 'identity' | 'boundary' | 'session'>

/**
 * What speaks for and against a principal wherever it goes: its own policies and those of its groups, its
 * permissions boundary, its session policy. Who is gone from IAM is left with nothing.
 */
export function layersOf(world: World, principal: SandboxPrincipal): PrincipalLayers {
  switch (principal.kind) {
    case 'user':
      return userLayers(world.iam, principal.arn)
    case 'assumed-role':
      return { ...roleLayers(world, principal.roleArn), ...sessionLayer(principal.sessionPolicy) }
    case 'root':
      return { identity: [{ name: 'root', document: allowAll }] }
  }
}

function userLayers(iam: IamState, userArn: string): PrincipalLayers {
  const user = iam.users.get(userArn)
  return user
    ? { identity: policiesOfUser(iam, user), ...boundaryLayer(iam, user.boundaryArn) }
    : { identity: [] }
}

function roleLayers(world: World, roleArn: string): PrincipalLayers {
  const { iam } = world
  const role = roleSeenByServices(world, roleArn)
  return role
    ? { identity: policiesOf(iam, role), ...boundaryLayer(iam, role.boundaryArn) }
    : { identity: [] }
}

/** A policy with where it comes from. `name` is unique over a principal; people know it as `label`. */
export interface HeldPolicy extends NamedPolicy {
  readonly document: string
  readonly kind: 'inline' | 'aws-managed' | 'user-managed'
  readonly label: string
  /** User, group or role that holds it. */
  readonly holder: string
}

/** Inline policies are named `holder/policy`, managed ones by their ARN. */
export function policiesOf(
  iam: IamState,
  holder: PolicyHolder & { readonly name: string },
): readonly HeldPolicy[] {
  return [
    ...[...holder.inline].map(([label, document]): HeldPolicy => {
      return { name: `${holder.name}/${label}`, document, kind: 'inline', label, holder: holder.name }
    }),
    ...[...holder.attached].flatMap((arn): readonly HeldPolicy[] => {
      const policy = iam.policies.get(arn)
      if (!policy) return []
      const kind = arn.includes(':iam::aws:') ? 'aws-managed' : 'user-managed'
      return [{ name: arn, document: policy.document, kind, label: policy.name, holder: holder.name }]
    }),
  ]
}

/** The policies of a user, those of its groups included. */
export function policiesOfUser(iam: IamState, user: IamUser): readonly HeldPolicy[] {
  const groups = [...user.groups].flatMap((name) => findGroup(iam, user.account, name) ?? [])
  return [user, ...groups].flatMap((holder) => policiesOf(iam, holder))
}

export const allowAll = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
} as const

function boundaryLayer(iam: IamState, arn: string | undefined): Pick<PolicyLayers, 'boundary'> {
  const policy = arn === undefined ? undefined : iam.policies.get(arn)
  return policy ? { boundary: [{ name: policy.arn, document: policy.document }] } : {}
}

const sessionLayer = (document: unknown): Pick<PolicyLayers, 'session'> =>
  document === undefined ? {} : { session: [{ name: 'session policy', document }] }
