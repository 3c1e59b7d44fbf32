import type { Judgement } from './facts.js'
import { bad, type Grounds, good, type Outcome } from './rule.js'

/** A permission that is missing, as rules and fixes need it. */
export interface MissingPermission {
  readonly actions: readonly string[]
  readonly resource: string
  /** Of the first action that is denied. */
  readonly judgement: Judgement
}

/** One judgement as an outcome; several make one outcome, bad as soon as one is denied. */
export function permissionOutcome(
  judged: readonly (readonly [action: string, judgement: Judgement])[],
  resource: string,
  allowed: string,
): Outcome<MissingPermission> {
  const denied = judged.filter(([, { decision }]) => decision.verdict === 'denied')
  const [first] = denied
  if (first !== undefined) {
    const actions = denied.map(([action]) => action)
    return bad({ actions, resource, judgement: first[1] }, groundsOf(first[1]))
  }
  const [, judgement] = judged[0] ?? []
  return good(
    judgement && grantedByResourceAlone(judgement)
      ? `${allowed} Only the policy of the resource says so; whether AWS's own check at creation counts that is not documented.`
      : allowed,
    judgement ? groundsOf(judgement) : {},
  )
}

/** How a judgement shows in a finding. */
export function groundsOf({ decision, certainty, assumptions }: Judgement): Grounds {
  const explicit = decision.evidence.some(({ effect }) => effect === 'Deny')
  return {
    observed: decision.verdict === 'allowed' ? 'allowed' : explicit ? 'explicitDeny' : 'implicitDeny',
    expected: 'allowed',
    certainty,
    assumptions,
    evidence: decision.evidence.map(({ layer, policy, sid, index, effect }) => ({
      layer,
      policy: policy ?? null,
      sid: sid ?? null,
      effect: effect ?? null,
      ...(index === undefined ? {} : { index }),
      note: decision.reason,
    })),
  }
}

const grantedByResourceAlone = ({ decision }: Judgement) =>
  decision.verdict === 'allowed' &&
  decision.evidence.length > 0 &&
  decision.evidence.every(({ layer }) => layer === 'resource')
