import { createHash } from 'node:crypto'
import { AwsFault } from '../aws-fault.js'
import type { Call } from '../define-action.js'
import { integer, structure, text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { type MessageAttribute, type MessageAttributes, type NewMessage, sizeOf } from './message.js'
import { invalidValue, missingParameter } from './refusals.js'
import { type Queue, secondsOf } from './state.js'

/** A message of SendMessage, or an entry of SendMessageBatch, before the queue is known. */
export interface MessageInput {
  readonly body: string
  readonly messageAttributes: MessageAttributes
  readonly delaySeconds: number | undefined
  readonly groupId: string | undefined
  readonly deduplicationId: string | undefined
  readonly traceHeader: string | undefined
}

/** Reads a message; what can be told without the queue is refused here. */
export function readMessage(raw: RawInput): MessageInput {
  const body = text(raw, 'MessageBody')
  if (!body) throw missingParameter('MessageBody')
  if (notXml.test(body)) {
    throw new AwsFault('InvalidMessageContents', 'The message contains characters outside the allowed set.', {
      recorded: false,
    })
  }
  const traceHeader = readAttributes(raw, 'MessageSystemAttributes').AWSTraceHeader?.StringValue
  return {
    body,
    messageAttributes: readAttributes(raw, 'MessageAttributes'),
    delaySeconds: inRange('DelaySeconds', integer(raw, 'DelaySeconds'), 900),
    groupId: text(raw, 'MessageGroupId'),
    deduplicationId: text(raw, 'MessageDeduplicationId'),
    traceHeader,
  }
}

/**
 * The message as this queue takes it. Throws what SQS says of size, group, deduplication and delay; see
 * `requireGroup` for the one check that a batch answers differently.
 */
export function prepareMessage(input: MessageInput, queue: Queue, call: Call): NewMessage {
  const { body, messageAttributes, delaySeconds, groupId, traceHeader } = input
  const limit = Number(queue.settings.get('MaximumMessageSize') ?? 1_048_576)
  if (sizeOf(body, messageAttributes) > limit) {
    throw invalidValue(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    )
  }
  if (queue.fifo && delaySeconds) throw notForType('DelaySeconds', String(delaySeconds))
  const deduplicationId = deduplication(input, queue)
  const sentAt = call.world.clock.now()
  return {
    body,
    messageAttributes,
    sentAt,
    senderId: call.principal.userId,
    visibleAt: sentAt + 1000 * (delaySeconds ?? secondsOf(queue, 'DelaySeconds')),
    ...(groupId === undefined ? {} : { groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  }
}

/** True where a FIFO queue gets a message without group. */
export const lacksGroup = (input: MessageInput, queue: Queue) => queue.fifo && !input.groupId

function deduplication(input: MessageInput, queue: Queue): string | undefined {
  const given = input.deduplicationId
  if (!queue.fifo) {
    if (given !== undefined) throw notForType('MessageDeduplicationId', given)
    return undefined
  }
  if (given) return given
  if (queue.settings.get('ContentBasedDeduplication')?.toLowerCase() === 'true') {
    return createHash('sha256').update(input.body).digest('hex')
  }
  throw invalidValue(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  )
}

function readAttributes(raw: RawInput, member: string): MessageAttributes {
  const given = Object.keys(structure(raw, member) ?? {})
  if (given.length > 10)
    throw invalidValue(
      `Number of message attributes [${given.length}] exceeds the allowed maximum [10].`,
      false,
    )
  const map = structure(raw, member) ?? {}
  return Object.fromEntries(given.map((name) => [name, readAttribute(name, structure(map, name) ?? {})]))
}

function readAttribute(name: string, raw: RawInput): MessageAttribute {
  const DataType = text(raw, 'DataType') ?? ''
  const StringValue = text(raw, 'StringValue')
  const BinaryValue = text(raw, 'BinaryValue')
  const valid =
    /^(String|Number|Binary)(\..+)?$/.test(DataType) &&
    /^(?!aws\.|amazon\.)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$/i.test(name) &&
    name.length <= 256 &&
    Boolean(DataType.startsWith('Binary') ? BinaryValue : StringValue)
  if (!valid) throw invalidValue(`The message attribute '${name}' has an invalid name, type or value.`, false)
  return {
    DataType,
    ...(StringValue === undefined ? {} : { StringValue }),
    ...(BinaryValue === undefined ? {} : { BinaryValue }),
  }
}

/** A number from 0 to `most`, or undefined where none was given. */
export function inRange(name: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || (value >= 0 && value <= most)) return value
  throw invalidValue(
    `Value ${value} for parameter ${name} is invalid. Reason: Must be between 0 and ${most}, if provided.`,
    false,
  )
}

const notForType = (name: string, value: string) =>
  invalidValue(
    `Value ${value} for parameter ${name} is invalid. Reason: The request include parameter that is not valid for this queue type`,
    false,
  )

// biome-ignore lint/suspicious/noControlCharactersInRegex: what XML 1.0 cannot hold, SQS does not take
const notXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/
