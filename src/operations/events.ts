import type { Change, ChangeMade } from '../change.js'
import type { Mapping } from '../mapping.js'
import type { Finding } from '../preflight/finding.js'
import type { StackEvent } from '../stack.js'

/** Who is calling and where: shown before anything is changed. */
export interface CallContext {
  readonly account: string
  readonly partition: string
  readonly region: string
  readonly profile: string | null
  /** A profile that gives settings and no credentials, because the environment holds keys. */
  readonly profileSetAside?: string
  /** null: AWS itself. */
  readonly endpoint: string | null
  /** As STS says it; of a role it is the session. */
  readonly caller: string
  /** ARN of the user or role whose policies were judged; null: nobody's. Left out where no policy was asked about. */
  readonly principal?: string | null
  /** What is to be known of `principal`, or why it is null; part of a sentence. */
  readonly principalNote?: string | null
}

export interface Target {
  readonly queueArn: string | null
  readonly functionArn: string | null
  readonly roleArn: string | null
}

/** Approximate, as AWS says; they may need a minute to settle. */
export interface QueueCounters {
  /** Waiting to be received. */
  readonly visible: number
  /** Received and not yet deleted. */
  readonly inFlight: number
  readonly delayed: number
}

export type ProofLevel = 'strong' | 'medium' | 'weak' | 'none'

/** One thing that was looked at while proving a delivery. `cannot-tell` is an answer, not a failure. */
export interface ProofHop {
  readonly hop: 'sent' | 'log' | 'invoked' | 'gone' | 'dead-letter'
  readonly outcome: 'seen' | 'not-seen' | 'failed' | 'cannot-tell'
  /** One sentence: what was seen, or why it could not be. */
  readonly detail: string
  /** The line of the log that shows it, as the handler wrote it. */
  readonly line?: string
  /** What the function wrote of its own failure, with the stack; control characters are as they came. */
  readonly errorLines?: readonly string[]
  /** Milliseconds since the message was sent. */
  readonly elapsedMs: number
}

export interface Proof {
  readonly level: ProofLevel
  readonly messageId: string
  readonly requestId: string | null
  /**
   * true when the function was seen to fail on this message, when its run was not seen to end in time, or when it may
   * have returned the message as failed (partial batch responses): the message is then still in the queue.
   */
  readonly functionFailed: boolean
  /**
   * true: SQS took the message for one that was sent before (its deduplication id), and dropped it; null: that cannot
   * be told; left out: it did not, as far as was seen.
   */
  readonly repeated?: true | null
  readonly evidence: readonly ProofHop[]
  /** What could explain that no more was seen, a sentence each; empty where all that was asked for was seen. */
  readonly doubts: readonly string[]
  /** What was refused, and would have shown more. */
  readonly missingPermissions: readonly MissingPermission[]
  /** The mapping through which the message went; null: which of several cannot be told. */
  readonly mapping: { readonly uuid: string; readonly functionArn: string } | null
}

export interface MissingPermission {
  /** `logs:FilterLogEvents` */
  readonly action: string
  /** What it is needed for: a log group, a queue, or `*`. */
  readonly on: string
}

/** What changes of a mapping while it works. Counters are null where they could not be read. */
export interface StatusSeen {
  /** ISO 8601, UTC. */
  readonly time: string
  readonly mapping: Mapping
  readonly queue: QueueCounters | null
  /** null: there is no such queue, or the redrive policy could not be read. */
  readonly deadLetterQueueArn: string | null
  readonly deadLetters: QueueCounters | null
}

/** One line of a function's log. */
export interface LogEntry {
  /** ISO 8601, UTC. */
  readonly time: string
  /** As it stands in the log, without the line break at its end. */
  readonly message: string
  /** null: the log does not tell. */
  readonly requestId: string | null
  readonly stream: string
}

/** One message that the queue accepted. */
export interface SentMessage {
  readonly messageId: string
  readonly token: string
  readonly groupId: string | null
  /** An answer of SQS was lost, and the message was sent again: it may be in the queue twice. */
  readonly perhapsTwice?: true
}

/**
 * Everything that an operation tells while it runs, in order. `type` and the data are the contract; texts are
 * made by the renderers in `report/`.
 */
export type OperationEvent =
  /** STS answered: who is calling. */
  | { readonly type: 'caller-identified'; readonly context: CallContext }
  /** Names became ARNs. */
  | { readonly type: 'target-resolved'; readonly target: Target }
  /** A step that may take longer than a second has begun; `what` is a present participle sentence. */
  | { readonly type: 'step-started'; readonly what: string }
  /** All reads of the preflight are done. */
  | { readonly type: 'facts-gathered'; readonly target: Target; readonly calls: number }
  /** One rule was judged for one subject. */
  | { readonly type: 'rule-judged'; readonly finding: Finding }
  /** What would be changed. */
  | { readonly type: 'planned'; readonly changes: readonly Change[] }
  /** One change was made. */
  | {
      readonly type: 'change-applied'
      readonly change: Change
      readonly made: ChangeMade
      /** Entry of the journal in which it stands; left out: in none. */
      readonly journalId?: string
    }
  /** One look at a mapping while waiting; `changed` is true when state or reason differ from the last look. */
  | {
      readonly type: 'mapping-state'
      readonly mapping: Mapping
      readonly changed: boolean
      readonly elapsedMs: number
      readonly timeoutMs: number
    }
  /**
   * AWS does not go by our own change yet: told about once a second until it does. `what` names the change, e.g.
   * `the new permission of the role`; `attempt` counts the refusals.
   */
  | {
      readonly type: 'permission-pending'
      readonly what: string
      readonly attempt: number
      readonly elapsedMs: number
      readonly timeoutMs: number
    }
  /** One look at a queue while waiting until it is empty. */
  | {
      readonly type: 'queue-counters'
      readonly queueArn: string
      readonly counters: QueueCounters
      readonly elapsedMs: number
      readonly timeoutMs: number
    }
  /** One look at messages that are moved out of a dead-letter queue. Both counts lag behind; null: not known yet. */
  | {
      readonly type: 'move-progress'
      readonly moved: number
      readonly toMove: number | null
      readonly status: string
      readonly elapsedMs: number
      readonly timeoutMs: number
    }
  /** Something that happened to a CloudFormation stack or to a resource of it, each once, oldest first. */
  | {
      readonly type: 'stack-event'
      readonly event: StackEvent
      readonly elapsedMs: number
      readonly timeoutMs: number
    }
  /** One look of `status --watch`; the first one, and whether anything that is told differs from the last. */
  | {
      readonly type: 'status-seen'
      readonly status: StatusSeen
      readonly changed: boolean
      readonly elapsedMs: number
    }
  /** The queue accepted a message. */
  | { readonly type: 'message-sent'; readonly message: SentMessage; readonly queueArn: string }
  /** The queue refused one entry of a batch. */
  | {
      readonly type: 'message-refused'
      readonly index: number
      readonly code: string
      readonly reason: string
    }
  /** One line of the function's log, in the order of their times as far as they are known. */
  | { readonly type: 'log-line'; readonly line: LogEntry }
  /** One piece of evidence, as it came in. */
  | { readonly type: 'proof-hop'; readonly hop: ProofHop }
  /** How far work on many triggers is; `what` is a present participle sentence. */
  | {
      readonly type: 'fleet-progress'
      readonly what: string
      readonly done: number
      readonly total: number
      readonly failed: number
    }
  /** How far an audit is, told about once a second. Places are Regions of accounts; null: it cannot be told yet. */
  | {
      readonly type: 'audit-progress'
      readonly places: number
      readonly placesListed: number
      readonly mappings: number
      readonly judged: number
      readonly elapsedMs: number
      readonly remainingMs: number | null
    }
  /** One of many mappings was judged; the findings that are listed. */
  | { readonly type: 'mapping-judged'; readonly mapping: Mapping; readonly findings: readonly Finding[] }
  /** Something worth telling that stops nothing: a refused optional call, a retry. */
  | { readonly type: 'warning'; readonly message: string }

/** An operation: yields events, returns its result, throws SqsTriggerError. It never prints, asks or exits. */
export type Operation<Result> = AsyncGenerator<OperationEvent, Result, void>
