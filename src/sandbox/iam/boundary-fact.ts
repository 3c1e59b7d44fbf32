import type { Call } from '../define-action.js'
import { findRole, findUser } from './state.js'

/** The condition key iam:PermissionsBoundary: who may change only bounded roles and users is held to it. */
export const roleBoundaryFact = ({ world, principal }: Call, name: string) =>
  boundaryFact(findRole(world.iam, principal.account, name)?.boundaryArn)

export const userBoundaryFact = ({ world, principal }: Call, name: string) =>
  boundaryFact(findUser(world.iam, principal.account, name)?.boundaryArn)

const boundaryFact = (arn: string | undefined): Readonly<Record<string, readonly string[]>> =>
  arn === undefined ? {} : { 'iam:PermissionsBoundary': [arn] }
