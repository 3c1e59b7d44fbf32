import { AwsFault } from '../aws-fault.js'
import { parseRedrivePolicy } from './redrive.js'
import { invalidAttribute, unknownAttribute } from './refusals.js'
import type { MessageCounts, Queue, QueueSettings } from './state.js'

/** Says what is wrong with a value; undefined when nothing is. */
type Check = (value: string) => string | undefined

const integer =
  (least: number, most: number): Check =>
  (value) =>
    /^\d{1,10}$/.test(value) && Number(value) >= least && Number(value) <= most
      ? undefined
      : `Must be an integer from ${least} to ${most}.`

const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    values.includes(value.toLowerCase()) || values.includes(value)
      ? undefined
      : `Must be one of ${values.join(', ')}.`

const json: Check = (value) => {
  try {
    return typeof JSON.parse(value) === 'object' ? undefined : 'Must be a JSON object.'
  } catch {
    return 'Must be valid JSON.'
  }
}

interface Attribute {
  readonly check: Check
  readonly fifoOnly?: boolean
  /** Its value on a new queue. Without one it is absent until set, and the empty text removes it. */
  readonly initial?: string
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const settable: Readonly<Record<string, Attribute>> = {
  DelaySeconds: { check: integer(0, 900), initial: '0' },
  MaximumMessageSize: { check: integer(1024, 1_048_576), initial: '1048576' },
  MessageRetentionPeriod: { check: integer(60, 1_209_600), initial: '345600' },
  ReceiveMessageWaitTimeSeconds: { check: integer(0, 20), initial: '0' },
  VisibilityTimeout: { check: integer(0, 43_200), initial: '30' },
  Policy: { check: json },
  RedrivePolicy: {
    check: (value) =>
      parseRedrivePolicy(value) ? undefined : 'Needs deadLetterTargetArn and maxReceiveCount.',
  },
  RedriveAllowPolicy: { check: json },
  KmsMasterKeyId: { check: () => undefined },
  KmsDataKeyReusePeriodSeconds: { check: integer(60, 86_400) },
  SqsManagedSseEnabled: { check: oneOf('true', 'false'), initial: 'true' },
  FifoQueue: { check: oneOf('true'), fifoOnly: true, initial: 'true' },
  ContentBasedDeduplication: { check: oneOf('true', 'false'), fifoOnly: true, initial: 'false' },
  DeduplicationScope: { check: oneOf('queue', 'messageGroup'), fifoOnly: true, initial: 'queue' },
  FifoThroughputLimit: { check: oneOf('perQueue', 'perMessageGroupId'), fifoOnly: true, initial: 'perQueue' },
}

const readOnly = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesDelayed',
  'ApproximateNumberOfMessagesNotVisible',
  'CreatedTimestamp',
  'LastModifiedTimestamp',
  'QueueArn',
]

/**
 * The settings of a queue after `changes`. Throws InvalidAttributeName for attributes that do not exist or cannot
 * be set, InvalidAttributeValue for values out of range.
 */
export function withChanges(
  settings: QueueSettings,
  changes: Readonly<Record<string, string>>,
  fifo: boolean,
): QueueSettings {
  const changed = new Map(settings)
  for (const [name, value] of Object.entries(changes)) {
    const attribute = Object.hasOwn(settable, name) ? settable[name] : undefined
    if (!attribute || (attribute.fifoOnly && !fifo)) throw unknownAttribute(name)
    if (value === '' && attribute.initial === undefined) {
      changed.delete(name)
      continue
    }
    const wrong = attribute.check(value)
    if (wrong) throw invalidAttribute(name, wrong)
    changed.set(name, value)
  }
  const byKms = Boolean(changes.KmsMasterKeyId)
  const bySqs = changes.SqsManagedSseEnabled?.toLowerCase() === 'true'
  if (byKms && bySqs) throw oneEncryption()
  // Each kind of encryption switches the other off.
  if (byKms) changed.set('SqsManagedSseEnabled', 'false')
  if (bySqs) changed.delete('KmsMasterKeyId')
  if (changed.has('KmsMasterKeyId') && !changed.has('KmsDataKeyReusePeriodSeconds')) {
    changed.set('KmsDataKeyReusePeriodSeconds', '300')
  }
  return changed
}

/** All attributes by name, as GetQueueAttributes gives them. */
export function describe(queue: Queue, counts: MessageCounts): Readonly<Record<string, string>> {
  const initial = Object.entries(settable).flatMap(([name, { initial, fifoOnly }]) =>
    initial !== undefined && (queue.fifo || !fifoOnly) ? [[name, initial] as const] : [],
  )
  return {
    QueueArn: queue.arn,
    ...countMessages(counts),
    CreatedTimestamp: seconds(queue.createdAt),
    LastModifiedTimestamp: seconds(queue.changedAt),
    ...Object.fromEntries(initial),
    ...Object.fromEntries(queue.settings),
  }
}

/** True for `All` and for every attribute that GetQueueAttributes knows. */
export function isAttributeName(name: string): boolean {
  return name === 'All' || Object.hasOwn(settable, name) || readOnly.includes(name)
}

function countMessages({ visible, delayed, inFlight }: MessageCounts): Readonly<Record<string, string>> {
  return {
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(inFlight),
  }
}

const seconds = (ms: number) => String(Math.floor(ms / 1000))

const oneEncryption = () =>
  new AwsFault(
    'InvalidAttributeName',
    'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
  )
