import type { KeyGrant, PolicyLayers } from '../../permissions/request.js'
import type { World } from '../world.js'
import { defaultKeyPolicy } from './key-policy.js'
import type { KmsGrant } from './state.js'

/**
 * Key policy and grants of a key; nothing for a key that is not there. An alias has no policy: its account
 * decides by IAM alone.
 */
export function keyLayers(world: World, arn: string): Pick<PolicyLayers, 'resource' | 'grants'> {
  const [, , , , account = '', resource = ''] = arn.split(':')
  if (resource.startsWith('alias/')) {
    return { resource: [{ name: 'alias', document: defaultKeyPolicy(world.partition, account) }] }
  }
  const key = world.kms.keys.get(arn)
  if (!key) return {}
  return {
    resource: [{ name: 'default', document: key.policy }],
    grants: key.grants.map(reduced),
  }
}

const reduced = ({ granteePrincipal, operations, constraints }: KmsGrant): KeyGrant => ({
  granteePrincipal,
  operations,
  ...constraints,
})

/** Condition keys that every request about a key carries. */
export function keyFacts(
  world: World,
  keyArn: string,
  callerAccount: string,
): Record<string, readonly string[]> {
  const tags = world.kms.keys.get(keyArn)?.tags ?? []
  return {
    'kms:CallerAccount': [callerAccount],
    ...Object.fromEntries([...tags].map(([name, value]) => [`aws:ResourceTag/${name}`, [value]])),
  }
}
