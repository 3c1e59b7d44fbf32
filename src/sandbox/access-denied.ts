import type { Decision, PolicyLayer } from '../permissions/decision.js'
import { evaluate } from '../permissions/evaluate.js'
import type { AccessRequest, PolicyLayers } from '../permissions/request.js'
import { AwsFault } from './aws-fault.js'
import type { Service } from './define-action.js'
import { allowAll } from './iam/policy-layers.js'
import type { SandboxPrincipal } from './principal.js'

/**
 * The refusal as AWS words it: one reason only, even where several layers refuse.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 */
export function accessDenied(
  service: Service,
  principal: SandboxPrincipal,
  request: AccessRequest,
  layers: PolicyLayers,
  decision: Decision,
): AwsFault {
  // SQS writes the action in lower case.
  const action = service === 'sqs' ? request.action.toLowerCase() : request.action
  const { words, recorded } = reasonOf(action, request, layers, decision)
  const form = forms[service]
  return new AwsFault(
    form.code,
    `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${request.resource}${words}`,
    { status: form.status, recorded },
  )
}

const forms: Readonly<Record<Service, { readonly code: string; readonly status: number }>> = {
  sqs: { code: 'AccessDenied', status: 403 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  iam: { code: 'AccessDenied', status: 403 },
  sts: { code: 'AccessDenied', status: 403 },
  kms: { code: 'AccessDeniedException', status: 400 },
  logs: { code: 'AccessDeniedException', status: 400 },
  cloudwatch: { code: 'AccessDenied', status: 403 },
  cloudformation: { code: 'AccessDenied', status: 403 },
  tag: { code: 'AccessDeniedException', status: 400 },
}

interface Reason {
  /** Follows the resource; begins with a space unless empty. */
  readonly words: string
  readonly recorded: boolean
}

function reasonOf(action: string, request: AccessRequest, layers: PolicyLayers, decision: Decision): Reason {
  // AWS does not leave a question open; there is no sentence for it.
  if (decision.verdict === 'unknown') return { words: '', recorded: false }
  const denying = decision.evidence.find((evidence) => evidence.effect === 'Deny')
  if (denying) {
    const name = nameOf(denying.layer)
    return { words: ` with an explicit deny in ${name}`, recorded: isReported(name) }
  }
  const silent = silentLayer(request, layers)
  return { words: ` because no ${silent} allows the ${action} action`, recorded: isReported(silent) }
}

/** Only these two kinds of policy were seen in refusals that people reported; the others stand in the manual alone. */
const isReported = (layerName: string) => /(identity|resource)-based policy$/.test(layerName)

/** The layer that would turn the answer if it allowed everything; the identity's own when no single one would. */
function silentLayer(request: AccessRequest, layers: PolicyLayers): string {
  const everything = [{ name: 'everything', document: allowAll }]
  const turns = (changed: Partial<PolicyLayers>) =>
    evaluate(request, { ...layers, ...changed }).verdict === 'allowed'
  if (turns({ identity: everything })) return 'identity-based policy'
  if (layers.boundary && turns({ boundary: everything })) return 'permissions boundary'
  if (layers.session && turns({ session: everything })) return 'session policy'
  if (turns({ resource: [{ name: 'everything', document: openToAll }] })) return 'resource-based policy'
  return 'identity-based policy'
}

const openToAll = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }],
}

function nameOf(layer: PolicyLayer): string {
  switch (layer) {
    case 'boundary':
      return 'a permissions boundary'
    case 'session':
      return 'a session policy'
    case 'resource':
    case 'key':
      return 'a resource-based policy'
    case 'trust':
      return 'the role trust policy'
    default:
      return 'an identity-based policy'
  }
}
