import { type Answer, all, any, anyOfAll, citing, fromBoolean, no, unknown } from './answer.js'
import { decide } from './decide.js'
import type { Decision } from './decision.js'
import { evaluateGrants } from './key-grant.js'
import { evaluateLayer, type LayerAnswer, nothing, type Question, unrestricted } from './layer.js'
import type { AccessRequest, LayerPolicies, PolicyLayers } from './request.js'
import { indexFacts } from './request-fact.js'
import { isSameAccountOnly } from './same-account-only.js'
import { policyGap } from './scope.js'

/**
 * Decides whether the policies allow a request: `denied` and `allowed` hold whatever the missing facts are;
 * otherwise `unknown`, with what is missing. A document that IAM would not store, or an operator that is not
 * known, leaves the answer open. Leave out `scps` for the management account, and `rcps` for AWS managed
 * keys, which they do not bind; service-linked roles are recognised here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(request: AccessRequest, layers: PolicyLayers): Decision {
  const fact = indexFacts(request.facts)
  const question: Question = { request, fact, hasBoundary: isThere(layers.boundary) }
  const { principal } = request
  const isRoot = principal.kind === 'root'
  const isKey = request.action.toLowerCase().startsWith('kms:') && request.resource !== '*'
  const isServiceLinked =
    principal.kind === 'assumed-role' && principal.roleArn.includes(':role/aws-service-role/')

  const identity = isRoot ? unrestricted : evaluateLayer('identity', layers.identity, question)
  const boundary = isRoot ? unrestricted : evaluateCap('boundary', layers.boundary, question)
  const session = evaluateCap('session', layers.session, question)
  const resource =
    layers.resource === undefined
      ? nothing
      : evaluateLayer(isKey ? 'key' : 'resource', layers.resource, question)
  const scps = isServiceLinked ? [] : evaluateLevels('scp', layers.scps, question)
  const rcps = isServiceLinked ? [] : evaluateLevels('rcp', layers.rcps, question)

  const granted = {
    identity: identity.allow,
    capped: all([boundary.allow, session.allow]),
    resource,
    grant: isKey ? evaluateGrants(layers.grants, question) : no,
  }
  const core = joinGrants(granted, request, isKey)
  const deny = anyOfAll([identity, boundary, session, resource, ...scps, ...rcps].map((layer) => layer.deny))
  return decide(deny, all([core, ...scps.map((level) => level.allow)]))
}

interface Granted {
  readonly identity: Answer
  /** Boundary and session policy together. */
  readonly capped: Answer
  readonly resource: LayerAnswer
  readonly grant: Answer
}

/** Who must grant what: within one account, for a key of the account, and across accounts. */
function joinGrants(
  { identity, capped, resource, grant }: Granted,
  request: AccessRequest,
  isKey: boolean,
): Answer {
  const { principal } = request
  if (principal.kind === 'service') return resource.direct
  if (ownerOf(request) !== principal.account) {
    const byOwner = isSameAccountOnly(request.action) ? no : resource.allow
    const owner = byOwner.value === 'no' ? citing(no, { layer: isKey ? 'key' : 'resource' }) : byOwner
    const both = all([identity, capped, owner])
    // That a grant alone serves another account is practised (Auto Scaling), but not stated.
    const alone = unknown(policyGap('grant', 'whether a key grant alone serves another account'))
    return any([both, all([grant, alone])])
  }
  if (isKey) return joinKeyGrants({ identity, capped, resource, grant })
  return capGrants(resource.direct, any([identity, resource.role]), capped)
}

/** Where something is granted and only cut off, what cuts it off is to blame, and nothing else. */
function capGrants(direct: Answer, granted: Answer, capped: Answer): Answer {
  const joined = any([direct, all([granted, capped])])
  return joined.value === 'no' && granted.value === 'yes' ? capped : joined
}

/** Identity policies count for a key only where its policy delegates to the account. */
function joinKeyGrants({ identity, capped, resource, grant }: Granted): Answer {
  const delegated = all([identity, resource.account])
  const granted = any([resource.role, delegated])
  const joined = capGrants(any([resource.direct, grant]), granted, capped)
  if (joined.value !== 'no' || granted.value === 'yes') return joined
  return resource.account.value === 'no' ? citing(no, { layer: 'key' }) : all([delegated, capped])
}

/** The account named in the ARN counts when the request does not say who owns the resource. */
function ownerOf({ resource, resourceAccount, principal }: AccessRequest): string | undefined {
  if (resourceAccount !== undefined) return resourceAccount
  const account = resource.split(':')[4] ?? ''
  if (/^\d{12}$/.test(account)) return account
  return principal.kind === 'service' ? undefined : principal.account
}

/** A boundary or session policy: it grants nothing by itself, and without one nothing is cut off. */
function evaluateCap(
  layer: 'boundary' | 'session',
  policies: LayerPolicies | undefined,
  question: Question,
): LayerAnswer {
  return policies === undefined || policies.length === 0
    ? unrestricted
    : evaluateLayer(layer, policies, question)
}

/** A boundary that could not be read may not even be there: where the role could not be read, nobody knows. */
function isThere(boundary: LayerPolicies | undefined): Answer {
  if (boundary === 'unreadable') return unknown(policyGap('boundary'))
  return fromBoolean(boundary !== undefined && boundary.length > 0)
}

function evaluateLevels(
  layer: 'scp' | 'rcp',
  levels: PolicyLayers['scps'],
  question: Question,
): readonly LayerAnswer[] {
  if (levels === undefined) return []
  return (levels === 'unreadable' ? [levels] : levels).map((level) => evaluateLayer(layer, level, question))
}
