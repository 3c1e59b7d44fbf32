import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { roleNameOf } from '../arn.js'
import type { DeleteRolePolicy, PutRolePolicy } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import { isJsonObject } from '../json-object.js'
import { repeatedKey } from '../permissions/repeated-key.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

/**
 * Reads an inline policy of a role; null: there is none of that name.
 * @throws SqsTriggerError ACCESS_DENIED, AWS_FAILED for a document that is not JSON
 */
export async function readRolePolicy(
  clients: Clients,
  { roleArn, policyName }: Pick<PutRolePolicy, 'roleArn' | 'policyName'>,
): Promise<Readonly<Record<string, unknown>> | null> {
  const command = new GetRolePolicyCommand({ RoleName: roleNameOf(roleArn), PolicyName: policyName })
  try {
    const call = { service: 'IAM', operation: 'GetRolePolicy' }
    const answer = await send(clients, call, () => clients.iam.send(command))
    return parseDocument(answer.PolicyDocument ?? '', policyName)
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** IAM sends documents percent-encoded. */
function parseDocument(text: string, policyName: string): Readonly<Record<string, unknown>> {
  try {
    const json = text.trimStart().startsWith('%') ? decodeURIComponent(text) : text
    const document: unknown = JSON.parse(json)
    // Of a key that stands twice only the last would be written back.
    if (isJsonObject(document) && repeatedKey(json) === undefined) return document
  } catch {
    // Said below.
  }
  throw new SqsTriggerError(
    'AWS_FAILED',
    `The document of policy ${policyName} is no JSON object, or has a key twice.`,
  )
}

/**
 * Writes an inline policy of a role, over one of the same name.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function putRolePolicy(clients: Clients, change: PutRolePolicy): Promise<void> {
  const RoleName = roleNameOf(change.roleArn)
  const PolicyDocument = JSON.stringify(change.policy)
  const command = new PutRolePolicyCommand({ RoleName, PolicyName: change.policyName, PolicyDocument })
  await send(clients, { service: 'IAM', operation: 'PutRolePolicy' }, () => clients.iam.send(command))
}

/**
 * Deletes an inline policy of a role. Where the answer to the first attempt was lost and a further one finds no such
 * policy, the first has deleted it.
 * @throws SqsTriggerError ACCESS_DENIED, NOT_FOUND
 */
export async function deleteRolePolicy(clients: Clients, change: DeleteRolePolicy): Promise<void> {
  const RoleName = roleNameOf(change.roleArn)
  const command = new DeleteRolePolicyCommand({ RoleName, PolicyName: change.policyName })
  try {
    await send(clients, { service: 'IAM', operation: 'DeleteRolePolicy' }, () => clients.iam.send(command))
  } catch (error) {
    const isGone = error instanceof SqsTriggerError && error.code === 'NOT_FOUND'
    if (!isGone || (error.aws?.attempts ?? 1) === 1) throw error
  }
}
