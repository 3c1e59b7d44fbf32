/** Action, Resource and their negations: `negated` is true for NotAction and NotResource. */
export interface Selection {
  readonly negated: boolean
  readonly patterns: readonly string[]
}

export type PrincipalKind = 'AWS' | 'Service' | 'Federated' | 'CanonicalUser'

/** Principal or NotPrincipal. `"Principal": "*"` and `{"AWS": "*"}` mean the same and are kept as the latter. */
export interface PrincipalSelection {
  readonly negated: boolean
  readonly entries: readonly { readonly kind: PrincipalKind; readonly value: string }[]
}

/** One operator on one key, e.g. StringEquals, aws:PrincipalTag/team, [blue]. */
export interface ConditionTest {
  readonly operator: string
  readonly key: string
  readonly values: readonly string[]
}

export interface Statement {
  /** From 1. */
  readonly index: number
  readonly sid?: string
  readonly effect: 'Allow' | 'Deny'
  readonly principal?: PrincipalSelection
  readonly action: Selection
  readonly resource?: Selection
  readonly conditions: readonly ConditionTest[]
}

export type PolicyVersion = '2008-10-17' | '2012-10-17'

export interface Policy {
  readonly version: PolicyVersion
  readonly statements: readonly Statement[]
}

/** Why a document is not a policy, in words. */
export interface PolicyFault {
  readonly problem: string
}
