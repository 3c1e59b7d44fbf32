import type { Simulated } from '../../aws/simulator.js'
import type { Decision } from '../../permissions/decision.js'
import { evaluate } from '../../permissions/evaluate.js'
import type { AccessRequest, PolicyLayers } from '../../permissions/request.js'
import { type Fact, known, type UnknownFact, unknown } from '../fact.js'
import type { Judgement } from '../facts.js'
import { allowAll, nameSimulator } from './simulated-layers.js'

/** Everything that speaks about one request. */
export interface Case {
  readonly request: AccessRequest
  readonly layers: PolicyLayers
  /** Set where the simulator stands for the identity policies. */
  readonly answer?: Simulated
  readonly assumption?: string | undefined
  /** Why the principal's own policies, or those of Organizations, leave it open. */
  readonly gap?: { readonly why: string; readonly permission?: string | undefined } | undefined
  /** Why the resource's own policy leaves it open. */
  readonly unread?: UnknownFact | undefined
}

/** The verdict of all layers; where the resource's own policy refuses, also what the others say beside it. */
export function conclude(about: Case): Fact<Judgement> {
  const fact = judged(about)
  if (fact.state !== 'known' || !namesResource(fact.value.decision)) return fact
  const otherwise = judged({ ...about, layers: letIn(about) })
  if (resourceRefuses(about)) return otherwise.state === 'absent' ? fact : known({ ...fact.value, otherwise })
  // Not granting what others would have to grant is no cause of its own.
  return otherwise.state === 'known' && otherwise.value.decision.verdict === 'denied' ? otherwise : fact
}

const namesResource = ({ verdict, evidence }: Decision) =>
  verdict === 'denied' && evidence.some(({ layer }) => layer === 'resource' || layer === 'key')

/** Whether it refuses even somebody whose own policies allow everything. */
function resourceRefuses({ request, layers: { boundary, resource, grants } }: Case): boolean {
  // That there is a boundary counts by itself: NotPrincipal spares nobody who has one.
  const isBounded = boundary !== undefined && boundary !== 'unreadable' && boundary.length > 0
  const alone = {
    identity: allowAll,
    ...(isBounded ? { boundary: allowAll } : {}),
    ...(resource === undefined ? {} : { resource }),
    ...(grants === undefined ? {} : { grants }),
  }
  return evaluate(request, alone).verdict === 'denied'
}

function judged(about: Case): Fact<Judgement> {
  const { request, layers, answer, assumption } = about
  const certainty = answer === undefined ? 'evaluated' : 'simulated'
  const said = evaluate(request, layers)
  const decision = answer === undefined ? said : nameSimulator(said, answer)
  if (decision.verdict === 'unknown') {
    const turnsOnTags = decision.missing.some((key) => /^aws:ResourceTag\//i.test(key))
    return { ...leftOpen(decision, about), ...(turnsOnTags ? { turnsOnTags: true as const } : {}) }
  }
  const guardrails = answer === undefined ? [unreadGuardrails] : assumedOf(answer)
  const assumptions = [...guardrails, ...(assumption === undefined ? [] : [assumption])]
  return known({ decision, certainty, assumptions })
}

/** The same words as for what could not be read: one refused read is one cause. */
function leftOpen({ reason, missing, unknownClass }: Decision, { gap, unread }: Case): UnknownFact {
  const hinges = (layers: RegExp) => missing.some((name) => layers.test(name))
  const own = hinges(/^policies:(?:identity|boundary|scp)$/) ? gap : undefined
  const resource = hinges(/^policies:(?:resource|key|grant)$/) ? unread : undefined
  if (own === undefined) {
    return resource === undefined
      ? unknown(reason, undefined, unknownClass)
      : unknown(resource.reason, resource.permission, unknownClass)
  }
  const why = resource === undefined ? own.why : `${own.why}, and ${resource.reason}`
  return unknown(why, own.permission ?? resource?.permission, unknownClass)
}

/** The layers as they would be if the resource's own policy left it to the principal's account. */
function letIn({ request, layers }: Case): PolicyLayers {
  const { resource: _resource, grants: _grants, ...others } = layers
  const { principal, resource, action } = request
  if (principal.kind === 'service') return layers
  // Within one account a queue needs no policy; a key does.
  const needsPolicy = resource.split(':')[4] !== principal.account || action.startsWith('kms:')
  if (!needsPolicy) return others
  // A key of the role's own account is to name the role itself, which then needs no policy, but is cut off by a boundary.
  const own = principal.kind === 'assumed-role' && resource.split(':')[4] === principal.account
  const AWS = own ? principal.roleArn : principal.account
  const Statement = [{ Effect: 'Allow', Principal: { AWS }, Action: '*', Resource: '*' }]
  return { ...others, resource: [{ name: 'the account', document: { Version: '2012-10-17', Statement } }] }
}

/** Guardrails that hardly anyone can read; they do not change a verdict, but are said. */
const unreadGuardrails =
  'No service control, resource control, session or VPC endpoint policy refuses it: they cannot be read from here.'

/**
 * The simulator judges service control policies of member accounts alone, says so where it did, and never reports the
 * keys that they turn on.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_OrganizationsDecisionDetail.html
 * https://github.com/aws/aws-cli/issues/10525
 */
function assumedOf({ allowedByOrganizations }: Simulated): readonly string[] {
  if (allowedByOrganizations === undefined) {
    return [
      'No service control, resource control, session or VPC endpoint policy refuses it: IAM’s simulator said nothing of them.',
    ]
  }
  return [
    'No resource control policy, session policy or VPC endpoint policy refuses it: IAM’s simulator does not know them.',
    'No service control policy turns on what IAM’s simulator was not told, such as the address that a call comes from.',
  ]
}
