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
