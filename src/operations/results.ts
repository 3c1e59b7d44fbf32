import type { Change, ChangeMade } from '../change.js'
import type { SettingDifference } from '../compare-settings.js'
import type { JournalEntry } from '../journal.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { Finding } from '../preflight/finding.js'
import type { SampleVerdict } from '../preflight/samples.js'
import type { CallContext, Proof, QueueCounters, SentMessage, Target } from './events.js'
import type { LastRun } from './redrive/results.js'

/** What each operation returns. Free of the SDK, like `requests.ts`. */

export interface PreflightReport {
  readonly context: CallContext
  readonly target: Target
  readonly findings: readonly Finding[]
  /** What the filters do with the example messages that were given. */
  readonly samples?: readonly SampleVerdict[]
}

/**
 * - `create`: nothing stands in the way; `changes` creates the mapping.
 * - `unchanged`: the mapping exists with every setting that was asked for.
 * - `differs`: it exists with other settings; `differences` names them.
 * - `disabled`: it exists as asked for, but is Disabled.
 * - `blocked`: the preflight found problems; nothing may be changed.
 */
export type PlanOutcome = 'create' | 'unchanged' | 'differs' | 'disabled' | 'blocked'

export interface WirePlan {
  readonly context: CallContext
  readonly target: Target
  readonly findings: readonly Finding[]
  /** Those of the findings that block at the level asked for; empty unless `blocked` or a conflict. */
  readonly blocking: readonly Finding[]
  readonly changes: readonly Change[]
  /** The mapping of this queue and function, also while it is being deleted. */
  readonly existing: Mapping | null
  readonly outcome: PlanOutcome
  readonly differences: readonly SettingDifference[]
  readonly settings: MappingSettings
  /** What the filters do with the example messages that were given. */
  readonly samples?: readonly SampleVerdict[]
}

export interface WireResult {
  readonly mapping: Mapping
  readonly outcome: 'created' | 'unchanged'
  readonly waitedMs: number
  /** null: no test message was asked for. */
  readonly proof: Proof | null
}

export interface ListResult {
  readonly context: CallContext
  readonly mappings: readonly Mapping[]
}

export interface QueueStatus {
  readonly queueArn: string
  /** null when they could not be read; `unreadable` says why. */
  readonly counters: QueueCounters | null
  readonly unreadable: string | null
}

/** Links into the AWS console; null in partitions whose console address is not public, and on custom endpoints. */
export interface ConsoleLinks {
  readonly queue: string
  readonly function: string
  readonly logs: string
}

/** What CloudWatch counted of the last minutes; null: it published nothing. */
export interface StatusMetrics {
  readonly minutes: number
  readonly oldestSeconds: number | null
  readonly sent: number | null
  readonly deleted: number | null
  readonly runs: number | null
  readonly errors: number | null
  readonly throttles: number | null
  /** Why nothing could be read; null: it could. */
  readonly unreadable: string | null
}

export interface StatusResult {
  readonly context: CallContext
  readonly mapping: Mapping
  readonly queue: QueueStatus
  readonly deadLetterQueue: QueueStatus | null
  /** Receives after which a message moves to the dead-letter queue; null without one. */
  readonly maxReceiveCount: number | null
  /** The function's log group; the default name when the function could not be read. */
  readonly logGroup: string
  readonly links: ConsoleLinks | null
  /** Cost allocation tags of the queue; null: they could not be read. */
  readonly queueTags: Readonly<Record<string, string>> | null
  /** Tags of the mapping, by which a file of many triggers knows its own; null: they could not be read. */
  readonly mappingTags: Readonly<Record<string, string>> | null
  /** What is wrong with it now, passes included; null: nobody asked. */
  readonly findings: readonly Finding[] | null
  /** How the function's last run ended, so far as its log tells; null: it was not looked at. */
  readonly lastRun: LastRun | null
  /** null: nobody asked. */
  readonly metrics: StatusMetrics | null
}

export interface RefusedMessage {
  /** Position in the request, from 0. */
  readonly index: number
  readonly code: string
  readonly reason: string
}

export interface SendResult {
  readonly context: CallContext
  readonly queueArn: string
  readonly messages: readonly SentMessage[]
  readonly refused: readonly RefusedMessage[]
  /** Of the first message. null: not asked for, or nothing was accepted. */
  readonly proof: Proof | null
  /** What the filters do with the messages; left out where none applies, or where the mappings cannot be listed. */
  readonly samples?: readonly SampleVerdict[]
}

/** One thing to mend: changes that belong together, for one finding or several. */
export interface Repair {
  /** Slugs of the findings that it mends. */
  readonly rules: readonly string[]
  /** One sentence: what it does. */
  readonly summary: string
  /** In the order in which they have to be made. */
  readonly changes: readonly Change[]
  /** What else it touches, a sentence each: functions that share the role, consumers that share the queue. */
  readonly effects: readonly string[]
  /** Why it is not made; null: it can be. One or two sentences that say who can act. */
  readonly refusal: string | null
  /**
   * What each of the changes found in its place, in the same order and form as `JournaledChange.previous`. What is found
   * otherwise directly before the write is not overwritten.
   */
  readonly found?: readonly (Readonly<Record<string, unknown>> | null)[]
}

export interface RepairPlan {
  readonly context: CallContext
  readonly repairs: readonly Repair[]
}

export interface RepairResult {
  /** Name of the entry in the journal: what `rollback` takes. */
  readonly journalId: string
  /** By this repair. */
  readonly made: readonly ChangeMade[]
  /** The entry as it stands in the journal, with what earlier repairs of the same run wrote into it. */
  readonly entry: JournalEntry
}

/**
 * Why a change stays, as a word:
 * - `changed-since`: somebody changed it; `changed-by-later-fix`: a later entry of the journal did.
 * - `queue-kept`: a queue is never deleted.
 * - `undone-already`, `never-made`, `as-before` (somebody else took it back), `gone`: nothing is left to undo.
 * - `unreadable`: what is there now could not be read.
 * - `former-unknown`: the journal does not say what was there before.
 */
export type StayReason =
  | 'changed-since'
  | 'changed-by-later-fix'
  | 'queue-kept'
  | 'undone-already'
  | 'never-made'
  | 'as-before'
  | 'gone'
  | 'unreadable'
  | 'former-unknown'

/** What of one journaled change can be undone now. */
export interface UndoStep {
  /** What was changed then. */
  readonly change: Change
  /** The change that undoes it; null: it stays. */
  readonly undo: Change | null
  /** Why it stays, as a word and as a sentence; null where it does not. */
  readonly stays: StayReason | null
  readonly reason: string | null
  /** What else undoing it touches, a sentence each: mappings that poll with rights that go. Default: nothing. */
  readonly effects?: readonly string[]
}

export interface RollbackPlan {
  readonly context: CallContext
  /** Attributes that were set together and fare differently now stand in it as changes of their own. */
  readonly entry: JournalEntry
  /** In the order in which they would be undone: the last change first, one step a change of the entry. */
  readonly steps: readonly UndoStep[]
}

export interface RollbackResult {
  readonly journalId: string
  readonly made: readonly ChangeMade[]
  /** The steps of the plan as they ended: one that could not be taken any more says why. */
  readonly steps: readonly UndoStep[]
}
