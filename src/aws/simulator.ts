import { type EvaluationResult, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam'
import type { Clients } from './clients.js'
import { send } from './send.js'

/** What is asked of IAM's policy simulator: every action on every resource. */
export interface SimulationRequest {
  /** A user or role, never a session. */
  readonly principalArn: string
  readonly actions: readonly string[]
  /** ARNs; left out for actions that have no resource. */
  readonly resources?: readonly string[]
  readonly context: Readonly<Record<string, readonly string[]>>
  /** Policies to leave out, by their kind. Endpoints from before 2026-07-30 do not know how, and judge by all. */
  readonly without?: readonly GuardKind[]
}

/** What can refuse although the principal's own policies allow. */
export type GuardKind = 'scp' | 'permission-boundary'

/** The simulator's answer for one action on one resource. */
export interface Simulated {
  readonly action: string
  /** `*` when no resource was given. */
  readonly resource: string
  readonly decision: 'allowed' | 'explicitDeny' | 'implicitDeny'
  /** Names of the policies whose statements matched. Service control policies are never listed. */
  readonly matchedPolicies: readonly string[]
  /** Condition keys that a policy asked for and the request did not hold. Over-reported, and never those of SCPs. */
  readonly missingContext: readonly string[]
  /** undefined: the simulator did not say. */
  readonly allowedByOrganizations: boolean | undefined
  readonly allowedByBoundary: boolean | undefined
}

/**
 * Simulates identity policies, boundary and service control policies of a principal. Policies of queues, keys
 * and roles are never sent: the simulator does not apply them to roles.
 * @throws SqsTriggerError ACCESS_DENIED when the caller may not simulate, NOT_FOUND when the principal is gone,
 *   AWS_FAILED where an emulator has no simulator.
 */
export async function simulate(clients: Clients, request: SimulationRequest): Promise<readonly Simulated[]> {
  const call = { service: 'iam', operation: 'SimulatePrincipalPolicy' }
  const results: EvaluationResult[] = []
  let marker: string | undefined
  do {
    const command = new SimulatePrincipalPolicyCommand({
      PolicySourceArn: request.principalArn,
      ActionNames: [...request.actions],
      ...(request.resources === undefined ? {} : { ResourceArns: [...request.resources] }),
      ContextEntries: contextEntries(request.context),
      ...(request.without === undefined
        ? {}
        : { PolicyExclusionList: request.without.map((PolicyType) => ({ PolicyType })) }),
      ...(marker === undefined ? {} : { Marker: marker }),
    })
    const page = await send(clients, call, () => clients.iam.send(command))
    results.push(...(page.EvaluationResults ?? []))
    marker = page.IsTruncated ? page.Marker : undefined
  } while (marker !== undefined)
  return results.flatMap(readResult)
}

/**
 * Two shapes: until 2026-07-30 one result per action and resource; since then one per action, with the decisions
 * of the resources below it and a template in place of the resource's ARN. Organizations speak at the top only.
 */
function readResult(result: EvaluationResult): readonly Simulated[] {
  const action = result.EvalActionName ?? ''
  const allowedByOrganizations = result.OrganizationsDecisionDetail?.AllowedByOrganizations
  const below = result.ResourceSpecificResults ?? []
  const all = below.length === 0 ? [{ ...result, EvalResourceDecision: result.EvalDecision }] : below
  return all.flatMap((one) => {
    const decision = decisionOf(one.EvalResourceDecision)
    if (decision === undefined) return []
    return {
      action,
      resource: one.EvalResourceName ?? '*',
      decision,
      matchedPolicies: policiesOf(one.MatchedStatements),
      missingContext: one.MissingContextValues ?? [],
      allowedByOrganizations,
      allowedByBoundary: one.PermissionsBoundaryDecisionDetail?.AllowedByPermissionsBoundary,
    }
  })
}

/** A word that is not known, or none, is no answer: neither a permission nor the lack of one. */
function decisionOf(decision: string | undefined): Simulated['decision'] | undefined {
  return decisions.find((known) => known === decision)
}

const decisions = ['allowed', 'explicitDeny', 'implicitDeny'] as const

const policiesOf = (statements: EvaluationResult['MatchedStatements']) =>
  (statements ?? []).map(({ SourcePolicyId }) => SourcePolicyId ?? '').filter((name) => name !== '')

function contextEntries(context: SimulationRequest['context']) {
  return Object.entries(context).map(([ContextKeyName, values]) => ({
    ContextKeyName,
    ContextKeyType: typeOf(ContextKeyName, values),
    ContextKeyValues: [...values],
  }))
}

/** Keys that hold several values are lists even with one; `true` and `false` are asked for by Bool conditions. */
function typeOf(key: string, values: readonly string[]): 'string' | 'stringList' | 'boolean' {
  if (values.length !== 1 || /(?:TagKeys|EncryptionContextKeys|CalledVia|ServiceNamesList)$/.test(key))
    return 'stringList'
  return values[0] === 'true' || values[0] === 'false' ? 'boolean' : 'string'
}
