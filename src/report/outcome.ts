import type { ChangeMade } from '../change.js'
import type { SqsTriggerError } from '../errors.js'
import type { AuditResult } from '../fleet/audit/results.js'
import type { FleetPlan, FleetResult } from '../fleet/fleet-plan.js'
import type { JournalEntry } from '../journal.js'
import type { Mapping } from '../mapping.js'
import type { Proof } from '../operations/events.js'
import type {
  DrainResult,
  LogResult,
  MovePlan,
  MoveResult,
  UnwirePlan,
  UnwireResult,
  UpdatePlan,
  UpdateResult,
  WaitResult,
} from '../operations/mapping-results.js'
import type { PeekResult, RedrivePlan, RedriveResult } from '../operations/redrive/results.js'
import type { ListRequest, LogRequest, WaitTarget } from '../operations/requests.js'
import type {
  ConsoleLinks,
  ListResult,
  PreflightReport,
  Repair,
  RollbackPlan,
  RollbackResult,
  SendResult,
  StatusResult,
  WirePlan,
  WireResult,
} from '../operations/results.js'
import type { Finding } from '../preflight/finding.js'
import type { SampleVerdict } from '../preflight/samples.js'
import type { Explanation } from './explanation.js'
import type { Page } from './page.js'

/** One call that would be sent to AWS: what `--dry-run` shows. */
export interface ApiCall {
  readonly service: string
  readonly operation: string
  /** The request as the API takes it. */
  readonly input: Readonly<Record<string, unknown>>
}

/** One repair of `--fix`, and what became of it. */
export interface RepairTold {
  readonly repair: Repair
  readonly calls: readonly ApiCall[]
  /** `planned`: a dry run, or not yet. */
  readonly outcome: 'planned' | 'made' | 'declined' | 'refused'
  /** What `rollback` takes; null where nothing was made. */
  readonly journalId: string | null
  readonly made: readonly ChangeMade[]
  /** The complete command that undoes it, with all other fixes of the run; null where nothing was made. */
  readonly undo: string | null
  /** Slugs of its rules that a preflight after it still objects to, or cannot tell. Default: none. */
  readonly pending?: readonly string[]
}

/**
 * How a command ended, as data. Renderers make text or JSON of it.
 * `error`: it ended with an answer and yet not well (checks failed, delivery not proven); it decides the exit code.
 */
export type Outcome = (
  | {
      readonly kind: 'preflight'
      /** With `--fix`: as it was found after the repairs. */
      readonly report: PreflightReport
      /** The findings that stopped it: under `--strict` also unknown ones. Default: those that failed. */
      readonly blocking?: readonly Finding[]
      readonly repairs?: readonly RepairTold[]
      /** `--exit-zero`: what was found does not decide the exit code. */
      readonly exitZero?: true
    }
  | {
      readonly kind: 'wire-plan'
      readonly plan: WirePlan
      readonly calls: readonly ApiCall[]
      readonly repairs?: readonly RepairTold[]
    }
  | {
      readonly kind: 'wired'
      readonly plan: WirePlan
      readonly result: WireResult
      readonly links: ConsoleLinks | null
      readonly next: readonly Suggestion[]
      readonly repairs?: readonly RepairTold[]
    }
  | {
      /** `wire --fix` that still must not create the mapping; `error` says why. */
      readonly kind: 'wire-blocked'
      readonly plan: WirePlan
      readonly repairs: readonly RepairTold[]
    }
  | { readonly kind: 'update-plan'; readonly plan: UpdatePlan; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: 'updated'
      readonly plan: UpdatePlan
      readonly result: UpdateResult
      readonly next: readonly Suggestion[]
    }
  | { readonly kind: 'move-plan'; readonly plan: MovePlan; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: 'moved'
      readonly plan: MovePlan
      readonly result: MoveResult
      readonly links: ConsoleLinks | null
      readonly next: readonly Suggestion[]
    }
  | {
      readonly kind: 'audit'
      readonly audit: AuditResult
      /** The findings that stopped it. */
      readonly blocking: readonly Finding[]
      readonly rendering: AuditRendering
    }
  | { readonly kind: 'list'; readonly list: ListResult; readonly asked: ListRequest }
  | {
      readonly kind: 'status'
      readonly status: StatusResult
      /** `--probe`: what was seen of the test message; null: none was sent. */
      readonly probe?: Proof | null
      readonly next?: readonly Suggestion[]
    }
  | { readonly kind: 'waited'; readonly target: WaitTarget; readonly result: WaitResult }
  | { readonly kind: 'drained'; readonly result: DrainResult }
  | { readonly kind: 'peeked'; readonly peek: PeekResult }
  | { readonly kind: 'redrive-plan'; readonly plan: RedrivePlan; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: 'redriven'
      readonly plan: RedrivePlan
      readonly result: RedriveResult
      readonly next: readonly Suggestion[]
    }
  | { readonly kind: 'logs'; readonly log: LogResult; readonly asked: LogRequest }
  | { readonly kind: 'sent'; readonly sent: SendResult }
  | {
      readonly kind: 'send-plan'
      /** What would run, who else reads, how much waits: sentences. */
      readonly briefing: readonly string[]
      readonly calls: readonly ApiCall[]
      /** What the filters of the queue's mappings would do with the messages. */
      readonly samples?: readonly SampleVerdict[]
    }
  | { readonly kind: 'unwire-plan'; readonly plan: UnwirePlan; readonly calls: readonly ApiCall[] }
  | { readonly kind: 'unwired'; readonly plan: UnwirePlan; readonly result: UnwireResult }
  | {
      readonly kind: 'rollback-list'
      /** Newest first: those of the account, Region and endpoint that are asked. */
      readonly entries: readonly JournalEntry[]
      /** Those of other places, newest first. */
      readonly elsewhere: readonly JournalEntry[]
      readonly unreadable: readonly string[]
      readonly place: string | null
      /** The command that undoes the newest; null without one. */
      readonly next: string | null
    }
  | { readonly kind: 'rollback-plan'; readonly plan: RollbackPlan; readonly calls: readonly ApiCall[] }
  | {
      readonly kind: 'fleet-plan'
      readonly plan: FleetPlan
      readonly calls: readonly ApiCall[]
      /** Passes and skips are listed, too, not only counted. */
      readonly allFindings: boolean
      /** With `--exit-code`, and there is something to be done: that decides the exit code. */
      readonly pending: boolean
      /** Of `apply --dry-run`. */
      readonly dryRun: boolean
    }
  | {
      readonly kind: 'fleet-applied'
      readonly plan: FleetPlan
      readonly result: FleetResult
      readonly allFindings: boolean
    }
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  | { readonly kind: 'rolled-back'; readonly plan: RollbackPlan; readonly result: RollbackResult }
  | Said
) & { readonly error?: SqsTriggerError }

/** How an audit is told; loaded with it, so that no other run pays for it. */
export interface AuditRendering {
  lines(page: Page, audit: AuditResult): readonly string[]
  /** The `result` of the document; `mappingOf` makes the mappings in it. */
  result(audit: AuditResult, mappingOf: (mapping: Mapping) => object): unknown
}

/**
 * For commands that bring their own words, so that no other has to load them, or that print as they go and only need to
 * end: lines for text, or what makes them for the page that they stand on; `result` for JSON.
 */
interface Said {
  readonly kind: 'said'
  readonly lines: readonly string[] | ((page: Page) => readonly string[])
  readonly result?: unknown
  /** Given where steps were told before, and the answer begins after a blank line. */
  readonly next?: readonly Suggestion[]
  /** Exit code of a child process, handed on as it is. */
  readonly exitCode?: number
}

/** A command worth typing next. */
export interface Suggestion {
  readonly command: string
  readonly does: string
}
