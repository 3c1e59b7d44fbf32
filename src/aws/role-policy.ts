import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { roleNameOf } from '../arn.js'
import type { PutRolePolicy } from '../change.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

/**
 * Writes an inline policy of a role, over one of the same name, and returns the role's name.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function putRolePolicy(clients: Clients, change: PutRolePolicy): Promise<string> {
  const RoleName = roleNameOf(change.roleArn)
  const PolicyDocument = JSON.stringify(change.policy)
  const command = new PutRolePolicyCommand({ RoleName, PolicyName: change.policyName, PolicyDocument })
  await send(clients, { service: 'IAM', operation: 'PutRolePolicy' }, () => clients.iam.send(command))
  return RoleName
}
