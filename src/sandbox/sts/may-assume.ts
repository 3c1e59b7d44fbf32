import type { Decision } from '../../permissions/decision.js'
import { evaluateLayer } from '../../permissions/layer.js'
import { indexFacts } from '../../permissions/request-fact.js'
import { decide, seenByPolicies } from '../authorize.js'
import type { Call } from '../define-action.js'
import type { IamRole } from '../iam/state.js'
import { factsOf } from '../request-facts.js'

/** Who stands in the way of an AssumeRole. */
export type Refusal = 'identity' | 'trust' | 'trust-deny'

/**
 * undefined: the caller may assume the role. The trust policy must name it; where it only names the account,
 * or the role is in another account, the caller's own policies must allow it too.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-basics.html
 */
export function refusalToAssume(call: Call, role: IamRole, facts: Facts): Refusal | undefined {
  const trust = judgeTrust(call, role, facts)
  if (trust.deny.value !== 'no') return 'trust-deny'
  if (trust.allow.value !== 'yes') return 'trust'
  const sameAccount = role.account === call.principal.account
  const named = trust.direct.value === 'yes' || trust.role.value === 'yes'
  const identity = judgeIdentity(call, role, facts)
  if (identity.evidence.some(({ effect }) => effect === 'Deny')) return 'identity'
  return (sameAccount && named) || identity.verdict === 'allowed' ? undefined : 'identity'
}

function judgeTrust({ world, principal, region }: Call, role: IamRole, further: Facts) {
  const facts = factsOf(world, principal, region, { 'aws:ResourceAccount': [role.account], ...further })
  const request = {
    principal: seenByPolicies(principal),
    action: 'sts:AssumeRole',
    resource: role.arn,
    facts,
  }
  return evaluateLayer('trust', [{ name: 'trust policy', document: role.trustPolicy }], {
    request,
    fact: indexFacts(facts),
  })
}

/** As if the role were the caller's own: the trust policy speaks for its account. */
function judgeIdentity({ world, principal, region }: Call, role: IamRole, facts: Facts): Decision {
  const permission = {
    action: 'sts:AssumeRole',
    resource: role.arn,
    resourceAccount: principal.account,
    facts: { 'aws:ResourceAccount': [role.account], ...facts },
  }
  return decide(world, principal, permission, region)
}

type Facts = Readonly<Record<string, readonly string[]>>
