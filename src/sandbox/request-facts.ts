import type { RequestFacts } from '../permissions/request.js'
import type { SandboxPrincipal } from './principal.js'
import type { World } from './world.js'

/**
 * The condition keys of one request. The sandbox sees the whole request, so a key that it does not set is
 * absent (the entry `*`), never unknown.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export function factsOf(
  world: World,
  principal: SandboxPrincipal,
  region: string,
  further: Readonly<Record<string, readonly string[]>>,
): RequestFacts {
  const now = new Date(world.clock.now())
  const values: Readonly<Record<string, readonly string[]>> = {
    'aws:PrincipalArn': [principal.kind === 'assumed-role' ? principal.roleArn : principal.arn],
    'aws:PrincipalAccount': [principal.account],
    'aws:PrincipalType': [principalTypes[principal.kind]],
    'aws:PrincipalIsAWSService': ['false'],
    'aws:userid': [principal.userId],
    'aws:RequestedRegion': [region],
    // Policies demand TLS of AWS; the loopback connection stands in for it.
    'aws:SecureTransport': ['true'],
    'aws:SourceIp': ['127.0.0.1'],
    'aws:ViaAWSService': ['false'],
    'aws:CurrentTime': [now.toISOString()],
    'aws:EpochTime': [String(Math.floor(now.getTime() / 1000))],
    ...(principal.kind === 'user' ? { 'aws:username': [principal.userName] } : {}),
    ...principalTags(world, principal),
    ...further,
  }
  return { '*': { state: 'absent' }, ...knownFacts(values) }
}

export const knownFacts = (values: Readonly<Record<string, readonly string[]>>): RequestFacts =>
  Object.fromEntries(
    Object.entries(values).map(([key, list]) => [key, { state: 'known', values: list } as const]),
  )

const principalTypes = { user: 'User', 'assumed-role': 'AssumedRole', root: 'Account' } as const

function principalTags({ iam }: World, principal: SandboxPrincipal): Record<string, readonly string[]> {
  const tags =
    principal.kind === 'user'
      ? iam.users.get(principal.arn)?.tags
      : principal.kind === 'assumed-role'
        ? iam.roles.get(principal.roleArn)?.tags
        : undefined
  return Object.fromEntries([...(tags ?? [])].map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]]))
}
