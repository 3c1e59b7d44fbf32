import type { Judgement } from '../facts.js'

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

export const deniedByQueue = refused('explicit Deny in the queue policy of orders, statement 1', [
  { layer: 'resource', policy: 'the queue policy of orders', index: 1, effect: 'Deny' },
])

export const omittedByQueue = refused('the queue policy does not allow it', [{ layer: 'resource' }])

export const omittedByKey = refused('the key policy does not allow it', [{ layer: 'key' }])
