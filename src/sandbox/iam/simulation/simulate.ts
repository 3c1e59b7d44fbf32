import type { Decision } from '../../../permissions/decision.js'
import { evaluate } from '../../../permissions/evaluate.js'
import type { PolicyLayers } from '../../../permissions/request.js'
import { knownFacts } from '../../request-facts.js'
import { missingKeys } from './context-keys.js'
import type { SimulatedPolicy, Simulation } from './simulation.js'

export type EvalDecision = 'allowed' | 'explicitDeny' | 'implicitDeny'

/** The outcome for one action on one resource (`*`: none was given). */
export interface Outcome {
  readonly action: string
  readonly resource: string
  readonly decision: EvalDecision
  /** Policy and statement (from 1) that decided. */
  readonly matched: readonly { readonly policy: SimulatedPolicy; readonly statement: number }[]
  readonly missing: readonly string[]
  /** undefined: there is no boundary. */
  readonly allowedByBoundary: boolean | undefined
  /** undefined: no organisation takes part. */
  readonly allowedByOrganizations: boolean | undefined
}

/**
 * Every action on every resource. Keys that were not given count as absent, as in the simulator of AWS, and
 * are listed for all statements of the policies, those of other actions too (boto3 issue 3111). Trust
 * policies are not looked at, nor are key policies: sts:Assume* and kms:* go by the identity alone.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_SimulatePrincipalPolicy.html
 */
export function simulate(simulation: Simulation): readonly Outcome[] {
  const resources = simulation.resources.length === 0 ? ['*'] : simulation.resources
  return simulation.actions.flatMap((action) =>
    resources.map((resource) => simulateOne(simulation, action, resource)),
  )
}

function simulateOne(simulation: Simulation, action: string, resource: string): Outcome {
  const layers = layersFor(simulation, action)
  const ask = (asked: PolicyLayers) =>
    evaluate(
      {
        principal: simulation.caller,
        action,
        resource,
        resourceAccount: simulation.resourceOwner,
        facts: { '*': { state: 'absent' }, ...knownFacts(simulation.context) },
      },
      asked,
    )
  const decision = ask(layers)
  // Alone against an identity that may do everything, a layer shows what it says itself.
  const alone = (part: Partial<PolicyLayers>) =>
    ask({ identity: everything, ...keyDelegation(simulation, action), ...part }).verdict === 'allowed'
  return {
    action,
    resource,
    decision: evalDecision(decision),
    matched: decision.evidence.flatMap(({ policy, index }) => {
      const source = shownPolicies(simulation).find(({ name }) => name === policy)
      return source && index !== undefined ? [{ policy: source, statement: index }] : []
    }),
    missing: missingKeys(shownPolicies(simulation), Object.keys(simulation.context)),
    allowedByBoundary: layers.boundary ? alone({ boundary: layers.boundary }) : undefined,
    allowedByOrganizations: layers.scps ? alone({ scps: layers.scps }) : undefined,
  }
}

function layersFor(simulation: Simulation, action: string): PolicyLayers {
  const { identity, boundary, scps, resourcePolicy } = simulation
  const ignoresResourcePolicy = action.toLowerCase().startsWith('sts:assume')
  return {
    identity,
    ...(boundary.length === 0 ? {} : { boundary }),
    ...(scps.length === 0 ? {} : { scps }),
    ...(resourcePolicy === undefined || ignoresResourcePolicy
      ? keyDelegation(simulation, action)
      : { resource: [resourcePolicy] }),
  }
}

/** Stands for a key policy that leaves the decision to IAM, which is all that the simulator assumes of a key. */
function keyDelegation({ caller }: Simulation, action: string): Pick<PolicyLayers, 'resource'> {
  if (!action.toLowerCase().startsWith('kms:')) return {}
  const document = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { AWS: caller.account }, Action: 'kms:*', Resource: '*' }],
  }
  return { resource: [{ name: 'key policy', document }] }
}

const everything = [
  {
    name: 'everything',
    document: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] },
  },
]

/**
 * Policies whose statements and context keys an answer names: identity-based and resource-based ones only, as
 * EvaluationResult is documented. A condition of a boundary or of an organisation shows nowhere.
 */
const shownPolicies = ({ identity, resourcePolicy }: Simulation) => [
  ...identity,
  ...(resourcePolicy === undefined ? [] : [resourcePolicy]),
]

function evalDecision({ verdict, evidence }: Decision): EvalDecision {
  if (verdict === 'allowed') return 'allowed'
  return evidence.some(({ effect }) => effect === 'Deny') && verdict === 'denied'
    ? 'explicitDeny'
    : 'implicitDeny'
}
