import { SendMessageBatchCommand, SendMessageCommand } from '@aws-sdk/client-sqs'
import type { QueueAddress } from '../arn.js'
import { isBinary, type MessageAttribute } from '../message-attributes.js'
import type { Clients } from './clients.js'
import { watchAttempts } from './lost-answer.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

/** One message to send. Group and deduplication id stand only where the queue takes them. */
export interface OutgoingMessage {
  readonly body: string
  readonly groupId?: string
  readonly deduplicationId?: string
  readonly attributes?: readonly MessageAttribute[]
}

export type SendOutcome =
  | {
      readonly kind: 'accepted'
      readonly messageId: string
      /** SQS was asked again because an answer was lost: it may have taken the message then, too. */
      readonly perhapsTwice: boolean
    }
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
    const command = new SendMessageCommand({ QueueUrl, ...messageFields(only) })
    const call = { service: 'SQS', operation: 'SendMessage', queue: queue.name }
    const mayHaveBeenTaken = watchAttempts(command)
    const { MessageId } = await send(clients, call, () => clients.sqs.send(command))
    return [
      { kind: 'accepted', messageId: MessageId ?? '', perhapsTwice: isDoubtful(only, mayHaveBeenTaken) },
    ]
  }
  const Entries = messages.map((message, index) => ({ Id: String(index), ...messageFields(message) }))
  const command = new SendMessageBatchCommand({ QueueUrl, Entries })
  const call = { service: 'SQS', operation: 'SendMessageBatch', queue: queue.name }
  const mayHaveBeenTaken = watchAttempts(command)
  const answer = await send(clients, call, () => clients.sqs.send(command))
  return messages.map((message, index) => {
    const accepted = answer.Successful?.find(({ Id }) => Id === String(index))
    if (accepted) {
      const perhapsTwice = isDoubtful(message, mayHaveBeenTaken)
      return { kind: 'accepted', messageId: accepted.MessageId ?? '', perhapsTwice }
    }
    const refused = answer.Failed?.find(({ Id }) => Id === String(index))
    return {
      kind: 'refused',
      code: refused?.Code ?? 'Unknown',
      reason: refused?.Message ?? 'SQS did not mention this message in its answer',
    }
  })
}

/** A message with a deduplication id is not delivered again. */
const isDoubtful = ({ deduplicationId }: OutgoingMessage, mayHaveBeenTaken: () => boolean) =>
  deduplicationId === undefined && mayHaveBeenTaken()

/** A message as the API takes it. */
export const messageFields = ({ body, groupId, deduplicationId, attributes = [] }: OutgoingMessage) => ({
  MessageBody: body,
  ...(groupId === undefined ? {} : { MessageGroupId: groupId }),
  ...(deduplicationId === undefined ? {} : { MessageDeduplicationId: deduplicationId }),
  ...(attributes.length === 0
    ? {}
    : {
        MessageAttributes: Object.fromEntries(
          attributes.map((one): [string, AttributeValue] => [one.name, attributeValue(one)]),
        ),
      }),
})

const attributeValue = ({ type, value }: MessageAttribute): AttributeValue =>
  isBinary(type)
    ? { DataType: type, BinaryValue: Buffer.from(value, 'base64') }
    : { DataType: type, StringValue: value }

type AttributeValue =
  | { readonly DataType: string; readonly BinaryValue: Buffer }
  | { readonly DataType: string; readonly StringValue: string }
