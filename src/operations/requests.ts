import type { Change } from '../change.js'
import type { Mapping, MappingSettings } from '../mapping.js'
import type { ClearableSetting } from '../mapping-update.js'
import type { MessageAttribute } from '../message-attributes.js'
import type { Sample } from '../preflight/samples.js'
import type { FailOn, Strictness } from '../preflight/strictness.js'
import type { ProofLevel } from './events.js'

/**
 * What each operation is asked for. These types import nothing that leads to the SDK, so that the public
 * declarations stay free of it.
 */

/** Wire one queue to one function, as programs ask for it. */
export interface WireInput {
  /** Name, URL or ARN. */
  readonly queue: string
  /** Name, `name:alias`, partial or full ARN. */
  readonly function: string
  /** Default: none, so that AWS's defaults hold. */
  readonly settings?: MappingSettings
  /** true: a test message is going to be sent, so what it needs is checked as well. Default false. */
  readonly sendTest?: boolean
  /** Rules not to be judged. Default: none. */
  readonly ignore?: readonly string[]
  /** The only rules to judge. Default: all. */
  readonly only?: readonly string[]
  /** Example messages: the report says which of them the filters would keep. Default: none. */
  readonly samples?: readonly Sample[]
  /** Body of the test message that is going to be sent. Default `{"sqs-trigger":{"test":"<uuid>"}}`. */
  readonly testBody?: string
  /** Name that a dead-letter queue is to have where there is none. Default: made after the queue's. */
  readonly deadLetterName?: string
}

type Unfilled = 'samples' | 'testBody' | 'deadLetterName'

/** The same with every default filled in, as the operations take it. The same shape as the preflight's request. */
export type WireRequest = Required<Omit<WireInput, Unfilled>> & Pick<WireInput, Unfilled>

export interface PlanOptions {
  /** Findings from this severity up block; `info` never does. Default `error`. */
  readonly failOn?: FailOn
}

/** What of an audit may be chosen; the account is that of the connection. */
export interface AuditInput {
  /** `all`: each that the partition has. Default: the Region of the connection. */
  readonly regions?: readonly string[] | 'all'
  /** Slugs of rules whose objections are not to count. */
  readonly ignore?: readonly string[]
  /** true: lists also what passed or did not apply. Default: it is counted. */
  readonly allFindings?: boolean
  /** Fails also where it cannot be told. */
  readonly strict?: Strictness
}

export interface ApplyOptions {
  /** Bounds the wait for Enabled, in milliseconds; Infinity waits for ever. Default 120000. */
  readonly timeoutMs?: number
  /** false returns as soon as AWS accepted the request. Default true. */
  readonly wait?: boolean
  /**
   * What was changed just before by a repair of ours, as types of changes; true: a role policy and queue attributes. Only
   * then is a refusal that such a change explains met by asking again. Default false: a refusal is final at once.
   */
  readonly afterOwnWrite?: boolean | readonly Change['type'][]
  /** Bounds that asking again, in milliseconds; queue attributes never take more than 90000. Default 120000. */
  readonly propagationMs?: number
}

export interface RepairOptions {
  /** true: mends also what CloudFormation owns, which then drifts from its template. Default false. */
  readonly allowDrift?: boolean
  /** Slugs of the only findings to mend. Default: all. */
  readonly only?: readonly string[]
  /** true: a queue that is to be made, and is there already, was named by a person, and is used as it is. Default false. */
  readonly usesPresent?: boolean
}

export interface UnwireOptions {
  /** true: take away also the inline policy that `--fix` wrote for the queue. Default false. */
  readonly revoke?: boolean
}

export interface WireOptions extends PlanOptions, ApplyOptions {
  /** Body of the test message (`request.sendTest`). Default `{"sqs-trigger":{"test":"<uuid>"}}`. */
  readonly body?: string
  /** Evidence at which the proof may stop. Default `medium`. */
  readonly prove?: ProofLevel
  /** Bounds the proof. Default: delay + batching window + function timeout + 60 s. */
  readonly proofTimeoutMs?: number
}

/** What is to become of one mapping. What is not named stays as it is. */
export interface UpdateInput {
  /** UUID, a prefix of eight characters or more, or the queue: name, URL or ARN. */
  readonly mapping: string
  /** Which one, where the queue has several. */
  readonly functionName?: string
  /** Tags are added to those that the mapping has. */
  readonly settings?: MappingSettings
  readonly clear?: readonly ClearableSetting[]
  /** Keys of tags to take away. */
  readonly untag?: readonly string[]
  /** The function to call instead: name, `name:alias`, partial or full ARN. */
  readonly toFunction?: string
}

/** Let the function of a mapping read another queue. The other members are settings of the new mapping. */
export interface MoveInput extends UpdateInput {
  /** Name, URL or ARN. */
  readonly toQueue: string
  /** true: delete the old mapping before the new one is made, so that nothing is consumed in between. Default false. */
  readonly oldFirst?: boolean
}

export interface ListRequest {
  /** Only mappings of this queue: name, URL or ARN. The queue need not exist any more. */
  readonly queue?: string
  /** Only mappings of this function. Without an alias or version, those of all its qualifiers. */
  readonly function?: string
  /** Stop after so many. Default: all. */
  readonly limit?: number
}

export type WaitTarget = 'enabled' | 'disabled' | 'deleted'

export interface WaitRequest {
  readonly uuid: string
  readonly for: WaitTarget
  /** Infinity waits for ever; 0 looks once. */
  readonly timeoutMs: number
  /** The state that AWS has just reported: nothing is asked when it is the one wanted. */
  readonly seen?: Mapping
  /** true: just created, so "not found" is tolerated for ten seconds. Default false. */
  readonly justCreated?: boolean
  /** true: AWS has just been asked for it, and may show the old state for a moment. Default false. */
  readonly asked?: boolean
  /** The command that takes back what AWS was asked for, told to whoever stops waiting. Default: none. */
  readonly back?: string
}

export interface DrainRequest {
  /** The mapping whose queue is to become empty. */
  readonly mapping: Mapping
  /** Infinity waits for ever. */
  readonly timeoutMs: number
}

export interface RedriveRequest {
  /** UUID, a prefix of eight characters or more, or the queue: name, URL or ARN. */
  readonly mapping: string
  /** Which one, where the queue has several. */
  readonly functionName?: string
  /** Messages in a second, 1 to 500. Default: SQS decides. */
  readonly maxPerSecond?: number
  /** true: moves them although they would only come back. Default false. */
  readonly force?: boolean
  /** true: stops a move that runs. Default false. */
  readonly cancel?: boolean
}

export interface RedriveOptions {
  /** Bounds the watching, in milliseconds. Default: until it ends. */
  readonly timeoutMs?: number
  /** false returns as soon as SQS took the request. Default true. */
  readonly wait?: boolean
}

export interface StatusOptions {
  /** true: judges also what is wrong with the mapping now, with the rules of the preflight. Default false. */
  readonly checks?: boolean
  /** true: reads also what CloudWatch counted in the last 15 minutes. Default false. */
  readonly metrics?: boolean
}

export interface WatchRequest {
  /** UUID, a prefix of eight characters or more, or the queue: name, URL or ARN. */
  readonly mapping: string
  /** Which one, where the queue has several. */
  readonly functionName?: string
  /** Between two looks, in milliseconds. */
  readonly intervalMs: number
}

export interface LogRequest {
  /** UUID, a prefix of eight characters or more, or the queue: name, URL or ARN. */
  readonly mapping: string
  /** Which one, where the queue has several. */
  readonly functionName?: string
  /** How far back to begin, in milliseconds. */
  readonly lastMs: number
  /** true: goes on until the signal stops it. Default false. */
  readonly follow?: boolean
  /** Only the runs in whose log this message id stands. */
  readonly messageId?: string
  /** Only this run. */
  readonly requestId?: string
}

export interface SendRequest {
  /** Name, URL or ARN. */
  readonly queue: string
  /** One body for every message. Default: `{"sqs-trigger":{"test":"<uuid>"}}`, a fresh id in each message. */
  readonly body?: string
  /** Bodies one by one; `body` and `count` are then not looked at. */
  readonly bodies?: readonly string[]
  /** How many messages. */
  readonly count: number
  /** FIFO: one fresh group for all when not given. Standard queues: sent only when given (fair queues). */
  readonly groupId?: string
  /** FIFO only, and for one message only. */
  readonly deduplicationId?: string
  /** Of every message. Default: none. */
  readonly attributes?: readonly MessageAttribute[]
  /** null sends without proving. Otherwise the evidence at which the proof may stop. */
  readonly prove: ProofLevel | null
  /** Bounds the proof, in milliseconds. Default: delay + batching window + function timeout + 60 s. */
  readonly timeoutMs?: number
}
