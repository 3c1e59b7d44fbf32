import { type Answer, all, any, anyOfAll, citing, no, unknown, yes } from './answer.js'
import { matchConditions } from './condition.js'
import type { PolicyLayer } from './decision.js'
import { namePolicy } from './layer-names.js'
import type { Policy, Statement } from './policy.js'
import { parsePolicy } from './policy-document.js'
import { matchPrincipal } from './principal-match.js'
import type { AccessRequest, LayerPolicies, NamedPolicy } from './request.js'
import type { FactLookup } from './request-fact.js'
import { matchAction, matchResource } from './resource-match.js'
import { notUnderstood, policyGap, type Scope } from './scope.js'

/** A request with its facts made ready to be looked up. */
export interface Question {
  readonly request: AccessRequest
  readonly fact: FactLookup
  /** Whether the user or role has a permissions boundary, whatever that says. Default: no. */
  readonly hasBoundary?: Answer
}

/**
 * What one layer says. `allow` counts an Allow by whichever name it means the principal; the three others
 * (see PrincipalMatch) tell the names apart, and are `no` in layers that name no principal.
 */
export interface LayerAnswer {
  readonly deny: Answer
  readonly allow: Answer
  readonly direct: Answer
  readonly role: Answer
  readonly account: Answer
}

const silent: LayerAnswer = { deny: no, allow: no, direct: no, role: no, account: no }

/** A layer that is not there and stands in nobody's way. */
export const unrestricted: LayerAnswer = { ...silent, allow: yes }
/** A layer that is not there and so grants nothing. */
export const nothing: LayerAnswer = silent

/** Judges the policies of one layer. A policy that cannot be read or understood may allow, and may deny. */
export function evaluateLayer(layer: PolicyLayer, policies: LayerPolicies, question: Question): LayerAnswer {
  if (policies === 'unreadable') return undecided(unknown(policyGap(layer)))
  const { deny, allow, direct, role, account } = join(
    policies.map((policy) => evaluatePolicy(layer, policy, question)),
  )
  const blaming = (answer: Answer) => (answer.value === 'no' ? citing(answer, { layer }) : answer)
  return {
    deny,
    allow: blaming(allow),
    direct: blaming(direct),
    role: blaming(role),
    account: blaming(account),
  }
}

function evaluatePolicy(layer: PolicyLayer, named: NamedPolicy, question: Question): LayerAnswer {
  const place = { layer, policy: named.name }
  if (named.document === 'unreadable') {
    return undecided(
      unknown(policyGap(layer, named.why ?? `${namePolicy(layer, named.name)} could not be read`)),
    )
  }
  const policy = named.parsed ?? parsePolicy(named.document)
  if ('problem' in policy) return undecided(notUnderstood(place, policy.problem))
  const misplaced = misplacedElement(policy, layer)
  if (misplaced !== undefined) return undecided(notUnderstood(place, misplaced))
  const scope: Scope = { ...question, ...place, version: policy.version }
  return join(policy.statements.map((statement) => evaluateStatement(statement, scope)))
}

/** Each part is said if any of the answers says it. */
function join(answers: readonly LayerAnswer[]): LayerAnswer {
  const joined = (part: keyof LayerAnswer) => any(answers.map((answer) => answer[part]))
  return {
    deny: anyOfAll(answers.map((answer) => answer.deny)),
    allow: joined('allow'),
    direct: joined('direct'),
    role: joined('role'),
    account: joined('account'),
  }
}

function undecided(answer: Answer): LayerAnswer {
  return { deny: answer, allow: answer, direct: answer, role: answer, account: answer }
}

/**
 * Principal, NotPrincipal and Resource stand where IAM wants them and nowhere else.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
function misplacedElement(policy: Policy, layer: PolicyLayer): string | undefined {
  const wantsPrincipal = layer === 'resource' || layer === 'key' || layer === 'trust' || layer === 'rcp'
  const takesNotPrincipal = layer === 'resource' || layer === 'key'
  for (const { index, principal, resource } of policy.statements) {
    if ((principal !== undefined) !== wantsPrincipal)
      return `statement ${index} has ${wantsPrincipal ? 'no' : 'a'} Principal`
    if (principal?.negated && !takesNotPrincipal) return `statement ${index} has a NotPrincipal`
    if ((resource !== undefined) !== (layer !== 'trust'))
      return `statement ${index} has ${layer === 'trust' ? 'a' : 'no'} Resource`
  }
  return undefined
}

function evaluateStatement(statement: Statement, scope: Scope): LayerAnswer {
  const applies = statementApplies(statement, scope)
  if (applies.value === 'no') return silent
  const { index, sid, effect } = statement
  const evidence = { layer: scope.layer, policy: scope.policy, ...(sid ? { sid } : {}), index, effect }
  const when = (condition: Answer) => citing(all([condition, applies]), evidence)
  if (statement.principal === undefined) {
    return { ...silent, [effect === 'Allow' ? 'allow' : 'deny']: when(yes) }
  }
  const { direct, role, account } = matchPrincipal(statement, scope)
  const anyName = when(any([direct, role, account]))
  if (effect === 'Deny') return { ...silent, deny: anyName }
  return { deny: no, allow: anyName, direct: when(direct), role: when(role), account: when(account) }
}

function statementApplies(statement: Statement, scope: Scope): Answer {
  if (matchAction(statement.action, scope.request.action).value === 'no') return no
  const covered = statement.resource === undefined ? yes : matchResource(statement.resource, scope)
  return covered.value === 'no' ? no : all([covered, matchConditions(statement.conditions, scope)])
}
