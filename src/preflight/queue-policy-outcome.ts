import type { Fact } from './fact.js'
import type { Judgement } from './facts.js'
import { groundsOf } from './permission-outcome.js'
import { bad, type Grounds, type Outcome, unsure } from './rule.js'

/** Calls of the role that the queue's policy refuses, and the first refusal. */
export interface RefusedByQueue {
  readonly actions: readonly string[]
  readonly judgement: Judgement
}

/**
 * The calls that the queue's policy refuses in one way: by a Deny, or by not letting the role in. One refusal is
 * certain whatever else is unknown. undefined: it refuses nothing in this way.
 */
export function queuePolicyOutcome(
  said: Readonly<Record<string, Fact<Judgement>>>,
  way: 'denies' | 'omits',
): Outcome<RefusedByQueue> | undefined {
  const refused = Object.entries(said).flatMap(([action, fact]) =>
    fact.state === 'known' && refusalOf(fact.value) === way ? [{ action, judgement: fact.value }] : [],
  )
  const [first] = refused
  if (first !== undefined) {
    const actions = refused.map(({ action }) => action)
    return bad({ actions, judgement: first.judgement }, groundsOf(first.judgement))
  }
  const open = Object.values(said).find((fact) => fact.state === 'unknown')
  return open?.state === 'unknown' ? unsure(open.reason, {}, open.permission, open.class) : undefined
}

/** A policy that was read, and judged here. */
export const asEvaluated: Grounds = { observed: 'allowed', expected: 'allowed', certainty: 'evaluated' }

/** How the policy of a queue or key refuses; undefined: it does not. */
export function refusalOf({ decision }: Judgement): 'denies' | 'omits' | undefined {
  if (decision.verdict !== 'denied') return undefined
  const denies = decision.evidence.some(
    ({ layer, effect }) => effect === 'Deny' && (layer === 'resource' || layer === 'key'),
  )
  return denies ? 'denies' : 'omits'
}
