import type { Judgement, RoleAction } from './facts.js'
import { refusalOf } from './queue-policy-outcome.js'
import { type Outcome, skip, unsure } from './rule.js'

/**
 * The judgement that the role answers for. Where the policy of queue or key refuses, another rule tells that: one
 * cause, one failure. The role fails beside it only if its own side is missing too.
 */
export function ownCause(
  judgement: Judgement,
  about: { readonly action: RoleAction; readonly resource: string; readonly roleArn: string },
): Judgement | Outcome<never> {
  const { decision, otherwise } = judgement
  if (decision.verdict !== 'denied' || otherwise === undefined || otherwise.state === 'absent')
    return judgement
  const { action, resource, roleArn } = about
  const way = refusalOf(judgement)
  const isKey = action === 'kms:Decrypt'
  // Nothing else tells of a Deny in the policy of a key. What is missing beside it stands in the same judgement.
  if (isKey && way === 'denies') return judgement
  if (otherwise.state === 'unknown') {
    return unsure(otherwise.reason, {}, otherwise.permission, otherwise.class)
  }
  if (otherwise.value.decision.verdict !== 'denied') {
    const teller = isKey ? 'key-policy-omits-role' : `queue-policy-${way}-role`
    return skip(`The policy of the ${isKey ? 'key' : 'queue'} decides; ${teller} tells it.`)
  }
  const oneAccount = resource.split(':')[4] === roleArn.split(':')[4]
  // Across accounts the fix says both sides.
  if (way === 'omits' && !oneAccount) return judgement
  return {
    ...otherwise.value,
    toldElsewhere: decision.evidence.filter(({ layer }) => layer === 'resource' || layer === 'key'),
  }
}
