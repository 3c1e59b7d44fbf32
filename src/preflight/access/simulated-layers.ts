import type { GuardKind, Simulated } from '../../aws/simulator.js'
import type { Decision } from '../../permissions/decision.js'
import type { LayerPolicies, PolicyLayers, RequestFacts } from '../../permissions/request.js'
import { indexFacts } from '../../permissions/request-fact.js'

/** The name that our own documents go by, where the simulator spoke. */
const standIn = 'simulator'
const allowsAll = { Effect: 'Allow', Action: '*', Resource: '*' } as const
export const allowAll = policy('Allow', '*')
/** With an Allow beside it: whether there is one is not known, and nothing is to be said of it. */
const denyAll = policy('Deny', '*', allowsAll)
/** Allows something that does not exist: a layer that is there and grants nothing. */
const allowNothing = policy('Allow', 'none:None')

/**
 * The simulator's answer as an identity layer, so that the evaluator joins it with queue and key policies as it joins
 * documents. undefined: it does not say what the identity policies say, because something else refused.
 * - The boundary: whether the identity policies allow the action stays untold.
 * - Organizations: the simulator does not report the keys that only service control policies use, so this may be its
 *   gap and not a refusal; and it may leave out the statements that would have allowed the action.
 *   https://github.com/aws/aws-cli/issues/10525
 */
export function simulatedLayers(answer: Simulated): Pick<PolicyLayers, 'identity'> | undefined {
  if (answer.decision === 'allowed') return { identity: allowAll }
  if (organizationRefuses(answer) || answer.allowedByBoundary === false) return undefined
  return { identity: answer.decision === 'explicitDeny' ? denyAll : [] }
}

/** What the simulator says of a boundary whose text nobody else can read. undefined: not that it refuses. */
export function boundaryRefuses(answer: Simulated): Pick<PolicyLayers, 'identity' | 'boundary'> | undefined {
  if (answer.allowedByBoundary !== false || organizationRefuses(answer)) return undefined
  if (answer.decision !== 'explicitDeny') return { identity: allowAll, boundary: allowNothing }
  // Statements of identity policies are named where they match; those of a boundary never are.
  return answer.matchedPolicies.length > 0 ? { identity: denyAll } : { identity: allowAll, boundary: denyAll }
}

/**
 * The same beside the simulator's word on the identity policies alone (`bare`). Empty: it does not refuse.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_PermissionsBoundaryDecisionDetail.html
 */
export function boundaryStandIn(answer: Simulated, bare: Simulated): Pick<PolicyLayers, 'boundary'> {
  if (answer.allowedByBoundary !== false) return {}
  const denies = answer.decision === 'explicitDeny' && bare.decision !== 'explicitDeny'
  return { boundary: denies ? denyAll : allowNothing }
}

export const organizationRefuses = ({ allowedByOrganizations }: Simulated) => allowedByOrganizations === false

/** Taken for granted where the simulator alone speaks for a boundary. */
export const unreadBoundary =
  'The permissions boundary could not be read: no condition in it turns on what IAM’s simulator was not told.'

/** What refuses beside the identity policies, as the kinds of policy that the simulator can leave out. */
export const refusingGuards = (answer: Simulated): readonly GuardKind[] => [
  ...(organizationRefuses(answer) ? (['scp'] as const) : []),
  ...(answer.allowedByBoundary === false ? (['permission-boundary'] as const) : []),
]

/** `bare`: the simulator's word without the policies of Organizations, where it gave one. */
export const organizationMayRefuse = (bare?: Simulated) =>
  `IAM’s simulator says that ${bare?.decision === 'allowed' ? 'only ' : ''}a service control policy refuses it, which may be a gap of the simulator`

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
    const effect = item.effect === undefined ? {} : { effect: item.effect }
    if (item.layer === 'boundary' && item.policy === standIn) return { layer: item.layer, ...effect }
    if (item.layer !== 'identity') return item
    const policy = answer.matchedPolicies.length > 0 ? { policy: answer.matchedPolicies.join(', ') } : {}
    return { layer: 'simulator' as const, ...policy, ...effect }
  })
  return { ...decision, reason: reasonOf(decision, answer), evidence }
}

function reasonOf(decision: Decision, answer: Simulated): string {
  if (decision.verdict === 'unknown') return decision.reason
  const policies = answer.matchedPolicies.length > 0 ? ` (${answer.matchedPolicies.join(', ')})` : ''
  if (decision.evidence.some(({ layer }) => layer !== 'identity')) {
    const alone =
      decision.verdict === 'denied' && decision.evidence.every(({ layer }) => layer === 'boundary')
    const reason = decision.reason
      .replaceAll(/identity policy simulator(?:, statement 1)?/g, `identity policy${policies}`)
      .replaceAll(/the permissions boundary simulator(?:, statement 1)?/g, 'the permissions boundary')
    return alone && answer.decision === 'allowed' ? `${reason}, though the identity policies do` : reason
  }
  if (decision.verdict === 'allowed') return `allowed by identity policies${policies}`
  return answer.decision === 'explicitDeny'
    ? `explicit Deny in an identity policy${policies}`
    : 'no identity policy allows it'
}

function policy(effect: 'Allow' | 'Deny', action: string, ...more: readonly object[]): LayerPolicies {
  const statement = { Effect: effect, Action: action, Resource: '*' }
  return [{ name: standIn, document: { Version: '2012-10-17', Statement: [statement, ...more] } }]
}
