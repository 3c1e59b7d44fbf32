import type { Change } from '../../change.js'
import type { SqsTriggerError } from '../../errors.js'
import type { StackEvent, StackResource } from '../../stack.js'
import type { CallContext } from '../events.js'
import type { ConsoleLinks, SendResult } from '../results.js'
import type { QuickstartOptions } from './template.js'

/** A whole trigger from nothing. What is not given is not compared with a stack that exists. */
export interface QuickstartRequest {
  /** Of the stack. Default `sqs-trigger-quickstart`. */
  readonly name?: string
  /** true: a FIFO queue. Default: a standard one. */
  readonly fifo?: boolean
  /** true: the function sends each message to a phone, too. Default false. */
  readonly sms?: boolean
  /** Of queues, function and mapping. Default: none. */
  readonly tags?: Readonly<Record<string, string>>
}

/**
 * - `create`: there is no such stack.
 * - `resume`: it is being made, or taken back after a failure.
 * - `unchanged`: it is there, with what was asked for.
 * - `conflict`: it is there and otherwise, or in a state that has to be mended first; `obstacle` says how.
 */
export interface QuickstartPlan {
  readonly context: CallContext
  readonly name: string
  /** Those of the stack where there is one. */
  readonly options: QuickstartOptions
  readonly stack: StackState | null
  /** What the template describes. */
  readonly resources: readonly Omit<StackResource, 'physicalId'>[]
  readonly changes: readonly Change[]
  readonly outcome: 'create' | 'resume' | 'unchanged' | 'conflict'
  readonly obstacle: SqsTriggerError | null
  /** Sizes of the batches of test messages. */
  readonly batches: readonly number[]
}

interface StackState {
  readonly id: string
  /** As CloudFormation calls it. */
  readonly status: string
}

export interface QuickstartApply {
  /** The number of the phone, as `+4915112345678`; needed where `options.sms`. It is told nowhere. */
  readonly phoneNumber?: string
  /** false: no test messages. Default true: the function really runs. */
  readonly sendTest?: boolean
  /** Bounds the wait for the stack, and each proof, in milliseconds. Default 600000, and as long as a delivery may take. */
  readonly timeoutMs?: number
}

export interface QuickstartResult {
  readonly outcome: 'created' | 'unchanged'
  readonly stack: StackState
  readonly queueUrl: string
  readonly queueArn: string
  readonly deadLetterQueueArn: string
  readonly functionArn: string
  /** UUID of the mapping. */
  readonly mappingId: string
  readonly logGroup: string
  /** Of this run, oldest first. */
  readonly events: readonly StackEvent[]
  /** One message, then a batch; empty where none were sent. */
  readonly sent: readonly SendResult[]
  readonly links: ConsoleLinks | null
  readonly waitedMs: number
}

/** `unchanged`: there is no such stack. `resume`: it is being deleted already. */
export interface RemovalPlan {
  readonly context: CallContext
  readonly name: string
  readonly stack: StackState | null
  /** What goes. */
  readonly resources: readonly StackResource[]
  readonly changes: readonly Change[]
  readonly outcome: 'delete' | 'resume' | 'unchanged' | 'conflict'
  readonly obstacle: SqsTriggerError | null
}

export interface RemovalResult {
  readonly outcome: 'deleted' | 'unchanged'
  readonly events: readonly StackEvent[]
  readonly waitedMs: number
}
