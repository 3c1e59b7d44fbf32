import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import {
  findGroup,
  findRole,
  findUser,
  type IamGroup,
  type IamRole,
  type IamUser,
  type ManagedPolicy,
} from './state.js'

export function requireRole({ world, principal }: Call, name: string): IamRole {
  return findRole(world.iam, principal.account, name) ?? refuse(`The role with name ${name} cannot be found.`)
}

export function requireUser({ world, principal }: Call, name: string): IamUser {
  return findUser(world.iam, principal.account, name) ?? refuse(`The user with name ${name} cannot be found.`)
}

export function requireGroup({ world, principal }: Call, name: string): IamGroup {
  return (
    findGroup(world.iam, principal.account, name) ?? refuse(`The group with name ${name} cannot be found.`)
  )
}

export function requirePolicy({ world }: Call, arn: string): ManagedPolicy {
  return world.iam.policies.get(arn) ?? refuse(`Policy ${arn} was not found.`)
}

/** As `requirePolicy`, in the words for a policy that is to be attached or to be a boundary. */
export function requireAttachable({ world }: Call, arn: string): void {
  if (!world.iam.policies.has(arn)) refuse(`Policy ${arn} does not exist or is not attachable.`)
}

/** ARN to ask permission for: with the path where the entity exists, without where it does not. */
export const roleArn = (call: Call, name: string) =>
  findRole(call.world.iam, call.principal.account, name)?.arn ?? iamArn(call, `role/${name}`)

export const userArn = (call: Call, name: string) =>
  findUser(call.world.iam, call.principal.account, name)?.arn ?? iamArn(call, `user/${name}`)

export const groupArn = (call: Call, name: string) =>
  findGroup(call.world.iam, call.principal.account, name)?.arn ?? iamArn(call, `group/${name}`)

export const iamArn = ({ world, principal }: Call, resource: string) =>
  `arn:${world.partition}:iam::${principal.account}:${resource}`

export const noSuchEntity = (message: string, recorded = true) =>
  new AwsFault('NoSuchEntity', message, { status: 404, recorded })

function refuse(message: string, recorded = true): never {
  throw noSuchEntity(message, recorded)
}
