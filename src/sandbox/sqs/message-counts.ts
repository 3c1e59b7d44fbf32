import type { StoredMessage } from './message.js'
import { hasExpired } from './queue.js'
import type { MessageCounts, Queue } from './state.js'

/** Receives without a delete after which a message of a standard queue no longer counts as the oldest. */
const poisonReceives = 3

/**
 * What lies in a queue. The age leaves out messages that come back again and again, and begins anew in a dead-letter
 * queue. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function measure(queue: Queue): MessageCounts {
  const now = queue.clock.now()
  const count = { visible: 0, delayed: 0, inFlight: 0 }
  let oldest: number | undefined
  for (const message of queue.messages.values()) {
    if (hasExpired(queue, message, now)) continue
    if (message.visibleAt <= now) count.visible += 1
    else if (message.receiptHandle === undefined) count.delayed += 1
    else count.inFlight += 1
    if (countsAsOldest(queue, message)) oldest = Math.min(oldest ?? now, arrivedAt(message))
  }
  return { ...count, ageSeconds: oldest === undefined ? undefined : Math.floor((now - oldest) / 1000) }
}

const countsAsOldest = (queue: Queue, { receivedHere }: StoredMessage) =>
  queue.fifo || receivedHere < poisonReceives

const arrivedAt = ({ deadLetteredAt, sentAt }: StoredMessage) => deadLetteredAt ?? sentAt
