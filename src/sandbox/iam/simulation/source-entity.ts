import { type HeldPolicy, policiesOf, policiesOfUser } from '../policy-layers.js'
import { noSuchEntity } from '../require-entity.js'
import type { IamState } from '../state.js'
import { invalidInput } from './read-request.js'
import type { Simulation } from './simulation.js'

export interface SourceEntity {
  readonly account: string
  readonly policies: readonly HeldPolicy[]
  readonly boundaryArn: string | undefined
}

/** The user, group or role behind PolicySourceArn, with all that is attached to it. */
export function sourceEntity(iam: IamState, arn: string): SourceEntity {
  const { kind, account, name } = entityName(arn)
  const user = iam.users.get(arn)
  if (user) return { account, policies: policiesOfUser(iam, user), boundaryArn: user.boundaryArn }
  const role = iam.roles.get(arn)
  if (role) return { account, policies: policiesOf(iam, role), boundaryArn: role.boundaryArn }
  const group = iam.groups.get(arn)
  if (group) return { account, policies: policiesOf(iam, group), boundaryArn: undefined }
  throw noSuchEntity(`The ${kind} with name ${name} cannot be found.`, false)
}

/** Who a simulated call comes from. A session name is not part of a simulation. */
export function callerOf(arn: string): Simulation['caller'] {
  const { kind, account } = entityName(arn)
  return kind === 'role' ? { kind: 'assumed-role', roleArn: arn, account } : { kind: 'user', arn, account }
}

/** Only ARNs of users, groups and roles are taken: the one of a session names none of them. */
function entityName(arn: string) {
  const [, account, kind, path] = /^arn:[^:]+:iam::(\d{12}):(user|group|role)\/(.+)$/.exec(arn) ?? []
  if (account === undefined || kind === undefined || path === undefined) {
    throw invalidInput(`Invalid Entity Arn: ${arn} does not clearly define entity type and name.`)
  }
  return { account, kind, name: path.split('/').at(-1) ?? path }
}
