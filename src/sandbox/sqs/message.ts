import { createHash } from 'node:crypto'

/** As on the wire; binary values in base64. `DataType` may carry a label: `Number.int`. */
export interface MessageAttribute {
  readonly DataType: string
  readonly StringValue?: string
  readonly BinaryValue?: string
}

export type MessageAttributes = Readonly<Record<string, MessageAttribute>>

/** What a sender hands over. Times in milliseconds since the epoch. */
export interface NewMessage {
  readonly body: string
  readonly messageAttributes: MessageAttributes
  readonly sentAt: number
  readonly senderId: string
  /** When it can first be received. */
  readonly visibleAt: number
  readonly groupId?: string
  readonly deduplicationId?: string
  readonly traceHeader?: string
}

/** A message in a queue. */
export interface StoredMessage extends NewMessage {
  readonly id: string
  /** FIFO queues only: 20 digits that grow. */
  readonly sequenceNumber?: string
  /** Set on a message that was moved to a dead-letter queue. */
  readonly deadLetterSourceArn?: string
  /** When it was moved there. */
  readonly deadLetteredAt?: number
  visibleAt: number
  /** In every queue that the message was in. */
  receiveCount: number
  /** In this queue only: what maxReceiveCount counts. */
  receivedHere: number
  firstReceivedAt: number | undefined
  /** The handle of the latest receive; earlier ones no longer delete. */
  receiptHandle: string | undefined
}

/** A message as a consumer gets it. */
export interface ReceivedMessage {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly md5OfBody: string
  /** All system attributes, values as strings, times as milliseconds. */
  readonly attributes: Readonly<Record<string, string>>
  readonly messageAttributes: MessageAttributes
  /** undefined: the message has no attributes. */
  readonly md5OfMessageAttributes: string | undefined
}

export const md5 = (data: string | Uint8Array) => createHash('md5').update(data).digest('hex')

/**
 * SDKs compare this and refuse a message where it differs; undefined where there are no attributes.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html#sqs-attributes-md5-message-digest-calculation
 */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort()
  if (names.length === 0) return undefined
  const hash = createHash('md5')
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  for (const name of names) {
    const attribute = attributes[name]
    if (!attribute) continue
    add(Buffer.from(name))
    add(Buffer.from(attribute.DataType))
    const binary = attribute.DataType.startsWith('Binary')
    hash.update(Buffer.from([binary ? 2 : 1]))
    add(
      binary ? Buffer.from(attribute.BinaryValue ?? '', 'base64') : Buffer.from(attribute.StringValue ?? ''),
    )
  }
  return hash.digest('hex')
}

/** Body and attributes (names, types, values) as SQS counts them against the maximum message size, in bytes. */
export function sizeOf(body: string, attributes: MessageAttributes): number {
  let size = Buffer.byteLength(body)
  for (const [name, { DataType, StringValue, BinaryValue }] of Object.entries(attributes)) {
    size += Buffer.byteLength(name) + Buffer.byteLength(DataType)
    size +=
      BinaryValue === undefined
        ? Buffer.byteLength(StringValue ?? '')
        : Buffer.from(BinaryValue, 'base64').length
  }
  return size
}

/** What a consumer sees of a message that was just received. */
export function toReceived(message: StoredMessage, receiptHandle: string): ReceivedMessage {
  const optional = {
    SequenceNumber: message.sequenceNumber,
    MessageGroupId: message.groupId,
    MessageDeduplicationId: message.deduplicationId,
    AWSTraceHeader: message.traceHeader,
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  }
  const given = Object.entries(optional).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return {
    messageId: message.id,
    receiptHandle,
    body: message.body,
    md5OfBody: md5(message.body),
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SenderId: message.senderId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
      ...Object.fromEntries(given),
    },
    messageAttributes: message.messageAttributes,
    md5OfMessageAttributes: md5OfAttributes(message.messageAttributes),
  }
}
