import { GetRoleCommand, type Role as IamRole } from '@aws-sdk/client-iam'
import { parseArn } from '../arn.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

export interface Role {
  readonly arn: string
  readonly name: string
  /** Starts and ends with a slash. */
  readonly path: string
  readonly account: string
  /** Text of the trust policy, percent-encoded as IAM sends it; undefined: the endpoint did not send it. */
  readonly trustPolicy: string | undefined
  readonly boundaryArn: string | undefined
  readonly tags: Readonly<Record<string, string>>
}

/**
 * Reads a role by name. Names are unique in an account whatever the path, so this also finds the role behind an
 * STS session, whose ARN drops the path.
 * @throws SqsTriggerError NOT_FOUND, ACCESS_DENIED
 */
export async function readRole(clients: Clients, roleName: string): Promise<Role> {
  const call = { service: 'iam', operation: 'GetRole' }
  const { Role } = await send(clients, call, () =>
    clients.iam.send(new GetRoleCommand({ RoleName: roleName })),
  )
  if (!Role?.Arn || !Role.RoleName) {
    throw answeredWithout(clients, 'IAM', 'a role')
  }
  return toRole(Role, Role.Arn, Role.RoleName)
}

function toRole(role: IamRole, arn: string, name: string): Role {
  return {
    arn,
    name,
    path: role.Path ?? '/',
    account: parseArn(arn)?.account ?? '',
    trustPolicy: role.AssumeRolePolicyDocument,
    boundaryArn: role.PermissionsBoundary?.PermissionsBoundaryArn,
    tags: Object.fromEntries((role.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
  }
}
