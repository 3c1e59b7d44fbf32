import { lockedGroups } from './fifo.js'
import type { Queue } from './state.js'

/**
 * Calls the listener whenever a message may have become receivable: one arrived, a delay or a visibility timeout
 * is over, or a FIFO group is free again. It is called at once and in the same turn: receive there, or later.
 * Returns what ends it.
 */
export function onAvailable(queue: Queue, listener: () => void): () => void {
  // Wrapped, so that the same function may listen twice.
  const entry = () => listener()
  queue.listeners.add(entry)
  return () => {
    queue.listeners.delete(entry)
  }
}

/**
 * Tells the listeners, if there is anything to receive; stops when one of them took the last. Who was told first is told
 * last the next time, so that consumers share what comes.
 */
export function announce(queue: Queue): void {
  const told = [...queue.listeners]
  const [first] = told
  for (const listener of told) {
    if (!hasAvailable(queue)) break
    if (queue.listeners.has(listener)) listener()
  }
  if (first !== undefined && queue.listeners.delete(first)) queue.listeners.add(first)
}

export function hasAvailable(queue: Queue): boolean {
  const now = queue.clock.now()
  const locked = queue.fifo ? lockedGroups(queue, now) : undefined
  for (const message of queue.messages.values()) {
    if (message.visibleAt <= now && !locked?.has(message.groupId ?? '')) return true
  }
  return false
}

/** Makes sure that the queue looks again when a message shows at `at`. One timer a queue: for the next to show. */
export function wakeAt(queue: Queue, at: number): void {
  const now = queue.clock.now()
  if (at <= now || (queue.wake && queue.wake.at <= at)) return
  queue.wake?.timer.cancel()
  queue.wake = { at, timer: queue.clock.after(at - now, () => wake(queue)) }
}

function wake(queue: Queue): void {
  queue.wake = undefined
  const now = queue.clock.now()
  let next = Number.POSITIVE_INFINITY
  for (const { visibleAt } of queue.messages.values()) {
    if (visibleAt > now && visibleAt < next) next = visibleAt
  }
  if (next < Number.POSITIVE_INFINITY) wakeAt(queue, next)
  announce(queue)
}
