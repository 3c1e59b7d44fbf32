import type { Denial } from '../aws/denial.js'
import type { Decision, PolicyLayer } from '../permissions/decision.js'
import { type Fact, known } from './fact.js'
import type { Judgement } from './facts.js'

/** A read that was answered proves the permission, a refused one its lack; anything else proves nothing. */
export function live(read: Fact<unknown>): Fact<Judgement> {
  if (read.state === 'known') return known({ decision: answered, certainty: 'live', assumptions: [] })
  if (read.state === 'absent' || read.refusal === undefined) return read
  return known({ decision: refused(read.refusal), certainty: 'live', assumptions: [] })
}

const answered: Decision = {
  verdict: 'allowed',
  reason: 'AWS just answered this call',
  evidence: [{ layer: 'live' }],
  missing: [],
}

function refused(refusal: Denial | 'without-reason'): Decision {
  if (refusal === 'without-reason' || refusal.layer === undefined) {
    return {
      verdict: 'denied',
      reason: 'AWS just refused this call',
      evidence: [{ layer: 'live' }],
      missing: [],
    }
  }
  const { kind, layer, policyArn } = refusal
  const reason =
    kind === 'explicit'
      ? `AWS just refused it: explicit Deny (${layer})`
      : `AWS just refused it: no ${layer} policy allows it`
  const effect = kind === 'explicit' ? { effect: 'Deny' as const } : {}
  const policy = policyArn === undefined ? {} : { policy: policyArn }
  // AWS names the layer that decided: who can mend it follows from that.
  const decided = layers.find(([pattern]) => pattern.test(layer))?.[1]
  const by = decided === undefined ? [] : [{ layer: decided, ...policy, ...effect }]
  const live = { layer: 'live' as const, ...(by.length === 0 ? { ...policy, ...effect } : {}) }
  return { verdict: 'denied', reason, evidence: [live, ...by], missing: [] }
}

/** The words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const layers: readonly (readonly [words: RegExp, layer: PolicyLayer])[] = [
  [/identity-based/, 'identity'],
  [/permissions boundary/, 'boundary'],
  [/session/, 'session'],
  [/service control/, 'scp'],
  [/resource control/, 'rcp'],
  [/resource-based/, 'resource'],
]
