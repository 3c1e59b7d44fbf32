import type { Simulated } from '../aws/simulator.js'
import type { Decision } from '../permissions/decision.js'
import type { LayerPolicies, PolicyLayers, RequestFacts } from '../permissions/request.js'
import { indexFacts } from '../permissions/request-fact.js'

const allowAll = policy('Allow', '*')
const denyAll = policy('Deny', '*')
/** Allows something that does not exist: a layer that is there and grants nothing. */
const allowNothing = policy('Allow', 'none:None')

/**
 * The simulator's answer as policy layers, so that the evaluator joins it with queue and key policies as it joins
 * documents. undefined: the answer does not settle it.
 * - A key was missing: the verdict may turn, in either direction, once the key is there.
 * - Organizations said no although a policy matched: the simulator does not report the keys that only SCPs use,
 *   so this may be its gap and not a refusal. https://github.com/aws/aws-cli/issues/10525
 */
export function simulatedLayers(
  answer: Simulated,
  open: readonly string[],
): Pick<PolicyLayers, 'identity' | 'boundary' | 'scps'> | undefined {
  if (open.length > 0) return undefined
  if (answer.decision === 'allowed') return { identity: allowAll }
  if (answer.allowedByOrganizations === false && answer.matchedPolicies.length > 0) {
    return { identity: allowAll, scps: 'unreadable' }
  }
  if (answer.decision === 'explicitDeny') return { identity: denyAll }
  return answer.allowedByBoundary === false ? { identity: [], boundary: allowNothing } : { identity: [] }
}

/**
 * The missing keys that really leave it open. The simulator lists keys of statements for other actions too; where
 * the real request is known not to carry a key, "absent" is what the simulator should have judged by, and did.
 */
export function openKeys(answer: Simulated, facts: RequestFacts): readonly string[] {
  const fact = indexFacts(facts)
  return answer.missingContext.filter((key) => {
    const ofOtherService =
      key.toLowerCase().startsWith('kms:') && !answer.action.toLowerCase().startsWith('kms:')
    return !ofOtherService && fact(key).state !== 'absent'
  })
}

/** Whether the simulator lacked a key that we know: it can be asked again with more facts. */
export function lacksKnownKey(answer: Simulated, facts: RequestFacts): boolean {
  const fact = indexFacts(facts)
  return answer.missingContext.some((key) => fact(key).state === 'known')
}

/** Says that the simulator spoke where the evaluator saw our stand-ins. */
export function nameSimulator(decision: Decision, answer: Simulated): Decision {
  const evidence = decision.evidence.map((item) => {
    if (item.layer !== 'identity') return item
    const policy = answer.matchedPolicies.length > 0 ? { policy: answer.matchedPolicies.join(', ') } : {}
    const effect = item.effect === undefined ? {} : { effect: item.effect }
    return { layer: 'simulator' as const, ...policy, ...effect }
  })
  return { ...decision, reason: reasonOf(decision, answer), evidence }
}

function reasonOf(decision: Decision, answer: Simulated): string {
  if (decision.verdict === 'unknown') {
    return answer.allowedByOrganizations === false
      ? 'IAM’s simulator says that a service control policy refuses it, which may be a gap of the simulator'
      : decision.reason
  }
  const policies = answer.matchedPolicies.length > 0 ? ` (${answer.matchedPolicies.join(', ')})` : ''
  if (decision.evidence.some(({ layer }) => layer !== 'identity' && layer !== 'boundary')) {
    return decision.reason.replaceAll(
      /identity policy simulator(?:, statement 1)?/g,
      `identity policy${policies}`,
    )
  }
  if (decision.verdict === 'allowed') return `allowed by identity policies${policies}`
  if (answer.decision === 'explicitDeny') return `explicit Deny in an identity policy${policies}`
  return answer.allowedByBoundary === false
    ? 'the permissions boundary does not allow it'
    : 'no identity policy allows it'
}

function policy(effect: 'Allow' | 'Deny', action: string): LayerPolicies {
  const statement = { Effect: effect, Action: action, Resource: '*' }
  return [{ name: 'simulator', document: { Version: '2012-10-17', Statement: [statement] } }]
}
