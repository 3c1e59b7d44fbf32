import { locateMember } from '../json-text.js'
import { resourceTemplate } from './resource-template.js'
import type { EvalDecision, Outcome } from './simulate.js'

/**
 * EvaluationResults. Since 2026-07-30 there is one result an action, named after the kind of resource, with
 * the decision on each resource below it; before, there was one a resource, all with the same decision.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_EvaluationResult.html
 */
export function evaluationResults(outcomes: readonly Outcome[], shape: 'new' | 'old') {
  const actions = [...new Set(outcomes.map(({ action }) => action))]
  return actions.flatMap((action) => {
    const ofAction = outcomes.filter((outcome) => outcome.action === action)
    if (ofAction.every(({ resource }) => resource === '*')) return [result(action, '*', ofAction, false)]
    return shape === 'new'
      ? [result(action, resourceTemplate(action), ofAction, true)]
      : ofAction.map((outcome) => ({
          // Seen in every recorded answer of that time, with and without organisation.
          OrganizationsDecisionDetail: { AllowedByOrganizations: true },
          ...result(action, outcome.resource, ofAction, true),
          ResourceSpecificResults: [specificResult(outcome)],
        }))
  })
}

function result(action: string, resource: string, outcomes: readonly Outcome[], specific: boolean) {
  const decision = mostRestrictive(outcomes)
  const deciding = outcomes.filter((outcome) => outcome.decision === decision)
  return {
    EvalActionName: action,
    EvalResourceName: resource,
    EvalDecision: decision,
    MatchedStatements: distinct(deciding.flatMap(matchedStatements)),
    MissingContextValues: [...new Set(outcomes.flatMap(({ missing }) => missing))],
    ...organizationsDetail(outcomes),
    ...boundaryDetail(outcomes),
    // Present and empty within one account; left out when all resources are meant.
    ...(specific
      ? { EvalDecisionDetails: new Map(), ResourceSpecificResults: outcomes.map(specificResult) }
      : {}),
  }
}

const specificResult = (outcome: Outcome) => ({
  EvalResourceName: outcome.resource,
  EvalResourceDecision: outcome.decision,
  MatchedStatements: matchedStatements(outcome),
  MissingContextValues: outcome.missing,
  ...boundaryDetail([outcome]),
})

const matchedStatements = ({ matched }: Outcome) =>
  matched.map(({ policy, statement }) => ({
    SourcePolicyId: policy.sourceId,
    // Outside the modelled enum, yet what AWS was seen to send.
    SourcePolicyType: 'IAM Policy',
    ...positions(policy.document, statement),
  }))

function positions(document: string, statement: number) {
  const [from, to] = locateMember(document, 'Statement')[statement - 1] ?? [0, 0]
  return { StartPosition: lineAndColumn(document, from), EndPosition: lineAndColumn(document, to) }
}

function lineAndColumn(text: string, offset: number) {
  const lines = text.slice(0, offset).split('\n')
  return { Line: lines.length, Column: (lines.at(-1)?.length ?? 0) + 1 }
}

function mostRestrictive(outcomes: readonly Outcome[]): EvalDecision {
  const order = ['explicitDeny', 'implicitDeny', 'allowed'] as const
  return order.find((decision) => outcomes.some((outcome) => outcome.decision === decision)) ?? 'implicitDeny'
}

function organizationsDetail(outcomes: readonly Outcome[]) {
  if (outcomes.every(({ allowedByOrganizations }) => allowedByOrganizations === undefined)) return {}
  const AllowedByOrganizations = outcomes.every(
    ({ allowedByOrganizations }) => allowedByOrganizations !== false,
  )
  return { OrganizationsDecisionDetail: { AllowedByOrganizations } }
}

function boundaryDetail(outcomes: readonly Outcome[]) {
  if (outcomes.every(({ allowedByBoundary }) => allowedByBoundary === undefined)) return {}
  const AllowedByPermissionsBoundary = outcomes.every(({ allowedByBoundary }) => allowedByBoundary !== false)
  return { PermissionsBoundaryDecisionDetail: { AllowedByPermissionsBoundary } }
}

const distinct = <Item>(items: readonly Item[]): readonly Item[] => [
  ...new Map(items.map((item) => [JSON.stringify(item), item])).values(),
]
