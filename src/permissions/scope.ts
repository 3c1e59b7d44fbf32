import { type Answer, type Gap, unknown } from './answer.js'
import type { PolicyLayer, UnknownClass } from './decision.js'
import { namePolicy } from './layer-names.js'
import type { PolicyVersion } from './policy.js'
import type { AccessRequest } from './request.js'
import type { FactLookup } from './request-fact.js'

/** What a statement is judged against, and where the statement stands. */
export interface Scope {
  readonly request: AccessRequest
  readonly fact: FactLookup
  readonly hasBoundary?: Answer
  readonly layer: PolicyLayer
  readonly policy: string
  readonly version: PolicyVersion
}

/** The gap left by policies that cannot be read, or not be understood: `why` says what stands in the way. */
export function policyGap(layer: PolicyLayer, why?: string): Gap {
  return { name: `policies:${layer}`, class: classOf(layer), ...(why === undefined ? {} : { why }) }
}

/** An answer that stays open because policy `scope.policy` holds something that is not understood. */
export function notUnderstood(scope: Pick<Scope, 'layer' | 'policy'>, problem: string) {
  return unknown(policyGap(scope.layer, `${namePolicy(scope.layer, scope.policy)}: ${problem}`))
}

function classOf(layer: PolicyLayer): UnknownClass {
  return layer === 'scp' || layer === 'rcp' || layer === 'session' ? 'guardrail' : 'core'
}
