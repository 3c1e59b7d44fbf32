import type { Mapping } from '../../mapping.js'
import type { CallContext, QueueCounters } from '../../operations/events.js'
import type { Finding, FindingStatus } from '../../preflight/finding.js'

/**
 * What an audit found: everything by ARN, so that a queue, function or role stands once, whatever the number of its
 * mappings. Free of the SDK, like `operations/results.ts`.
 */
export interface AuditResult {
  /** Of the first place that answered; null: none did. */
  readonly context: CallContext | null
  /** Each account and Region that was asked for, in that order, read or not. */
  readonly places: readonly AuditedPlace[]
  /** Worst first; of the same health as AWS lists them. */
  readonly mappings: readonly AuditedMapping[]
  /** Every queue that a mapping reads from, or that one of those names as its dead-letter queue. */
  readonly queues: readonly AuditedQueue[]
  /** Every function that a mapping calls; aliases and versions apart. */
  readonly functions: readonly AuditedFunction[]
  readonly roles: readonly AuditedRole[]
  /** What nothing here uses. Worth a look, and no fault: something else may use it. */
  readonly orphans: readonly Orphan[]
  readonly summary: AuditSummary
  /** null: none was given. */
  readonly baseline: BaselineOutcome | null
  /** false: it was stopped, or a place could not be read to its end. */
  readonly complete: boolean
}

/**
 * Of a mapping, the worst of its findings; of a queue, function or role, the worst of those about it.
 * - `error`: AWS refuses something, or it cannot work. A thing that is gone has this health, too.
 * - `warning`: it works until it hurts.
 * - `unknown`: nothing wrong was seen, and something could not be read, or was not looked at yet.
 * - `healthy`: everything was looked at. What is only worth knowing (severity `info`), or is ignored, counts as healthy.
 */
export type Health = 'error' | 'warning' | 'unknown' | 'healthy'

/** Worst first. */
export const healths: readonly Health[] = ['error', 'warning', 'unknown', 'healthy']

/** One account in one Region. */
export interface AuditedPlace {
  /** null: nobody could say, because there was no signing in. */
  readonly account: string | null
  /** As the account calls itself, else the profile or role by which it is reached; null: nothing names it. */
  readonly accountName: string | null
  readonly region: string
  readonly profile: string | null
  /** The role that was taken to read it. */
  readonly roleArn: string | null
  /**
   * - `read`: every mapping was listed and judged.
   * - `partly`: it was stopped, or broke off, after some of them; `reason` says why.
   * - `unread`: not even the mappings could be listed.
   * - `not-enabled`: the account does not use the Region, as far as AWS tells: there is nothing to read.
   */
  readonly status: 'read' | 'partly' | 'unread' | 'not-enabled'
  /** One sentence; null for `read`. */
  readonly reason: string | null
  /** The IAM action of the caller that would settle it, where one would. */
  readonly permission: string | null
  /** SQS mappings that were listed, and how many of them were judged. */
  readonly listed: number
  readonly judged: number
}

export interface AuditedMapping {
  readonly account: string
  readonly region: string
  readonly mapping: Mapping
  readonly health: Health
  /**
   * Those that are listed: what objects or is unknown or ignored, worst first; with `--all-findings` also passes and
   * skips. With a baseline, without those that it knows. Empty also where it was not judged any more.
   */
  readonly findings: readonly Finding[]
  /** How many rules answered what, the baseline not minded. All zero: it was not judged any more. */
  readonly counts: Readonly<Record<FindingStatus, number>>
  /** The role of the function; null: not known. */
  readonly roleArn: string | null
  /** The queue's dead-letter queue, as its redrive policy names it; null: none, or not known. */
  readonly deadLetterQueueArn: string | null
}

/** Whether a thing could be looked at; `gone`: AWS says that it does not exist. */
export type EndStatus = 'read' | 'gone' | 'unread'

interface AuditedEnd {
  readonly arn: string
  readonly name: string
  readonly account: string
  readonly status: EndStatus
  /** Why it could not be read, or is gone; part of a sentence. null for `read`. */
  readonly reason: string | null
  readonly health: Health
}

export interface AuditedQueue extends AuditedEnd {
  readonly region: string
  readonly fifo: boolean
  /** Approximate, as SQS says; null: not read. */
  readonly messages: QueueCounters | null
  readonly deadLetterQueueArn: string | null
  /** null: it has no dead-letter queue, or was not read. */
  readonly maxReceiveCount: number | null
  /** true: another queue here names it as its dead-letter queue. */
  readonly isDeadLetterQueue: boolean
  /** How many mappings read from it. */
  readonly mappings: number
}

export interface AuditedFunction extends AuditedEnd {
  readonly region: string
  /** Alias or version; null: none. */
  readonly qualifier: string | null
  readonly roleArn: string | null
  /** null: none is reserved, or not read. */
  readonly reservedConcurrency: number | null
  readonly mappings: number
}

export interface AuditedRole extends AuditedEnd {
  /** How many mappings are polled with it. */
  readonly mappings: number
}

export interface Orphan {
  /** A queue that no mapping reads from, and that no queue names as its dead-letter queue. */
  readonly kind: 'queue'
  readonly arn: string
  readonly name: string
  readonly account: string
  readonly region: string
}

export interface AuditSummary {
  readonly mappings: number
  readonly queues: number
  readonly deadLetterQueues: number
  readonly functions: number
  readonly roles: number
  /** Mappings by health. */
  readonly byHealth: Readonly<Record<Health, number>>
  /** All answers of all rules over all mappings, the baseline not minded. */
  readonly findings: Readonly<Record<FindingStatus, number>>
  /** The rules that object or are unknown, worst and most frequent first; with a baseline, without what it knows. */
  readonly rules: readonly RuleCount[]
  /** Calls to AWS, repeats by the SDK not counted. */
  readonly calls: number
  readonly elapsedMs: number
}

export interface RuleCount {
  readonly rule: string
  readonly severity: Finding['severity']
  readonly status: FindingStatus
  readonly mappings: number
}

export interface BaselineOutcome {
  /** As it was given. */
  readonly file: string
  /** Findings of the earlier audit that are still there: not listed, and of no effect on the exit code. */
  readonly known: number
  /** Findings that the earlier audit did not have. */
  readonly added: number
  /** Findings of the earlier audit that are no longer there, in places that were read. */
  readonly gone: number
}
