import type { Simulated } from '../../aws/simulator.js'
import { evaluate } from '../../permissions/evaluate.js'
import type { AccessRequest, PolicyLayers, RequestFacts } from '../../permissions/request.js'
import { notKnown } from '../../permissions/request-fact.js'
import { type UnknownFact, unknown } from '../fact.js'
import { isOfTheClock } from './access-question.js'
import { allowAll, organizationRefuses } from './simulated-layers.js'

/** What is compared: the request, and the facts of it that the simulator was told. */
interface Compared {
  readonly request: AccessRequest
  readonly facts: RequestFacts
  readonly answer: Simulated
}

/**
 * Whether the policies say for certain the opposite of what IAM's simulator says of them. One of the two is then
 * wrong, and nobody can tell which.
 */
export function policiesDisagree(compared: Compared, policies: OwnPolicies): UnknownFact | undefined {
  // A refusal of Organizations says nothing of the principal's own policies.
  if (organizationRefuses(compared.answer)) return undefined
  return compare(compared, policies, compared.answer.decision === 'allowed')
}

/** The same of the permissions boundary alone. */
export function boundariesDisagree(
  compared: Compared,
  boundary: Pick<PolicyLayers, 'boundary'>,
): UnknownFact | undefined {
  const { allowedByBoundary } = compared.answer
  if (allowedByBoundary === undefined) return undefined
  return compare(compared, { identity: allowAll, ...boundary }, allowedByBoundary)
}

type OwnPolicies = Pick<PolicyLayers, 'identity' | 'boundary'>

function compare({ request, facts }: Compared, own: OwnPolicies, allows: boolean): UnknownFact | undefined {
  const { principal } = request
  if (principal.kind === 'service') return undefined
  const Statement = [{ Effect: 'Allow', Principal: { AWS: principal.account }, Action: '*', Resource: '*' }]
  const resource = request.action.startsWith('kms:')
    ? { resource: [{ name: 'the account', document: { Version: '2012-10-17', Statement } }] }
    : {}
  const asTold = { ...request, facts: openEnded(facts), resourceAccount: principal.account }
  const { verdict } = evaluate(asTold, { ...own, ...resource })
  if (verdict === 'unknown' || (verdict === 'allowed') === allows) return undefined
  const [simulator, policies] = allows ? ['allows', 'do not'] : ['does not allow', 'do']
  const reason = `sources disagree: IAM’s simulator ${simulator} ${request.action}, the policies as they are written ${policies}`
  return unknown(reason, undefined, 'core')
}

/** The simulator's world is one of those in which nothing is known beyond what it was told. It has its own clock. */
function openEnded(facts: RequestFacts): RequestFacts {
  const entries = Object.entries(facts).map(
    ([key, fact]) => [key, fact.state === 'foreign' || isOfTheClock(key) ? notKnown : fact] as const,
  )
  return Object.fromEntries(entries)
}
