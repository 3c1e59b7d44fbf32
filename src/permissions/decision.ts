/** Three answers. `unknown` names what is missing and is never shown as a pass. */
export type Verdict = 'allowed' | 'denied' | 'unknown'

export type PolicyLayer =
  | 'identity'
  | 'boundary'
  | 'session'
  | 'scp'
  | 'rcp'
  | 'resource'
  | 'key'
  | 'grant'
  | 'trust'
  | 'live'
  | 'simulator'
  | 'endpoint'

/** The statement (or call) that decided. `index` counts statements from 1, as people do. */
export interface Evidence {
  readonly layer: PolicyLayer
  readonly policy?: string
  readonly sid?: string
  readonly index?: number
  readonly effect?: 'Allow' | 'Deny'
}

/**
 * `guardrail`: SCP, RCP, session or endpoint policies that hardly anyone can read. `context`: a request fact
 * such as aws:SourceIp or an unreadable tag. `core`: identity, boundary, queue, key or trust policy unreadable.
 */
export type UnknownClass = 'guardrail' | 'context' | 'core'

export interface Decision {
  readonly verdict: Verdict
  /** One sentence without a final full stop, e.g. `allowed by identity policy orders-read, statement 1`. */
  readonly reason: string
  readonly evidence: readonly Evidence[]
  /** Context keys, or `policies:<layer>`, that would settle an unknown. Empty unless unknown. */
  readonly missing: readonly string[]
  readonly unknownClass?: UnknownClass
}
