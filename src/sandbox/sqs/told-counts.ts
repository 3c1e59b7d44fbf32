import { measure } from './message-counts.js'
import type { MessageCounts, Queue, SqsState } from './state.js'

/**
 * What a queue tells of its messages: the counters are approximate, and may be a minute behind. Within the lag of the
 * sandbox it tells what it told before; without one, what is.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
export function toldCounts({ told, countersLagMs }: SqsState, queue: Queue): MessageCounts {
  const now = queue.clock.now()
  const before = told.get(queue)
  if (before && now < before.at + countersLagMs) return before.counts
  const counts = measure(queue)
  if (countersLagMs > 0) told.set(queue, { at: now, counts })
  return counts
}
