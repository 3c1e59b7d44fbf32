import type { Role } from '../../aws/execution-role.js'
import { evaluate } from '../../permissions/evaluate.js'
import type { AccessRequest } from '../../permissions/request.js'
import { type Fact, known, unknown } from '../fact.js'
import type { Judgement } from '../facts.js'
import type { Rest } from './access-question.js'
import { allowAll } from './simulated-layers.js'

/**
 * What queue or key policy says of a request, as if the role's own policies allowed everything: `denied` means that no
 * change of the role would help. No call is made: the policy was read anyway.
 *
 * Whether the role has a permissions boundary counts, not what that says: a Deny with NotPrincipal then spares nobody.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function judgeResourcePolicy(
  request: AccessRequest,
  { facts, unread, ...layers }: Rest,
  role: Fact<Role>,
): Fact<Judgement> {
  const asked = { ...request, facts: { ...request.facts, ...facts } }
  const judge = (bounded: boolean) =>
    evaluate(asked, { identity: allowAll, ...(bounded ? { boundary: allowAll } : {}), ...layers })
  const isRead = role.state === 'known'
  const decision = judge(isRead && role.value.boundaryArn !== undefined)
  if (role.state === 'unknown' && judge(true).verdict !== decision.verdict) {
    return unknown(`${role.reason}, and whether the role has a permissions boundary decides`, role.permission)
  }
  const { verdict, missing, unknownClass } = decision
  if (verdict === 'unknown') {
    const hinges = missing.some((name) => /^policies:(?:resource|key|grant)$/.test(name))
    return hinges && unread !== undefined ? unread : unknown(decision.reason, undefined, unknownClass)
  }
  const evidence = decision.evidence.filter(({ layer }) => layer !== 'identity' && layer !== 'boundary')
  const reason = verdict === 'denied' ? decision.reason : 'it leaves the decision to the role’s own policies'
  return known({
    decision: { ...decision, reason, evidence },
    certainty: 'evaluated',
    assumptions: [],
  })
}
