import type { Judgement } from './facts.js'

/** Judgements for the examples that stand in rules. */
export const granted: Judgement = {
  decision: {
    verdict: 'allowed',
    reason: 'allowed by identity policies (worker-policy)',
    evidence: [{ layer: 'simulator', policy: 'worker-policy', effect: 'Allow' }],
    missing: [],
  },
  certainty: 'simulated',
  assumptions: [],
}

export const denied: Judgement = {
  decision: {
    verdict: 'denied',
    reason: 'no identity policy allows it',
    evidence: [{ layer: 'simulator' }],
    missing: [],
  },
  certainty: 'simulated',
  assumptions: [],
}

const refused = (reason: string, evidence: Judgement['decision']['evidence']): Judgement => ({
  decision: { verdict: 'denied', reason, evidence, missing: [] },
  certainty: 'evaluated',
  assumptions: [],
})

export const deniedByQueue = refused('explicit Deny in resource policy orders queue policy, statement 1', [
  { layer: 'resource', policy: 'orders queue policy', index: 1, effect: 'Deny' },
])

export const omittedByQueue = refused('no resource policy allows it', [{ layer: 'resource' }])

export const omittedByKey = refused('no key policy allows it', [{ layer: 'key' }])
