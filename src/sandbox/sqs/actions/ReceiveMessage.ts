import { type Call, defineAction } from '../../define-action.js'
import { integer, texts } from '../../members.js'
import { hasAvailable } from '../availability.js'
import { useKey } from '../encryption.js'
import { waitForMessages } from '../long-poll.js'
import { type MessageAttributes, md5OfAttributes, type ReceivedMessage } from '../message.js'
import { inRange } from '../new-message.js'
import { receive } from '../queue.js'
import { findQueue, needOnQueue, type QueueInput, readQueueUrl } from '../queue-url.js'
import { invalidValue } from '../refusals.js'
import { type Queue, secondsOf } from '../state.js'

interface Input extends QueueInput {
  readonly max: number
  readonly waitSeconds: number | undefined
  readonly visibilityTimeoutSeconds: number | undefined
  readonly systemNames: readonly string[]
  readonly attributeNames: readonly string[]
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html */
export default defineAction({
  service: 'sqs',
  name: 'ReceiveMessage',

  decode: (raw): Input => ({
    queueUrl: readQueueUrl(raw),
    max: readMax(integer(raw, 'MaxNumberOfMessages')),
    waitSeconds: readWait(integer(raw, 'WaitTimeSeconds')),
    visibilityTimeoutSeconds: inRange('VisibilityTimeout', integer(raw, 'VisibilityTimeout'), 43_200),
    // AttributeNames is the older name of the same.
    systemNames: [
      ...(texts(raw, 'AttributeNames') ?? []),
      ...(texts(raw, 'MessageSystemAttributeNames') ?? []),
    ],
    attributeNames: texts(raw, 'MessageAttributeNames') ?? [],
  }),

  needs: ({ queueUrl }, call) => needOnQueue('ReceiveMessage', queueUrl, call),

  run: async (input, call) => {
    const queue = findQueue(input.queueUrl, call)
    const waitSeconds = input.waitSeconds ?? secondsOf(queue, 'ReceiveMessageWaitTimeSeconds')
    const messages = await waitForMessages(queue, waitSeconds * 1000, call.connection, () =>
      take(queue, input, call),
    )
    return messages.length > 0 ? { Messages: messages.map((message) => describe(message, input)) } : {}
  },
})

function take(
  queue: Queue,
  { max, visibilityTimeoutSeconds }: Input,
  call: Call,
): readonly ReceivedMessage[] {
  // Nothing is decrypted where there is nothing: an empty queue answers without its key.
  if (hasAvailable(queue)) useKey(call, queue, ['Decrypt'])
  const now = call.world.clock.now()
  return receive(queue, {
    max,
    now,
    ...(visibilityTimeoutSeconds === undefined ? {} : { visibilityTimeoutSeconds }),
  })
}

function describe(message: ReceivedMessage, { systemNames, attributeNames }: Input) {
  const system = Object.entries(message.attributes).filter(
    ([name]) => systemNames.includes('All') || systemNames.includes(name),
  )
  const attributes: MessageAttributes = Object.fromEntries(
    Object.entries(message.messageAttributes).filter(([name]) => isAsked(name, attributeNames)),
  )
  const some = Object.keys(attributes).length > 0
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(system.length > 0 ? { Attributes: Object.fromEntries(system) } : {}),
    ...(some ? { MessageAttributes: attributes, MD5OfMessageAttributes: md5OfAttributes(attributes) } : {}),
  }
}

/** `All`, `.*`, a name, or `prefix.*` */
function isAsked(name: string, asked: readonly string[]): boolean {
  return asked.some(
    (wanted) =>
      wanted === 'All' || wanted === name || (wanted.endsWith('.*') && name.startsWith(wanted.slice(0, -2))),
  )
}

function readMax(value = 1): number {
  if (value >= 1 && value <= 10) return value
  throw invalidValue(
    `Value ${value} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`,
  )
}

function readWait(value: number | undefined): number | undefined {
  if (value === undefined || (value >= 0 && value <= 20)) return value
  throw invalidValue(
    `Value ${value} for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.`,
  )
}
