import type { Queue } from '../aws/queue.js'
import type { CreateQueue } from '../change.js'
import { limits } from '../limits.js'
import type { RuleContext } from './rule.js'

/** What a dead-letter queue takes over from its source. */
export type DeadLetterSource = Pick<Queue, 'fifo' | 'encryption'>

/**
 * A new dead-letter queue, of the source's type as SQS wants it, that keeps messages for as long as SQS can: a message
 * of a standard queue keeps its age when it is moved, so that a shorter retention may end before anybody looks. It has
 * the source's key, so that what is sent to it directly is protected as well and who reads both needs one key: a
 * message that is moved keeps its encryption either way, and moving asks nothing of the role. Without a key it is as
 * SQS makes every queue, which is encrypted.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-server-side-encryption.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html
 */
export function newDeadLetterQueue(
  queueArn: string,
  { fifo, encryption }: DeadLetterSource,
  { keyIsGone = false }: RuleContext,
): CreateQueue {
  return {
    action: 'create',
    type: 'queue',
    iamAction: 'sqs:CreateQueue',
    queueArn,
    attributes: {
      ...(fifo ? { FifoQueue: 'true' } : {}),
      MessageRetentionPeriod: String(limits.retentionMaximum.value),
      // A key that is gone would make a queue that takes no message.
      ...(keyIsGone ? {} : keyAttributes(encryption)),
    },
  }
}

function keyAttributes(encryption: Queue['encryption']): Readonly<Record<string, string>> {
  if (encryption.kind !== 'key') return {}
  const { keyId, dataKeyReuseSeconds: seconds } = encryption
  return {
    KmsMasterKeyId: keyId,
    ...(seconds === undefined ? {} : { KmsDataKeyReusePeriodSeconds: String(seconds) }),
  }
}

/** `orders` → `orders-dead-letter`, `orders.fifo` → `orders-dead-letter.fifo`; cut where SQS takes no longer name. */
export function deadLetterName(queueName: string, fifo: boolean): string {
  const ending = `-dead-letter${fifo ? '.fifo' : ''}`
  const room = limits.queueNameMaximum.value - ending.length
  return `${queueName.replace(/\.fifo$/, '').slice(0, room)}${ending}`
}
