import type { Change } from '../../change.js'
import type { MoveTask, PeekedMessage } from '../../dead-letters.js'
import type { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { CallContext, QueueCounters, Target } from '../events.js'

/** How the function's last run ended. `none`: it did not run within the last hour. */
export type LastRun =
  | { readonly kind: 'well'; readonly requestId: string; readonly at: string }
  | {
      readonly kind: 'failed'
      readonly requestId: string
      readonly at: string
      readonly failure: string
      /** false: its log shows what looks like a failure, but the handler may have gone on. Left out: it failed. */
      readonly certain?: false
    }
  | { readonly kind: 'none' }
  /** The log cannot be read, or does not tell. */
  | { readonly kind: 'unknown'; readonly reason: string }

/** Another queue that moves messages into the same dead-letter queue. */
export interface OtherSource {
  readonly queueArn: string
  /** null: not looked at. */
  readonly mappings: readonly Mapping[] | null
}

export interface RedrivePlan {
  readonly context: CallContext
  readonly target: Target
  readonly mapping: Mapping
  readonly deadLetterQueueArn: string
  /** Of the dead-letter queue. */
  readonly counters: QueueCounters
  /** A move that runs already. */
  readonly running: MoveTask | null
  readonly lastRun: LastRun
  /** A move takes back what came from them, too. null: it may not be read who they are. */
  readonly otherSources: readonly OtherSource[] | null
  readonly changes: readonly Change[]
  /** `nothing`: there is nothing to move, or to cancel. */
  readonly outcome: 'start' | 'cancel' | 'running' | 'blocked' | 'nothing'
  readonly obstacle: SqsTriggerError | null
}

export interface RedriveResult {
  /** `moving`: SQS goes on; nobody waited for it. */
  readonly outcome: 'moved' | 'moving' | 'cancelled' | 'nothing'
  /** As it was last seen. */
  readonly task: MoveTask | null
  readonly waitedMs: number
}

export interface PeekResult {
  readonly context: CallContext
  readonly deadLetterQueueArn: string
  readonly counters: QueueCounters
  readonly messages: readonly PeekedMessage[]
}
