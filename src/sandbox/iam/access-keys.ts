import { randomBytes } from 'node:crypto'
import { AwsFault } from '../aws-fault.js'
import type { Service } from '../define-action.js'
import type { SandboxPrincipal } from '../principal.js'
import type { World } from '../world.js'
import type { AccessKey } from './state.js'
import { longTermKeyId, roleId, temporaryKeyId } from './unique-id.js'

/**
 * Whom an access key id stands for. Twelve digits stand for the root of that account, so that resources of
 * other accounts can be made without setting anything up.
 */
export function principalOf(world: World, accessKeyId: string): SandboxPrincipal | 'unknown' | 'expired' {
  if (/^\d{12}$/.test(accessKeyId)) return rootOf(world, accessKeyId)
  const key = world.iam.accessKeys.get(accessKeyId)
  if (!key) return 'unknown'
  if (key.expiresAt !== undefined && key.expiresAt <= world.clock.now()) return 'expired'
  return key.principal
}

/** As `principalOf`; throws what the service answers to an unknown or expired key. */
export function authenticate(world: World, service: Service, accessKeyId: string): SandboxPrincipal {
  const found = principalOf(world, accessKeyId)
  if (found === 'expired') {
    const code = speaksJson(service) ? 'ExpiredTokenException' : 'ExpiredToken'
    throw new AwsFault(code, 'The security token included in the request is expired', {
      status: 403,
      recorded: service === 'sqs',
    })
  }
  if (found === 'unknown') {
    throw speaksJson(service)
      ? new AwsFault(
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
          { status: 403, recorded: false },
        )
      : new AwsFault('InvalidClientTokenId', 'The security token included in the request is invalid', {
          status: 403,
          recorded: service !== 'iam',
        })
  }
  return found
}

/** SQS kept the code names of its query protocol when it moved to JSON. */
const speaksJson = (service: Service) =>
  service === 'lambda' || service === 'kms' || service === 'logs' || service === 'tag'

export const rootOf = (world: World, account: string): SandboxPrincipal => ({
  kind: 'root',
  account,
  arn: `arn:${world.partition}:iam::${account}:root`,
  userId: account,
})

/**
 * The principal that a session of this role is. The role need not exist any more: credentials outlive it, and
 * are then allowed nothing.
 */
export function roleSession(
  world: World,
  roleArn: string,
  sessionName: string,
  sessionPolicy?: unknown,
): SandboxPrincipal {
  const [, , , , account = '', resource = ''] = roleArn.split(':')
  const roleName = resource.split('/').at(-1) ?? ''
  const id = world.iam.roles.get(roleArn)?.id ?? roleId()
  return {
    kind: 'assumed-role',
    account,
    roleArn,
    // STS drops the path of the role: only its name is left.
    arn: `arn:${world.partition}:sts::${account}:assumed-role/${roleName}/${sessionName}`,
    userId: `${id}:${sessionName}`,
    ...(sessionPolicy === undefined ? {} : { sessionPolicy }),
  }
}

/**
 * A fresh key that names this principal: temporary, with a session token, when `seconds` is given. Handler
 * processes get theirs this way, and so does who calls AssumeRole.
 */
export function issueAccessKey(world: World, principal: SandboxPrincipal, seconds?: number): AccessKey {
  const secret = randomBytes(30).toString('base64')
  const key: AccessKey =
    seconds === undefined
      ? { id: longTermKeyId(), secret, principal }
      : {
          id: temporaryKeyId(),
          secret,
          sessionToken: randomBytes(96).toString('base64'),
          principal,
          expiresAt: world.clock.now() + seconds * 1000,
        }
  world.iam.accessKeys.set(key.id, key)
  return key
}
