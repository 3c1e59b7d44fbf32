import type { Decision } from '../permissions/decision.js'
import { evaluate } from '../permissions/evaluate.js'
import type { AccessRequest, PolicyLayers, Principal } from '../permissions/request.js'
import { accessDenied } from './access-denied.js'
import { type Call, type RequiredPermission, type Service, services } from './define-action.js'
import { layersOf } from './iam/policy-layers.js'
import { keyFacts, keyLayers } from './kms/key-layers.js'
import type { SandboxPrincipal } from './principal.js'
import { factsOf } from './request-facts.js'
import { queueFacts } from './sqs/queue-facts.js'
import type { World } from './world.js'

/**
 * Throws the AccessDenied of the service unless the caller is allowed. What cannot be decided is refused.
 * `service` is the one that was called: iam:PassRole, say, is refused by Lambda in Lambda's words.
 */
export function authorize(
  call: Call,
  permission: RequiredPermission,
  service: Service = serviceOf(permission.action),
): void {
  const question = ask(call.world, call.principal, permission, call.region)
  const decision = answer(question)
  if (decision.verdict !== 'allowed') {
    throw accessDenied(service, call.principal, question.request, question.layers, decision)
  }
}

/** May this principal do this? The same evaluator that the tool judges by; root needs no Allow in its own account. */
export function decide(
  world: World,
  principal: SandboxPrincipal,
  permission: RequiredPermission,
  region: string,
): Decision {
  return answer(ask(world, principal, permission, region))
}

interface Question {
  readonly request: AccessRequest
  readonly layers: PolicyLayers
}

function ask(
  world: World,
  principal: SandboxPrincipal,
  permission: RequiredPermission,
  region: string,
): Question {
  const resourceAccount = permission.resourceAccount ?? accountOf(permission.resource)
  const aboutKey = permission.action.startsWith('kms:')
  const layers: PolicyLayers = {
    ...layersOf(world, principal),
    ...(permission.resourcePolicy === undefined
      ? {}
      : { resource: [{ name: 'resource policy', document: permission.resourcePolicy }] }),
    ...(aboutKey ? keyLayers(world, permission.resource) : {}),
  }
  const facts = factsOf(world, principal, region, {
    'aws:ResourceAccount': [resourceAccount ?? principal.account],
    ...(aboutKey ? keyFacts(world, permission.resource, principal.account) : {}),
    ...(permission.action.startsWith('sqs:') ? queueFacts(world, permission.resource) : {}),
    ...permission.facts,
  })
  return {
    layers,
    request: {
      principal: seenByPolicies(principal),
      action: permission.action,
      resource: permission.resource,
      ...(resourceAccount === undefined ? {} : { resourceAccount }),
      facts,
    },
  }
}

function answer({ request, layers }: Question): Decision {
  const { principal, resourceAccount } = request
  const decision = evaluate(request, layers)
  // Root needs no Allow in its own account. The Deny of a queue's or key's policy holds for it, too.
  if (
    principal.kind === 'root' &&
    (resourceAccount ?? principal.account) === principal.account &&
    !isExplicitDeny(decision)
  ) {
    return {
      verdict: 'allowed',
      reason: 'root needs no Allow in its own account',
      evidence: [],
      missing: [],
    }
  }
  return decision
}

const isExplicitDeny = ({ verdict, evidence }: Decision) =>
  verdict === 'denied' && evidence.some(({ effect }) => effect === 'Deny')

/** The principal in the form that the evaluator takes. */
export function seenByPolicies(principal: SandboxPrincipal): Principal {
  const { kind, account, arn } = principal
  return kind === 'assumed-role'
    ? { kind, roleArn: principal.roleArn, sessionArn: arn, account }
    : { kind, arn, account }
}

/** Account segment of an ARN; undefined for `*`, for AWS's own policies and for ARNs without one. */
const accountOf = (resource: string) => /^arn:[^:]*:[^:]*:[^:]*:(\d{12}):/.exec(resource)?.[1]

const serviceOf = (action: string): Service =>
  services.find((service) => action.startsWith(`${service}:`)) ?? 'lambda'
