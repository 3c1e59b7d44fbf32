import type { Change } from '../change.js'
import type { UnknownClass } from '../permissions/decision.js'

/** The six answers. `unknown` never counts as a pass. */
export type FindingStatus = 'pass' | 'warn' | 'fail' | 'unknown' | 'skip' | 'ignored'

/**
 * `error`: AWS refuses it, or it cannot work. `warning`: it works until it hurts, or a feature of ours is lost.
 * `info`: worth knowing.
 */
export type Severity = 'error' | 'warning' | 'info'

/** Groups in the order in which they are printed. */
export const groups = [
  'caller',
  'placement',
  'queue',
  'key',
  'function',
  'role',
  'mapping',
  'loops',
  'test-message',
  'audit',
] as const
export type Group = (typeof groups)[number]

export interface Subject {
  readonly kind: 'caller' | 'queue' | 'function' | 'role' | 'key' | 'mapping'
  readonly arn: string
}

/** One statement or call that decided. `policy`, `sid` and `effect` are null where the layer has none. */
export interface FindingEvidence {
  readonly layer: string
  readonly policy: string | null
  readonly sid: string | null
  readonly effect: 'Allow' | 'Deny' | null
  /** Which statement of the policy, from 1; left out where it is not known. */
  readonly index?: number
  readonly note?: string
}

export interface Fix {
  readonly summary: string
  /** Complete commands with the user's own names, Region and profile: each works when pasted alone. */
  readonly commands: readonly { readonly shell: 'posix'; readonly text: string }[]
  /** The policy document that the fix would write, if it writes one. */
  readonly policy?: Readonly<Record<string, unknown>>
  /** true when the tool can make this change itself; then `changes` says exactly what it would do. */
  readonly automatic: boolean
  /** In the order in which they have to be made. Not part of the JSON document: `commands` say the same. */
  readonly changes?: readonly Change[]
}

/** What an `unknown` finding leaves open. */
export interface Gap {
  /** What cannot be ruled out: the title of the rule. */
  readonly problem: string
  /** Why it could not be looked at. One sentence without a final full stop; findings of one cause share it. */
  readonly reason: string
  /** The IAM action of the caller that would settle it; null where none would. */
  readonly permission: string | null
  /** `core`: a policy or setting could not be read; `context`: a fact of the request; `guardrail`: as of Organizations. */
  readonly class: UnknownClass
}

/** Which mapping a finding is about, where those of several stand together. */
export interface FindingOf {
  readonly uuid: string
  readonly account: string
  readonly region: string
  readonly queueArn: string
  readonly functionArn: string
}

/** The outcome of one rule for one subject. */
export interface Finding {
  readonly rule: string
  readonly group: Group
  readonly status: FindingStatus
  readonly severity: Severity
  readonly subject: Subject
  /** One plain sentence with the user's names: what. */
  readonly message: string
  /** Why it matters here: what AWS will do. */
  readonly why: string
  readonly observed: unknown
  readonly expected: unknown
  readonly certainty: 'live' | 'simulated' | 'evaluated' | 'none'
  readonly assumptions: readonly string[]
  readonly evidence: readonly FindingEvidence[]
  /** Set for `unknown`, otherwise null. */
  readonly gap: Gap | null
  readonly fix: Fix | null
  /** Path of the rule's page inside the package. */
  readonly docs: string
  /** Only in an audit. */
  readonly mapping?: FindingOf
}
