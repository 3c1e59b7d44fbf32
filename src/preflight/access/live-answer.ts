import type { Denial } from '../../aws/denial.js'
import type { Decision, Evidence, PolicyLayer } from '../../permissions/decision.js'
import { type Fact, known } from '../fact.js'
import type { Judgement } from '../facts.js'

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
  const reply = (reason: string, ...evidence: readonly Evidence[]): Decision => ({
    verdict: 'denied',
    reason,
    evidence,
    missing: [],
  })
  if (refusal === 'without-reason') return reply('AWS just refused this call', { layer: 'live' })
  const { kind, layer, policyArn } = refusal
  const policy = policyArn === undefined ? {} : { policy: policyArn }
  const effect = kind === 'explicit' ? { effect: 'Deny' as const } : {}
  if (layer === undefined) {
    const unnamed = kind === 'explicit' ? 'it: explicit Deny, in a policy that it did not name' : 'this call'
    return reply(`AWS just refused ${unnamed}`, { layer: 'live', ...policy, ...effect })
  }
  // AWS names the layer that decided: who can mend it follows from that.
  const decided = layers.find(([pattern]) => pattern.test(layer))?.[1]
  const name = layer.endsWith('boundary') ? layer : `${layer} policy`
  const said = kind === 'explicit' ? `explicit Deny in the ${name}` : `no ${name} allows it`
  const reason = `AWS just refused it: ${said}`
  if (decided === undefined) return reply(reason, { layer: 'live', ...policy, ...effect })
  return reply(reason, { layer: 'live' }, { layer: decided, ...policy, ...effect })
}

/** The words of https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html */
const layers: readonly (readonly [words: RegExp, layer: PolicyLayer])[] = [
  [/identity-based/, 'identity'],
  [/permissions boundary/, 'boundary'],
  [/session/, 'session'],
  [/service control/, 'scp'],
  [/resource control/, 'rcp'],
  [/resource-based/, 'resource'],
  [/VPC endpoint/, 'endpoint'],
  [/trust/, 'trust'],
]
