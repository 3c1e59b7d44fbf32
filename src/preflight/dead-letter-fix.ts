import type { CreateQueue } from '../change.js'
import { limits } from '../limits.js'

/**
 * A new dead-letter queue, of the source's type as SQS wants it, that keeps messages for as long as SQS can: a message
 * of a standard queue keeps its age when it is moved, so that a shorter retention may end before anybody looks. It names
 * no key: a message keeps its encryption when it is moved.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 */
export function newDeadLetterQueue(queueArn: string, fifo: boolean): CreateQueue {
  return {
    action: 'create',
    type: 'queue',
    iamAction: 'sqs:CreateQueue',
    queueArn,
    attributes: {
      ...(fifo ? { FifoQueue: 'true' } : {}),
      MessageRetentionPeriod: String(limits.retentionMaximum.value),
    },
  }
}

/** `orders` → `orders-dead-letter`, `orders.fifo` → `orders-dead-letter.fifo`; cut where SQS takes no longer name. */
export function deadLetterName(queueName: string, fifo: boolean): string {
  const ending = `-dead-letter${fifo ? '.fifo' : ''}`
  const room = limits.queueNameMaximum.value - ending.length
  return `${queueName.replace(/\.fifo$/, '').slice(0, room)}${ending}`
}
