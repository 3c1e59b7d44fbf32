import { isObject } from '../protocols/json-body.js'
import { announce, wakeAt } from './availability.js'
import { nextSequenceNumber } from './fifo.js'
import type { StoredMessage } from './message.js'
import type { Queue } from './state.js'

export interface RedrivePolicy {
  readonly deadLetterTargetArn: string
  readonly maxReceiveCount: number
}

/** Reads a RedrivePolicy attribute; undefined when it is none (SQS takes the count as a number or as text). */
export function parseRedrivePolicy(text: string | undefined): RedrivePolicy | undefined {
  if (!text) return undefined
  let policy: unknown
  try {
    policy = JSON.parse(text)
  } catch {
    return undefined
  }
  if (!isObject(policy)) return undefined
  const { deadLetterTargetArn } = policy
  const maxReceiveCount = Number(policy.maxReceiveCount)
  const valid =
    typeof deadLetterTargetArn === 'string' && Number.isInteger(maxReceiveCount) && maxReceiveCount >= 1
  return valid ? { deadLetterTargetArn, maxReceiveCount } : undefined
}

/** Where messages go that were received too often; undefined when nowhere: no policy, or its queue is gone. */
export function deadLetterTarget(
  queue: Queue,
): { readonly queue: Queue; readonly maxReceiveCount: number } | undefined {
  const policy = parseRedrivePolicy(queue.settings.get('RedrivePolicy'))
  const target = policy && queue.queues.get(policy.deadLetterTargetArn)
  return policy && target ? { queue: target, maxReceiveCount: policy.maxReceiveCount } : undefined
}

/** The queues that send what they cannot get rid of to this one. */
export function deadLetterSources(queues: ReadonlyMap<string, Queue>, arn: string): readonly Queue[] {
  return [...queues.values()].filter(
    ({ settings }) => parseRedrivePolicy(settings.get('RedrivePolicy'))?.deadLetterTargetArn === arn,
  )
}

/**
 * The message keeps id, body and receive count. In a standard queue it keeps its age too; in a FIFO queue it
 * starts anew, and its deduplication id becomes the message id.
 */
export function moveToDeadLetterQueue(
  source: Queue,
  target: Queue,
  messages: readonly StoredMessage[],
  now: number,
): void {
  for (const message of messages) {
    target.messages.set(message.id, {
      ...message,
      ...(target.fifo
        ? { sentAt: now, deduplicationId: message.id, sequenceNumber: nextSequenceNumber(target) }
        : {}),
      deadLetterSourceArn: source.arn,
      deadLetteredAt: now,
      visibleAt: now,
      receivedHere: 0,
      receiptHandle: undefined,
    })
    wakeAt(target, now)
  }
  announce(target)
}
