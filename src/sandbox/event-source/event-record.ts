import type { MessageAttribute, ReceivedMessage } from '../sqs/message.js'

/** One record of the event that a function gets, members in the order recorded. */
export interface EventRecord {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: Readonly<Record<string, string>>
  readonly messageAttributes: Readonly<Record<string, RecordAttribute>>
  /** null: no attributes, from a mapping with a batching window; absent: no attributes, without a window. */
  readonly md5OfMessageAttributes?: string | null
  readonly md5OfBody: string
  readonly eventSource: 'aws:sqs'
  readonly eventSourceARN: string
  readonly awsRegion: string
}

/** Both lists are always there, and always empty: SQS never made them available. */
interface RecordAttribute {
  readonly stringValue?: string
  /** base64 */
  readonly binaryValue?: string
  readonly stringListValues: readonly never[]
  readonly binaryListValues: readonly never[]
  readonly dataType: string
}

export function toRecord(
  message: ReceivedMessage,
  queue: { readonly arn: string; readonly region: string },
  maximumBatchingWindowInSeconds: number,
): EventRecord {
  const digest = message.md5OfMessageAttributes ?? (maximumBatchingWindowInSeconds > 0 ? null : undefined)
  const attributes = Object.entries(message.messageAttributes)
  return {
    messageId: message.messageId,
    receiptHandle: message.receiptHandle,
    body: message.body,
    attributes: message.attributes,
    messageAttributes: Object.fromEntries(
      attributes.map(([name, value]) => [name, toRecordAttribute(value)]),
    ),
    ...(digest !== undefined && { md5OfMessageAttributes: digest }),
    md5OfBody: message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queue.arn,
    awsRegion: queue.region,
  }
}

function toRecordAttribute({ DataType, StringValue, BinaryValue }: MessageAttribute): RecordAttribute {
  return {
    ...(StringValue !== undefined && { stringValue: StringValue }),
    ...(BinaryValue !== undefined && { binaryValue: BinaryValue }),
    stringListValues: [],
    binaryListValues: [],
    dataType: DataType,
  }
}
