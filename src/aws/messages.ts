import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import type { QueueAddress } from '../arn.js'
import type { Clients } from './clients.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

/** One message to send. Group and deduplication id stand only where the queue takes them. */
export interface OutgoingMessage {
  readonly body: string
  readonly groupId?: string
  readonly deduplicationId?: string
}

export type SendOutcome =
  | { readonly kind: 'accepted'; readonly messageId: string }
  | { readonly kind: 'refused'; readonly code: string; readonly reason: string }

/**
 * Sends up to ten messages, and returns one outcome each, in order. A single one goes by SendMessage, so that its
 * refusal is an error of its own; in a batch AWS may refuse some and accept the others. Not cut off by a signal: a
 * message whose answer was not awaited may have been sent.
 * @throws SqsTriggerError when the whole request fails.
 */
export async function sendMessageBatch(
  clients: Clients,
  queue: QueueAddress,
  messages: readonly OutgoingMessage[],
): Promise<readonly SendOutcome[]> {
  const [only, ...others] = messages
  if (!only) return []
  const QueueUrl = queueUrl(clients, queue)
  if (others.length === 0) {
    const command = new SendMessageCommand({ QueueUrl, ...fields(only) })
    const call = { service: 'SQS', operation: 'SendMessage', queue: queue.name }
    const { MessageId } = await send(clients, call, () => clients.sqs.send(command))
    return [{ kind: 'accepted', messageId: MessageId ?? '' }]
  }
  const Entries = messages.map((message, index) => ({ Id: String(index), ...fields(message) }))
  const command = new SendMessageBatchCommand({ QueueUrl, Entries })
  const call = { service: 'SQS', operation: 'SendMessageBatch', queue: queue.name }
  const answer = await send(clients, call, () => clients.sqs.send(command))
  return messages.map((_, index) => {
    const accepted = answer.Successful?.find(({ Id }) => Id === String(index))
    if (accepted) return { kind: 'accepted', messageId: accepted.MessageId ?? '' }
    const refused = answer.Failed?.find(({ Id }) => Id === String(index))
    return {
      kind: 'refused',
      code: refused?.Code ?? 'Unknown',
      reason: refused?.Message ?? 'SQS did not mention this message in its answer',
    }
  })
}

const fields = ({ body, groupId, deduplicationId }: OutgoingMessage) => ({
  MessageBody: body,
  ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
  ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
})
