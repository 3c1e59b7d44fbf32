import { randomBytes } from 'node:crypto'
import { AwsFault } from '../aws-fault.js'
import { announce, wakeAt } from './availability.js'
import type { StoredMessage } from './message.js'
import { drop, type Queue } from './state.js'

/** A handle names the queue, the message and one receive of it. Callers treat it as opaque. */
export function issueHandle(queueArn: string, messageId: string): string {
  return Buffer.from(`${queueArn} ${messageId} ${randomBytes(16).toString('hex')}`).toString('base64')
}

/**
 * Deletes the message. A handle of an earlier receive, or of a message that is gone, does nothing. Throws
 * AwsFault for what is no handle, and in a FIFO queue when the visibility timeout is over.
 */
export function remove(queue: Queue, receiptHandle: string): void {
  const message = messageOf(queue, receiptHandle)
  if (!message || message.receiptHandle !== receiptHandle) return
  if (queue.fifo && message.visibleAt <= queue.clock.now()) {
    throw new AwsFault(
      'InvalidParameterValueException',
      `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
      { queryCode: 'InvalidParameterValue' },
    )
  }
  drop(queue, message)
  queue.meter.count('NumberOfMessagesDeleted', 1)
  // The next of its group may now be free.
  if (queue.fifo) announce(queue)
}

/** Hides the message for so many seconds from now; 0 shows it again. Throws AwsFault unless it is in flight. */
export function changeVisibility(queue: Queue, receiptHandle: string, seconds: number): void {
  const now = queue.clock.now()
  const message = messageOf(queue, receiptHandle)
  if (!message || message.receiptHandle !== receiptHandle || message.visibleAt <= now) {
    throw new AwsFault(
      'MessageNotInflight',
      `Value ${receiptHandle} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
      { queryCode: 'AWS.SimpleQueueService.MessageNotInflight', recorded: false },
    )
  }
  message.visibleAt = now + 1000 * seconds
  wakeAt(queue, message.visibleAt)
  if (seconds === 0) announce(queue)
}

function messageOf(queue: Queue, receiptHandle: string): StoredMessage | undefined {
  const [arn, messageId = ''] = Buffer.from(receiptHandle, 'base64').toString('utf8').split(' ')
  if (arn !== queue.arn) {
    throw new AwsFault(
      'ReceiptHandleIsInvalid',
      `The input receipt handle "${receiptHandle}" is not a valid receipt handle.`,
      {
        status: 404,
        recorded: false,
      },
    )
  }
  return queue.messages.get(messageId)
}
