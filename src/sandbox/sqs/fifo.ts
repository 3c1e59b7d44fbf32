import type { NewMessage } from './message.js'
import type { Deduplicated, Queue } from './state.js'

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const deduplicationIntervalMs = 5 * 60 * 1000

/** The result of the message of which this one is a repeat. */
export function duplicateOf(queue: Queue, message: NewMessage): Deduplicated['result'] | undefined {
  for (const [key, { at }] of queue.deduplicated) {
    // In order of arrival: behind the first that still counts, all do.
    if (at + deduplicationIntervalMs > message.sentAt) break
    queue.deduplicated.delete(key)
  }
  return queue.deduplicated.get(deduplicationKey(queue, message))?.result
}

export function remember(queue: Queue, message: NewMessage, result: Deduplicated['result']): void {
  queue.deduplicated.set(deduplicationKey(queue, message), { at: message.sentAt, result })
}

function deduplicationKey(queue: Queue, message: NewMessage): string {
  const perGroup = queue.settings.get('DeduplicationScope') === 'messageGroup'
  return JSON.stringify([perGroup ? message.groupId : null, message.deduplicationId])
}

/** Groups of which a message is in flight: nothing more of them is given out. */
export function lockedGroups(queue: Queue, now: number): Set<string> {
  const locked = new Set<string>()
  for (const message of queue.inFlight) {
    if (message.visibleAt > now) locked.add(message.groupId ?? '')
    else queue.inFlight.delete(message)
  }
  return locked
}

/** 20 digits, growing, with gaps: nobody may count on the next number. */
export function nextSequenceNumber(queue: Queue): string {
  queue.sequence += 256n
  return String(10_000_000_000_000_000_000n + queue.sequence)
}
