import { evaluateTrust, trustFacts } from '../../permissions/trust.js'
import type { World } from '../world.js'
import { roleSeenByServices } from './role-lag.js'

/** Can Lambda take on the function's role? False for a role that is gone. */
export function lambdaMayAssume(
  world: World,
  { functionArn, roleArn }: { readonly functionArn: string; readonly roleArn: string },
): boolean {
  const role = roleSeenByServices(world, roleArn)
  if (!role) return false
  const [, , , region = '', account = ''] = functionArn.split(':')
  const policies = [{ name: 'trust policy', document: role.trustPolicy }]
  // What trustFacts leaves open, a request in the sandbox does not carry.
  const facts = {
    '*': { state: 'absent' },
    ...trustFacts({ functionArn, account, region, orgId: null }),
  } as const
  return evaluateTrust(policies, facts).verdict === 'allowed'
}
