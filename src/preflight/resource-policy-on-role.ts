import { evaluate } from '../permissions/evaluate.js'
import type { AccessRequest } from '../permissions/request.js'
import type { Rest } from './access-question.js'
import { type Fact, known, unknown } from './fact.js'
import type { Judgement } from './facts.js'
import { allowAll } from './simulated-layers.js'

/**
 * What queue or key policy says of a request, as if the role's own policies allowed everything: `denied` means that no
 * change of the role would help. No call is made: the policy was read anyway.
 */
export function judgeResourcePolicy(
  request: AccessRequest,
  { facts, unread, ...layers }: Rest,
): Fact<Judgement> {
  const decision = evaluate(
    { ...request, facts: { ...request.facts, ...facts } },
    { identity: allowAll, ...layers },
  )
  const { verdict, missing, unknownClass } = decision
  if (verdict === 'unknown') {
    const hinges = missing.some((name) => /^policies:(?:resource|key|grant)$/.test(name))
    return hinges && unread !== undefined ? unread : unknown(decision.reason, undefined, unknownClass)
  }
  const evidence = decision.evidence.filter(({ layer }) => layer !== 'identity')
  const reason = verdict === 'denied' ? decision.reason : 'it leaves the decision to the role’s own policies'
  return known({
    decision: { ...decision, reason, evidence },
    certainty: 'evaluated',
    assumptions: [],
  })
}
