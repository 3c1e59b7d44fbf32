import { randomUUID } from 'node:crypto'
import type { QueueAddress } from '../../arn.js'
import type { OutgoingMessage } from '../../aws/messages.js'
import { SqsTriggerError } from '../../errors.js'
import { limits } from '../../limits.js'
import { attributeBytes, type MessageAttribute, refusedAttribute } from '../../message-attributes.js'
import { bodyBytes, refusedCharacter, testMessageBody } from '../../message-body.js'
import type { SendRequest } from '../requests.js'

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
  const { attributes = [] } = request
  const unfit = refusedAttribute(attributes)
  if (unfit !== undefined) throw new SqsTriggerError('USAGE', unfit)
  const groupId = request.groupId ?? (queue.fifo ? randomUUID() : undefined)
  return bodies.map((given) => {
    const fresh = randomUUID()
    return {
      body: given ?? testMessageBody(fresh),
      token: given === null ? fresh : null,
      ...(groupId === undefined ? {} : { groupId }),
      ...(queue.fifo ? { deduplicationId: request.deduplicationId ?? randomUUID() } : {}),
      ...(attributes.length === 0 ? {} : { attributes }),
    }
  })
}

/**
 * Checks a message as SQS would.
 * @param maximumBytes the queue's own limit, for body and attributes together.
 * @throws SqsTriggerError USAGE
 */
export function checkBody(
  body: string,
  maximumBytes: number = limits.messageBodyMaximum.value,
  attributes: readonly MessageAttribute[] = [],
): void {
  const own = bodyBytes(body)
  const bytes = own + attributeBytes(attributes)
  if (own === 0)
    throw new SqsTriggerError('USAGE', 'The message body is empty.', {
      hint: 'SQS wants at least one character.',
    })
  if (bytes > maximumBytes) {
    const what = own === bytes ? 'The message body has' : 'The message with its attributes has'
    throw new SqsTriggerError('USAGE', `${what} ${bytes} bytes; this queue takes ${maximumBytes}.`, {
      hint: 'Send a shorter body.',
    })
  }
  const refused = refusedCharacter(body)
  if (refused) {
    throw new SqsTriggerError(
      'USAGE',
      `The message body holds the character ${refused.name} at position ${refused.position}, which SQS refuses.`,
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
    const size = bodyBytes(message.body) + attributeBytes(message.attributes ?? [])
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
