import { roleNameOf } from '../arn.js'
import { readFunction } from '../aws/lambda-function.js'
import { readRolePolicy } from '../aws/role-policy.js'
import type { DeleteRolePolicy } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { isRolePolicyFor, rolePolicyName } from '../permissions/role-policy.js'
import { readMappings } from '../preflight/gather/read-mappings.js'
import { functionAt } from './mapping-ends.js'
import type { Revocation } from './mapping-results.js'
import type { Session } from './session.js'

/** A mapping that is gone has no UUID any more. */
type MappingEnds = Pick<Mapping, 'queueArn' | 'functionArn'> & Partial<Pick<Mapping, 'uuid'>>

/**
 * Whether the grant that `--fix` makes for a queue can go with its mapping. It goes only as it was written, and only
 * where no other mapping polls the queue with the same role. Nothing else of the role is ever looked at.
 */
export async function planRevocation(mapping: MappingEnds, session: Session): Promise<Revocation> {
  const policyName = rolePolicyName(mapping.queueArn)
  try {
    const roleArn = await roleOf(mapping.functionArn, session)
    const change: DeleteRolePolicy = {
      action: 'delete',
      type: 'role-policy',
      iamAction: 'iam:DeleteRolePolicy',
      roleArn,
      policyName,
    }
    const subject = `policy ${policyName} of role ${roleNameOf(roleArn)}`
    const policy = await readRolePolicy(session.clients, change)
    if (policy === null) return stays(`There is no ${subject}: no fix of this tool stands there.`)
    if (!isRolePolicyFor(mapping.queueArn, policy)) {
      return stays(`The ${subject} is not as this tool wrote it: somebody has changed it since.`)
    }
    const other = await pollingToo(mapping, roleArn, session)
    if (other !== null) return stays(`The ${subject} stays: ${other}`)
    return { change, previous: policy, reason: null }
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || !tolerated.includes(error.code)) throw error
    return stays(`Whether there is a policy to take away could not be read: ${error.message}`)
  }
}

const stays = (reason: string): Revocation => ({ change: null, previous: null, reason })

/** What is gone or refused is no reason not to delete the mapping. */
const tolerated: readonly string[] = ['ACCESS_DENIED', 'FUNCTION_NOT_FOUND', 'NOT_FOUND']

const roleOf = async (functionArn: string, { clients }: Session) =>
  (await readFunction(clients, functionAt(functionArn))).roleArn

/** Why the rights are needed beside this mapping; null: they are not. */
async function pollingToo(mapping: MappingEnds, roleArn: string, session: Session): Promise<string | null> {
  const read = await readMappings(session.clients, { queueArn: mapping.queueArn })
  if (read.state !== 'known') return `who else polls the queue could not be read (${read.reason}).`
  for (const { uuid, functionArn, state } of read.value) {
    if (uuid === mapping.uuid || state === 'Deleting') continue
    if ((await roleOf(functionArn, session)) === roleArn)
      return `mapping ${uuid} polls the queue with it, too.`
  }
  return null
}
