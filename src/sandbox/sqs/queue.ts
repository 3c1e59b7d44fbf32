import { randomUUID } from 'node:crypto'
import { announce, wakeAt } from './availability.js'
import { duplicateOf, lockedGroups, nextSequenceNumber, remember } from './fifo.js'
import { type NewMessage, type ReceivedMessage, type StoredMessage, toReceived } from './message.js'
import { issueHandle } from './receipt-handle.js'
import { deadLetterTarget, moveToDeadLetterQueue } from './redrive.js'
import { drop, type Queue, type QueueSettings, secondsOf } from './state.js'

// What a consumer inside the sandbox (Lambda's poller) needs stands in this file.
export { onAvailable } from './availability.js'
export { changeVisibility, remove } from './receipt-handle.js'

export function createQueue(
  identity: Pick<Queue, 'arn' | 'name' | 'account' | 'region' | 'url' | 'clock' | 'queues' | 'meter'>,
  settings: QueueSettings,
): Queue {
  const now = identity.clock.now()
  return {
    ...identity,
    fifo: identity.name.endsWith('.fifo'),
    createdAt: now,
    changedAt: now,
    purgedAt: undefined,
    settings,
    tags: new Map(),
    messages: new Map(),
    inFlight: new Set(),
    deduplicated: new Map(),
    sequence: 0n,
    listeners: new Set(),
    wake: undefined,
  }
}

/**
 * Puts messages into the queue and tells who waits, once. A FIFO message whose deduplication id came in the last
 * five minutes is accepted and not stored: its result is the first one's.
 */
export function enqueue(
  queue: Queue,
  arrivals: readonly NewMessage[],
): readonly { readonly id: string; readonly sequenceNumber?: string }[] {
  let stored = 0
  const results = arrivals.map((arrival) => {
    const duplicate = queue.fifo ? duplicateOf(queue, arrival) : undefined
    if (duplicate) return duplicate
    const message: StoredMessage = {
      ...arrival,
      id: randomUUID(),
      ...(queue.fifo ? { sequenceNumber: nextSequenceNumber(queue) } : {}),
      receiveCount: 0,
      receivedHere: 0,
      firstReceivedAt: undefined,
      receiptHandle: undefined,
    }
    queue.messages.set(message.id, message)
    stored += 1
    wakeAt(queue, message.visibleAt)
    const { id, sequenceNumber } = message
    const result = sequenceNumber === undefined ? { id } : { id, sequenceNumber }
    if (queue.fifo) remember(queue, arrival, result)
    return result
  })
  queue.meter.count('NumberOfMessagesSent', stored)
  announce(queue)
  return results
}

/**
 * Takes up to `max` visible messages and hides them for the visibility timeout (default: the queue's). Messages
 * received too often move to the dead-letter queue instead. In a FIFO queue a group of which anything is in
 * flight gives nothing; several messages of one group may come together.
 */
export function receive(
  queue: Queue,
  options: { readonly max: number; readonly now: number; readonly visibilityTimeoutSeconds?: number },
): ReceivedMessage[] {
  const { max, now } = options
  const hiddenUntil = now + 1000 * (options.visibilityTimeoutSeconds ?? secondsOf(queue, 'VisibilityTimeout'))
  const target = deadLetterTarget(queue)
  const blocked = queue.fifo ? lockedGroups(queue, now) : new Set<string>()
  const received: ReceivedMessage[] = []
  const overdue: StoredMessage[] = []

  for (const message of queue.messages.values()) {
    if (received.length === max) break
    if (hasExpired(queue, message, now)) {
      drop(queue, message)
      continue
    }
    const group = queue.fifo ? (message.groupId ?? '') : undefined
    if (group !== undefined && blocked.has(group)) continue
    if (message.visibleAt > now) {
      // Order within the group: what comes behind a delayed message waits for it.
      if (group !== undefined) blocked.add(group)
      continue
    }
    if (target && message.receivedHere >= target.maxReceiveCount) {
      drop(queue, message)
      overdue.push(message)
      continue
    }
    received.push(hand(queue, message, now, hiddenUntil))
  }
  queue.meter.count('NumberOfMessagesReceived', received.length)
  if (target && overdue.length > 0) moveToDeadLetterQueue(queue, target.queue, overdue, now)
  return received
}

function hand(queue: Queue, message: StoredMessage, now: number, hiddenUntil: number): ReceivedMessage {
  const receiptHandle = issueHandle(queue.arn, message.id)
  message.receiptHandle = receiptHandle
  message.receiveCount += 1
  message.receivedHere += 1
  message.firstReceivedAt ??= now
  message.visibleAt = hiddenUntil
  queue.inFlight.add(message)
  wakeAt(queue, hiddenUntil)
  return toReceived(message, receiptHandle)
}

/** True when the retention period is over. */
export function hasExpired(queue: Queue, message: StoredMessage, now: number): boolean {
  return message.sentAt + 1000 * secondsOf(queue, 'MessageRetentionPeriod') <= now
}
