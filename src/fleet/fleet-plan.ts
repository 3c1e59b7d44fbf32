import type { Change } from '../change.js'
import type { SettingDifference } from '../compare-settings.js'
import type { ErrorCode } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { CallContext } from '../operations/events.js'
import type { UnwirePlan, UpdatePlan } from '../operations/mapping-results.js'
import type { WirePlan } from '../operations/results.js'
import type { Finding } from '../preflight/finding.js'
import type { IgnoreEntry, ManifestTrigger } from './manifest.js'
import type { Owner } from './owner.js'

/**
 * - `create`, `update`, `delete`: what `apply` does.
 * - `unchanged`: it is as the file says.
 * - `blocked`: the checks found problems.
 * - `foreign`: it differs, and is not this file's to change; `reason` says whose it is.
 * - `left`: this file's, but no longer in it; only `--prune` deletes it.
 */
export type StepAction = 'create' | 'update' | 'delete' | 'unchanged' | 'blocked' | 'foreign' | 'left'

/** What is to become of one queue and one function. */
export interface FleetStep {
  readonly action: StepAction
  readonly queueArn: string
  readonly functionArn: string
  /** null: the file says nothing of it. */
  readonly trigger: ManifestTrigger | null
  /** null: there is none yet. */
  readonly mapping: Mapping | null
  readonly differences: readonly SettingDifference[]
  /** Of what was judged: only what is to be created or changed is. */
  readonly findings: readonly Finding[]
  readonly blocking: readonly Finding[]
  readonly changes: readonly Change[]
  /** A sentence; null: there is nothing to say. */
  readonly reason: string | null
  /** Whose the mapping is: `--adopt` would take over one of nobody; `unknown`: that may not be read. null: nobody asked. */
  readonly ownedBy: Owner['kind'] | null
  /** How it is done; null: nothing is. */
  readonly does:
    | { readonly kind: 'wire'; readonly plan: WirePlan }
    | { readonly kind: 'update'; readonly plan: UpdatePlan }
    | { readonly kind: 'unwire'; readonly plan: UnwirePlan }
    | null
}

/** Everything that it would take to make an account as a file says. */
export interface FleetPlan {
  readonly context: CallContext
  readonly file: string
  readonly owner: string | null
  readonly environment: string | null
  /** The triggers in the order of the file, then what is in the account alone. */
  readonly steps: readonly FleetStep[]
  /** Of all steps, each once. */
  readonly findings: readonly Finding[]
  /** Ignores that counted for nothing. */
  readonly unused: readonly IgnoreEntry[]
  /** Mappings that are as the file says and belong to nobody: `--adopt` would take them over. */
  readonly unowned: number
}

/** What became of one step. */
export interface StepResult {
  readonly step: FleetStep
  /** `untouched`: it was not begun. */
  readonly outcome: 'done' | 'failed' | 'untouched'
  /** As AWS last told it; null: there is none. */
  readonly mapping: Mapping | null
  /** Why it failed, a sentence; null: it did not. */
  readonly failure: StepFailure | null
}

interface StepFailure {
  readonly code: ErrorCode
  readonly message: string
  readonly hint: string | null
}

export interface FleetResult {
  /** One for each step that was to be done, in the order of the plan. */
  readonly steps: readonly StepResult[]
  readonly waitedMs: number
}

/** What `apply` changes. */
export const isPending = ({ action }: Pick<FleetStep, 'action'>) =>
  action === 'create' || action === 'update' || action === 'delete'
