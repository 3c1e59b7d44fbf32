import type { StoredMessage } from './message.js'
import { enqueue } from './queue.js'
import { drop, type Queue, secondsOf } from './state.js'

/**
 * Moves one message out of a dead-letter queue; it arrives as a new one, with a new id and a new age. Returns why it
 * could not, in the words of a task's FailureReason; undefined: it did. Without `destinationArn` it goes back to the
 * queue from which it came to the dead-letter queue.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
export function moveMessage(
  queues: ReadonlyMap<string, Queue>,
  source: Queue,
  message: StoredMessage,
  destinationArn: string | undefined,
): string | undefined {
  const arn = destinationArn ?? message.deadLetterSourceArn
  // Somebody sent it to the dead-letter queue, or Lambda or SNS did.
  if (arn === undefined) return 'CouldNotDetermineMessageSource'
  const destination = queues.get(arn)
  if (!destination) return 'AWS.SimpleQueueService.NonExistentQueue'
  const now = source.clock.now()
  const { body, messageAttributes, senderId, groupId, deduplicationId, traceHeader } = message
  drop(source, message)
  enqueue(destination, [
    {
      body,
      messageAttributes,
      senderId,
      sentAt: now,
      visibleAt: now + 1000 * secondsOf(destination, 'DelaySeconds'),
      ...(groupId === undefined ? {} : { groupId }),
      ...(deduplicationId === undefined ? {} : { deduplicationId }),
      ...(traceHeader === undefined ? {} : { traceHeader }),
    },
  ])
  return undefined
}
