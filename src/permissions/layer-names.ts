import type { PolicyLayer } from './decision.js'

/** How people call one policy of a layer. */
export const layerNames: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity policy',
  boundary: 'permissions boundary',
  session: 'session policy',
  scp: 'service control policy',
  rcp: 'resource control policy',
  resource: 'resource policy',
  key: 'key policy',
  grant: 'key grant',
  trust: 'trust policy',
  live: 'live call',
  simulator: 'IAM policy simulator',
}

/** How people call everything that a layer holds. */
export const wholeLayers: Readonly<Record<PolicyLayer, string>> = {
  identity: 'identity policies',
  boundary: 'the permissions boundary',
  session: 'session policies',
  scp: 'service control policies',
  rcp: 'resource control policies',
  resource: 'resource policies',
  key: 'the key policy',
  grant: 'the grants of the key',
  trust: 'the trust policy',
  live: 'the live call',
  simulator: 'the answer of IAM’s policy simulator',
}
