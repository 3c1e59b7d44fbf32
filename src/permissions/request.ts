import type { Policy, PolicyFault } from './policy.js'

/**
 * What is known of one condition key in a request.
 * - `known`: its values.
 * - `absent`: the request is known not to carry the key.
 * - `foreign`: the key is present with a value that is certainly not the customer's (the poller's network).
 * - `unknown`: cannot be known from here.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export type RequestFact =
  | { readonly state: 'known'; readonly values: readonly string[] }
  | { readonly state: 'absent' }
  | { readonly state: 'foreign' }
  | { readonly state: 'unknown' }

/**
 * Facts by condition key, compared without regard to case. A key that is not listed is `unknown`, unless an
 * entry ending in `*` (`aws:PrincipalTag/*`) speaks for all keys with that beginning.
 */
export type RequestFacts = Readonly<Record<string, RequestFact>>

/** Who makes the request, as policies see it. */
export type Principal =
  | { readonly kind: 'user'; readonly arn: string; readonly account: string }
  | {
      readonly kind: 'assumed-role'
      /** The role with its path: what aws:PrincipalArn holds. */
      readonly roleArn: string
      /** undefined: the session name is not known from here (the Lambda poller). */
      readonly sessionArn?: string
      readonly account: string
    }
  | { readonly kind: 'root'; readonly arn: string; readonly account: string }
  | { readonly kind: 'federated-user'; readonly arn: string; readonly account: string }
  | { readonly kind: 'service'; readonly service: string }

export interface AccessRequest {
  readonly principal: Principal
  /** `service:Action`, in any letter case. */
  readonly action: string
  /** ARN, or `*` for actions without a resource. */
  readonly resource: string
  /** Account that owns the resource; undefined for `*`, which belongs to the caller's account. */
  readonly resourceAccount?: string
  readonly facts: RequestFacts
}

/**
 * A policy document with the name by which people know it. `document` is parsed JSON or its text, or
 * `unreadable`: the policy exists, what it says is not known, and the policies beside it still count.
 */
export interface NamedPolicy {
  readonly name: string
  readonly document: unknown
  /** What it says, where it was read for more than one request. */
  readonly parsed?: Policy | PolicyFault
  /** Why nobody could read it, as part of a sentence: `iam:GetPolicy was refused`. */
  readonly why?: string
}

/** The policies of one layer; `unreadable` when any of them could not be read (a Deny may hide there). */
export type LayerPolicies = readonly NamedPolicy[] | 'unreadable'

/** A KMS grant, reduced to what decides. */
export interface KeyGrant {
  readonly granteePrincipal: string
  readonly operations: readonly string[]
  readonly encryptionContextEquals?: Readonly<Record<string, string>>
  readonly encryptionContextSubset?: Readonly<Record<string, string>>
}

/**
 * Every layer that may speak; a missing member means that there is no such policy, and so does an empty list
 * for `boundary` and `session`.
 */
export interface PolicyLayers {
  readonly identity: LayerPolicies
  readonly boundary?: LayerPolicies
  readonly session?: LayerPolicies
  /** One entry a level, root of the organisation first. Each level must allow. */
  readonly scps?: readonly LayerPolicies[] | 'unreadable'
  readonly rcps?: readonly LayerPolicies[] | 'unreadable'
  /** Queue policy, or key policy when the action is kms:*. */
  readonly resource?: LayerPolicies
  readonly grants?: readonly KeyGrant[] | 'unreadable'
}
