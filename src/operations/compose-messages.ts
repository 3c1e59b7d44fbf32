import { randomUUID } from 'node:crypto'
import type { QueueAddress } from '../arn.js'
import type { OutgoingMessage } from '../aws/messages.js'
import { SqsTriggerError } from '../errors.js'
import { limits } from '../limits.js'
import type { SendRequest } from './requests.js'

/** A message to send, with the text by which it can be recognised in a log (null: by its message id only). */
export interface ComposedMessage extends OutgoingMessage {
  readonly token: string | null
}

/**
 * Makes the messages of a request. A FIFO queue gets one fresh group for all of them, which keeps their order and
 * cannot be held up by a stuck group, and a fresh deduplication id each, because a repeated one is accepted
 * without being delivered.
 * @throws SqsTriggerError USAGE for what SQS is certain to refuse; nothing has been sent then.
 */
export function composeMessages(request: SendRequest, queue: QueueAddress): readonly ComposedMessage[] {
  const bodies = request.bodies ?? Array.from({ length: request.count }, () => request.body ?? null)
  if (request.deduplicationId !== undefined && !queue.fifo) {
    throw new SqsTriggerError('USAGE', `${queue.name} is a standard queue: it takes no deduplication id.`, {
      hint: 'Leave out --deduplication-id.',
    })
  }
  if (request.deduplicationId !== undefined && bodies.length > 1) {
    throw new SqsTriggerError(
      'USAGE',
      'One deduplication id cannot serve several messages: SQS would deliver only the first.',
      {
        hint: 'Send one message, or leave out --deduplication-id: each message then gets its own.',
      },
    )
  }
  const groupId = request.groupId ?? (queue.fifo ? randomUUID() : undefined)
  return bodies.map((given) => {
    const token = given === null ? randomUUID() : null
    const body = given ?? JSON.stringify({ 'sqs-trigger': { test: token } })
    return {
      body,
      token,
      ...(groupId === undefined ? {} : { groupId }),
      ...(queue.fifo ? { deduplicationId: request.deduplicationId ?? randomUUID() } : {}),
    }
  })
}

/**
 * Checks a body as SQS would.
 * @param maximumBytes the queue's own limit.
 * @throws SqsTriggerError USAGE
 */
export function checkBody(body: string, maximumBytes: number = limits.messageBodyMaximum.value): void {
  const bytes = Buffer.byteLength(body, 'utf8')
  if (bytes === 0)
    throw new SqsTriggerError('USAGE', 'The message body is empty.', {
      hint: 'SQS wants at least one character.',
    })
  if (bytes > maximumBytes) {
    throw new SqsTriggerError(
      'USAGE',
      `The message body has ${bytes} bytes; this queue takes ${maximumBytes}.`,
      {
        hint: 'Send a shorter body.',
      },
    )
  }
  const refused = forbidden.exec(body)
  if (refused) {
    const code = (refused[0].codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')
    throw new SqsTriggerError(
      'USAGE',
      `The message body holds the character U+${code} at position ${refused.index}, which SQS refuses.`,
      {
        hint: 'SQS takes the characters of XML 1.0: encode binary data, for example as Base64.',
      },
    )
  }
}

/** Splits into requests that SQS takes: ten entries, and together no more bytes than one message may have. */
export function batchesOf(messages: readonly ComposedMessage[]): readonly (readonly ComposedMessage[])[] {
  const batches: ComposedMessage[][] = []
  let bytes = 0
  for (const message of messages) {
    const size = Buffer.byteLength(message.body, 'utf8')
    const current = batches.at(-1)
    const fits =
      current &&
      current.length < limits.sendBatchMaximum.value &&
      bytes + size <= limits.messageBodyMaximum.value
    if (fits) current.push(message)
    else batches.push([message])
    bytes = fits ? bytes + size : size
  }
  return batches
}

/**
 * Everything but #x9 | #xA | #xD | #x20-#xD7FF | #xE000-#xFFFD | #x10000-#x10FFFF; lone surrogates are refused, too.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const forbidden = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u
