import { AwsFault } from '../aws-fault.js'
import type { Call, RequiredPermission } from '../define-action.js'
import { arnOf, findKey } from './find-key.js'
import type { KmsKey } from './state.js'

/** The key, or what KMS answers when there is none. Most operations take an id or ARN, some an alias too. */
export function requireKey(call: Call, reference: string, takes: 'key' | 'key or alias' = 'key'): KmsKey {
  const home = homeOf(call)
  const isAlias = /^(arn:.*:)?alias\//.test(reference)
  if (isAlias && takes === 'key') throw notFound(`Invalid keyId '${reference}'`)
  const key = findKey(call.world, reference, home)
  if (key) return key
  if (isAlias) {
    const arn = reference.startsWith('arn:') ? reference : arnOf(call.world, reference, home)
    throw notFound(`Alias ${arn} is not found.`, false)
  }
  if (reference.startsWith('arn:')) throw notFound(`Key '${reference}' does not exist`)
  const isKeyId = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(reference)
  throw notFound(
    isKeyId
      ? `Key '${arnOf(call.world, `key/${reference}`, home)}' does not exist`
      : `Invalid keyId '${reference}'`,
  )
}

/** What the caller needs for an operation on a key. A key that is not there is left to `run` to report. */
export function keyPermission(call: Call, action: string, reference: string): readonly RequiredPermission[] {
  const key = findKey(call.world, reference, homeOf(call))
  return key ? [{ action, resource: key.arn, resourceAccount: key.account }] : []
}

export const homeOf = ({ principal, region }: Call) => ({ account: principal.account, region })

/** AWS managed keys are the service's own business. */
export function refuseAwsManaged(key: KmsKey, operation: string): void {
  if (key.manager === 'AWS') {
    throw new AwsFault(
      'AccessDeniedException',
      `${operation} is not allowed on the AWS managed key ${key.arn}.`,
      {
        recorded: false,
      },
    )
  }
}

/** A key that waits for its deletion can be looked at, and no more. */
export function refusePendingDeletion(key: KmsKey): void {
  if (key.state === 'PendingDeletion') {
    throw new AwsFault('KMSInvalidStateException', `${key.arn} is pending deletion.`)
  }
}

const notFound = (message: string, recorded = true) =>
  new AwsFault('NotFoundException', message, { recorded })
