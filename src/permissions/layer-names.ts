import type { PolicyLayer } from './decision.js'

/** How people call one policy of a layer. */
const layerNames: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'queue policy',
  key: 'key policy',
  grant: 'key grant',
  trust: 'trust policy',
  live: 'live call',
  simulator: 'IAM policy simulator',
  endpoint: 'VPC endpoint policy',
}

/** Layers of which a request meets one policy at most. */
const ofOne: ReadonlySet<PolicyLayer> = new Set<PolicyLayer>([
  'boundary',
  'session',
  'resource',
  'key',
  'trust',
  'endpoint',
])

/** One policy of a layer. Those of queues and keys have no name of their own: theirs says what they are of. */
export function namePolicy(layer: PolicyLayer, policy: string | undefined): string {
  if (policy === undefined) return oneOf(layer)
  switch (layer) {
    case 'resource':
    case 'key':
      return policy
    case 'boundary':
    case 'session':
      return `the ${layerNames[layer]} ${policy}`
    case 'trust':
      return `the trust policy of ${policy}`
    default:
      return `${layerNames[layer]} ${policy}`
  }
}

/** `the key policy`, `an identity policy` */
function oneOf(layer: PolicyLayer): string {
  const name = layerNames[layer]
  if (ofOne.has(layer)) return `the ${name}`
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`
}

/** Says of layers that nothing in them allows it. */
export function noneAllows(layers: readonly PolicyLayer[]): string {
  const names = layers.map(oneOf)
  const [first = 'a policy'] = names
  if (names.length > 1) return `neither ${names.join(' nor ')} allows it`
  return first.startsWith('the ')
    ? `${first} does not allow it`
    : `no ${first.replace(/^an? /, '')} allows it`
}

/** How people call everything that a layer holds. */
export const wholeLayers: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity policies',
  boundary: 'the permissions boundary',
  session: 'session policies',
  scp: 'service control policies',
  rcp: 'resource control policies',
  resource: 'the queue policy',
  key: 'the key policy',
  grant: 'the grants of the key',
  trust: 'the trust policy',
  live: 'the live call',
  simulator: 'the answer of IAM’s policy simulator',
  endpoint: 'the policy of the VPC endpoint',
}
