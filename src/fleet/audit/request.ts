import type { Clients } from '../../aws/clients.js'
import type { Strictness } from '../../preflight/strictness.js'
import type { Baseline } from './baseline.js'

/** What to look through, and how the findings are taken. */
export interface AuditRequest {
  readonly accounts: readonly AccountToAudit[]
  /** Slugs of rules whose objections are not to count. */
  readonly ignore: readonly string[]
  /** true: lists also what passed or did not apply. Default: it is counted. */
  readonly allFindings?: boolean
  readonly strict?: Strictness | undefined
  /** The findings of an earlier audit, which are not told again. */
  readonly baseline?: Baseline | undefined
}

export interface AccountToAudit {
  /** The profile by which it is reached; null: the default, or keys from the environment. */
  readonly profile: string | null
  /** The role to take in it; null: none. */
  readonly roleArn: string | null
  /** null: what the profile or role is called. */
  readonly name: string | null
  /** `all`: each that the partition has, as far as it is known here. Empty: the one that the configuration names. */
  readonly regions: readonly string[] | 'all'
  /** Clients for one Region; undefined: for the one that the configuration names. */
  readonly open: (region: string | undefined) => Promise<Clients>
}
