import type { SandboxClock, Timer } from '../clock.js'
import type { StoredMessage } from './message.js'

export interface SqsState {
  /** By ARN, in order of creation. */
  readonly queues: Map<string, Queue>
  /** When queues that are gone were deleted: a name is free again after 60 seconds. */
  readonly deletedAt: Map<string, number>
  /** By ARN of the queue that messages leave, the newest first. */
  readonly moveTasks: Map<string, readonly MoveTask[]>
  /** Queues that CloudWatch measures, by ARN, with the time of their last use. */
  readonly lastUsed: Map<string, number>
  /** The next measurement. */
  measuring: Timer | undefined
  /** How long a queue goes on telling the counters that it told, in milliseconds. */
  readonly countersLagMs: number
  /** What each queue told last, and when. */
  readonly told: WeakMap<Queue, { readonly at: number; readonly counts: MessageCounts }>
}

/** Attributes by name, as text: only those that were set. */
export type QueueSettings = ReadonlyMap<string, string>

/** A queue with its messages. Made by `createQueue`; changed by the functions of this folder only. */
export interface Queue {
  readonly arn: string
  readonly name: string
  readonly account: string
  readonly region: string
  readonly url: string
  readonly fifo: boolean
  readonly clock: SandboxClock
  readonly meter: QueueMeter
  /** All queues of the sandbox, to find the dead-letter queue. */
  readonly queues: ReadonlyMap<string, Queue>
  /** Epoch milliseconds. */
  readonly createdAt: number
  changedAt: number
  purgedAt: number | undefined
  /** What was set; what was not has its default. */
  settings: QueueSettings
  readonly tags: Map<string, string>
  /** By message id, in order of arrival. A message is hidden while its `visibleAt` lies ahead. */
  readonly messages: Map<string, StoredMessage>
  /** Handed out and not deleted; those whose visibility timeout is over leave it when it is next read. */
  readonly inFlight: Set<StoredMessage>
  readonly deduplicated: Map<string, Deduplicated>
  sequence: bigint
  readonly listeners: Set<() => void>
  wake: { readonly at: number; readonly timer: Timer } | undefined
}

/** The first of several equal FIFO messages. */
export interface Deduplicated {
  readonly at: number
  readonly result: { readonly id: string; readonly sequenceNumber?: string }
}

/** Defaults in seconds. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_CreateQueue.html */
const defaultSeconds = {
  DelaySeconds: 0,
  MessageRetentionPeriod: 345_600,
  ReceiveMessageWaitTimeSeconds: 0,
  VisibilityTimeout: 30,
} as const

/** A setting that counts seconds, or its default. */
export function secondsOf(queue: Queue, name: keyof typeof defaultSeconds): number {
  return Number(queue.settings.get(name) ?? defaultSeconds[name])
}

export function createSqsState(countersLagMs = 0): SqsState {
  return {
    queues: new Map(),
    deletedAt: new Map(),
    moveTasks: new Map(),
    lastUsed: new Map(),
    measuring: undefined,
    countersLagMs,
    told: new WeakMap(),
  }
}

export function drop(queue: Queue, message: StoredMessage): void {
  queue.messages.delete(message.id)
  queue.inFlight.delete(message)
}

/** Calls off every timer and forgets who waits. */
export function stopAll(state: SqsState): void {
  for (const queue of state.queues.values()) silence(queue)
  for (const task of [...state.moveTasks.values()].flat()) task.timer?.cancel()
  state.measuring?.cancel()
}

/** The queue is gone: nothing of it happens any more. */
export function silence(queue: Queue): void {
  queue.wake?.timer.cancel()
  queue.wake = undefined
  queue.listeners.clear()
}

export interface MessageCounts {
  readonly visible: number
  readonly delayed: number
  readonly inFlight: number
  /** Of the oldest message that counts, in whole seconds; undefined: none does. */
  readonly ageSeconds: number | undefined
}

export type QueueCount = 'NumberOfMessagesSent' | 'NumberOfMessagesReceived' | 'NumberOfMessagesDeleted'

/** What a queue tells CloudWatch. */
export interface QueueMeter {
  count(metric: QueueCount, amount: number): void
}

type MoveTaskStatus = 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED'

/** A task that moves messages out of a dead-letter queue. */
export interface MoveTask {
  readonly id: string
  readonly sourceArn: string
  /** undefined: each message goes back to the queue that it came from. */
  readonly destinationArn: string | undefined
  /** As asked for; undefined: the sandbox's own rate. */
  readonly maxPerSecond: number | undefined
  /** Epoch milliseconds. */
  readonly startedAt: number
  readonly toMove: number
  status: MoveTaskStatus
  moved: number
  failureReason: string | undefined
  timer: Timer | undefined
}
