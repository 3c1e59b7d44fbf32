import { GetCallerIdentityCommand } from '@aws-sdk/client-sts'
import { parseArn } from '../arn.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

/** Who calls, as STS says it. */
export interface CallerIdentity {
  readonly arn: string
  readonly account: string
  readonly partition: string
  readonly userId: string
  /** What kind of principal the ARN names; the role or user name where it has one. */
  readonly kind: 'user' | 'assumed-role' | 'federated-user' | 'root' | 'other'
  /** User name, or the name of the assumed role: the STS form of the ARN drops the role's path. */
  readonly name: string | undefined
}

/**
 * Reads who calls. GetCallerIdentity needs no permission.
 * @throws SqsTriggerError NO_CREDENTIALS, CREDENTIALS_EXPIRED or CREDENTIALS_REJECTED when nobody does.
 */
export async function readCaller(clients: Clients): Promise<CallerIdentity> {
  const call = { service: 'sts', operation: 'GetCallerIdentity' }
  const answer = await send(clients, call, () => clients.sts.send(new GetCallerIdentityCommand()))
  const arn = answer.Arn === undefined ? undefined : parseArn(answer.Arn)
  if (answer.Arn === undefined || arn === undefined || !answer.Account) {
    throw answeredWithout(clients, 'STS', 'an identity')
  }
  return {
    arn: answer.Arn,
    account: answer.Account,
    partition: arn.partition,
    userId: answer.UserId ?? '',
    ...principalIn(arn.resource),
  }
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
function principalIn(resource: string): Pick<CallerIdentity, 'kind' | 'name'> {
  if (resource === 'root') return { kind: 'root', name: undefined }
  const [kind, ...path] = resource.split('/')
  if (kind === 'user') return { kind, name: path.at(-1) }
  if (kind === 'assumed-role') return { kind, name: path[0] }
  if (kind === 'federated-user') return { kind, name: path.at(-1) }
  return { kind: 'other', name: undefined }
}
