import type { Change, DeleteRolePolicy } from '../change.js'
import type { SettingDifference } from '../compare-settings.js'
import type { Mapping } from '../mapping.js'
import type { MappingUpdate } from '../mapping-update.js'
import type { Finding } from '../preflight/finding.js'
import type { CallContext, LogEntry, QueueCounters, Target } from './events.js'
import type { WirePlan } from './results.js'

/** What the operations on a mapping that exists return. Free of the SDK, like `results.ts`. */

export interface WaitResult {
  /** null once the mapping is gone. */
  readonly mapping: Mapping | null
  readonly waitedMs: number
}

export interface DrainResult {
  readonly mapping: Mapping
  /** As they were at the last look: all zero. */
  readonly counters: QueueCounters
  readonly waitedMs: number
}

/**
 * - `update`: `changes` give the mapping what it does not have yet.
 * - `unchanged`: it has everything that was asked for.
 * - `blocked`: it must not be changed so; `blocking` says why.
 */
export interface UpdatePlan {
  readonly context: CallContext
  readonly target: Target
  /** As it is now. */
  readonly mapping: Mapping
  /** Without what the mapping has already. */
  readonly update: MappingUpdate
  readonly differences: readonly SettingDifference[]
  /** About the settings that it would have; empty where nothing had to be judged. */
  readonly findings: readonly Finding[]
  readonly blocking: readonly Finding[]
  readonly changes: readonly Change[]
  readonly outcome: 'update' | 'unchanged' | 'blocked'
}

export interface UpdateResult {
  readonly mapping: Mapping
  readonly outcome: 'updated' | 'unchanged'
  readonly waitedMs: number
}

/** A mapping for the new queue, and the deletion of the one for the old. */
export interface MovePlan {
  readonly wiring: WirePlan
  readonly unwiring: UnwirePlan & { readonly mapping: Mapping }
  /** In the order in which they are made; none where the new queue cannot be wired. */
  readonly changes: readonly Change[]
  readonly oldFirst: boolean
}

export interface MoveResult {
  /** Of the new queue. */
  readonly mapping: Mapping
  /** As it was before it was deleted. */
  readonly old: Mapping
  /** `unchanged`: the new one was there already. */
  readonly outcome: 'created' | 'unchanged'
  /** What stays in the old queue, which nobody reads; null: it was emptied before, or cannot be counted. */
  readonly left: QueueCounters | null
  readonly waitedMs: number
}

export interface LogResult {
  readonly context: CallContext
  readonly mapping: Mapping
  readonly logGroup: string
  readonly lines: readonly LogEntry[]
  /** true: there were more lines than are read at once, and the earliest are told. */
  readonly cut: boolean
}

/** What is to become of the grant that `--fix` made for the queue. */
export interface Revocation {
  /** null: it stays, and `reason` says why. */
  readonly change: DeleteRolePolicy | null
  /** The policy as it stands. */
  readonly previous: Readonly<Record<string, unknown>> | null
  readonly reason: string | null
}

export interface UnwirePlan {
  readonly context: CallContext
  readonly target: Target
  /** null: it is gone, and only the grant is there to be taken away. */
  readonly mapping: Mapping | null
  readonly changes: readonly Change[]
  /** null: nobody asked to take the grant away. */
  readonly revocation: Revocation | null
}

export interface UnwireResult {
  /** As it was before; null: it was gone, and nobody knows it any more. */
  readonly mapping: Mapping | null
  /** `unchanged`: it was gone already. */
  readonly outcome: 'deleted' | 'deleting' | 'unchanged'
  readonly waitedMs: number
}
