import { type MessageAttributes, md5, md5OfAttributes } from './message.js'
import type { MessageInput } from './new-message.js'

/** What a sender gets back; SDKs check the digests. */
export function describeSent(
  { body, messageAttributes, traceHeader }: MessageInput,
  result: { readonly id: string; readonly sequenceNumber?: string } | undefined,
) {
  const system: MessageAttributes =
    traceHeader === undefined ? {} : { AWSTraceHeader: { DataType: 'String', StringValue: traceHeader } }
  return {
    MessageId: result?.id,
    MD5OfMessageBody: md5(body),
    MD5OfMessageAttributes: md5OfAttributes(messageAttributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(system),
    SequenceNumber: result?.sequenceNumber,
  }
}
