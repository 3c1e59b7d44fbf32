import { GetQueueAttributesCommand, type QueueAttributeName } from '@aws-sdk/client-sqs'
import type { QueueAddress } from '../arn.js'
import { jsonObjectIn } from '../json-object.js'
import { limits } from '../limits.js'
import { partitionOf } from '../partition.js'
import type { Clients } from './clients.js'
import { answeredWithout } from './not-aws.js'
import { send } from './send.js'

/** How a queue encrypts its messages. `keyId` is the id, ARN or alias that the queue names. */
type QueueEncryption =
  | { readonly kind: 'none' | 'sqs-managed' }
  | {
      readonly kind: 'key'
      readonly keyId: string
      /** How long SQS uses a data key before it asks KMS again; undefined: SQS did not say. */
      readonly dataKeyReuseSeconds?: number
    }

export interface Queue {
  readonly arn: string
  readonly url: string
  readonly name: string
  readonly account: string
  readonly fifo: boolean
  readonly visibilityTimeoutSeconds: number
  readonly delaySeconds: number
  readonly retentionSeconds: number
  readonly maximumMessageBytes: number
  readonly contentBasedDeduplication: boolean
  /** How long a receive waits for messages, where whoever receives does not say; left out: not at all. */
  readonly receiveWaitSeconds?: number
  /** Of a FIFO queue: `queue` or `messageGroup`. */
  readonly deduplicationScope?: string
  /** Of a FIFO queue: `perQueue` or `perMessageGroupId`. */
  readonly throughputLimit?: string
  readonly encryption: QueueEncryption
  /** Text of the queue policy; null: it has none. */
  readonly policy: string | null
  readonly redrive: { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number } | null
  /** Text of RedriveAllowPolicy: who may use this queue as dead-letter queue; null: the default, anyone near. */
  readonly redriveAllowPolicy: string | null
  readonly messages: QueueCounters
}

/** Approximate, and up to a minute behind. */
export interface QueueCounters {
  readonly visible: number
  readonly inFlight: number
  readonly delayed: number
}

/** The address that SQS's calls want. At AWS every queue's URL follows from its ARN; an endpoint serves the same path. */
export function queueUrl(clients: Clients, queue: QueueAddress): string {
  const host = clients.endpoint ?? `https://sqs.${queue.region}.${partitionOf(queue.region).dnsSuffix}`
  return `${host.replace(/\/+$/, '')}/${queue.account}/${queue.name}`
}

/**
 * Reads a queue's settings, policy and counters in one call.
 * @throws SqsTriggerError QUEUE_NOT_FOUND, ACCESS_DENIED
 */
export async function readQueue(
  clients: Clients,
  address: QueueAddress,
  signal?: AbortSignal,
): Promise<Queue> {
  const attributes = await readAttributes(clients, address, ['All'], signal)
  // Every queue has attributes; without them an unencrypted queue without a policy would be made up.
  if (Object.keys(attributes).length === 0) throw answeredWithout(clients, 'SQS', 'the attributes of a queue')
  const number = (name: QueueAttributeName, otherwise: number) =>
    numberIn(clients, attributes, name, otherwise)
  const waitSeconds = number('ReceiveMessageWaitTimeSeconds', 0)
  return {
    arn: address.arn,
    url: queueUrl(clients, address),
    name: address.name,
    account: address.account,
    fifo: attributes.FifoQueue === 'true' || address.fifo,
    visibilityTimeoutSeconds: number('VisibilityTimeout', limits.visibilityTimeoutDefault.value),
    delaySeconds: number('DelaySeconds', 0),
    retentionSeconds: number('MessageRetentionPeriod', limits.retentionDefault.value),
    maximumMessageBytes: number('MaximumMessageSize', limits.messageBodyMaximum.value),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === 'true',
    ...(waitSeconds > 0 ? { receiveWaitSeconds: waitSeconds } : {}),
    ...(attributes.DeduplicationScope ? { deduplicationScope: attributes.DeduplicationScope } : {}),
    ...(attributes.FifoThroughputLimit ? { throughputLimit: attributes.FifoThroughputLimit } : {}),
    encryption: encryptionOf(attributes),
    policy: attributes.Policy || null,
    redrive: redriveOf(attributes.RedrivePolicy),
    redriveAllowPolicy: attributes.RedriveAllowPolicy || null,
    messages: countersOf(clients, attributes),
  }
}

/**
 * Reads the three message counters alone.
 * @throws SqsTriggerError QUEUE_NOT_FOUND, ACCESS_DENIED
 */
export async function readQueueCounters(clients: Clients, address: QueueAddress): Promise<QueueCounters> {
  return countersOf(
    clients,
    await readAttributes(clients, address, [
      'ApproximateNumberOfMessages',
      'ApproximateNumberOfMessagesNotVisible',
      'ApproximateNumberOfMessagesDelayed',
    ]),
  )
}

type Attributes = Readonly<Partial<Record<QueueAttributeName, string>>>

async function readAttributes(
  clients: Clients,
  address: QueueAddress,
  names: QueueAttributeName[],
  signal?: AbortSignal,
): Promise<Attributes> {
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl(clients, address),
    AttributeNames: names,
  })
  const call = { service: 'sqs', operation: 'GetQueueAttributes', queue: address.name }
  const during = signal ? { abortSignal: signal } : {}
  return (await send(clients, call, () => clients.sqs.send(command, during))).Attributes ?? {}
}

function countersOf(clients: Clients, attributes: Attributes): QueueCounters {
  const count = (name: QueueAttributeName) => numberIn(clients, attributes, name, 0)
  return {
    visible: count('ApproximateNumberOfMessages'),
    inFlight: count('ApproximateNumberOfMessagesNotVisible'),
    delayed: count('ApproximateNumberOfMessagesDelayed'),
  }
}

/** SQS writes numbers as texts. One that is none is not SQS's, and no comparison with it would mean anything. */
function numberIn(
  clients: Clients,
  attributes: Attributes,
  name: QueueAttributeName,
  otherwise: number,
): number {
  const text = attributes[name]
  if (!text) return otherwise
  if (!wholeNumber.test(text)) throw answeredWithout(clients, 'SQS', `a number as ${name} of a queue`)
  return Number(text)
}

const wholeNumber = /^\d+$/

function encryptionOf(attributes: Attributes): QueueEncryption {
  const { KmsMasterKeyId: keyId, KmsDataKeyReusePeriodSeconds: seconds } = attributes
  if (keyId) return { kind: 'key', keyId, ...(seconds ? { dataKeyReuseSeconds: Number(seconds) } : {}) }
  return { kind: attributes.SqsManagedSseEnabled === 'true' ? 'sqs-managed' : 'none' }
}

/** `{"deadLetterTargetArn":"…","maxReceiveCount":"5"}`, the number as text or number. Damaged JSON counts as none. */
function redriveOf(text: string | undefined): Queue['redrive'] {
  const policy = jsonObjectIn(text ?? '') ?? {}
  const { deadLetterTargetArn, maxReceiveCount } = policy
  const count = String(maxReceiveCount ?? limits.maxReceiveCountDefault.value)
  if (typeof deadLetterTargetArn !== 'string' || !wholeNumber.test(count)) return null
  return {
    deadLetterQueueArn: deadLetterTargetArn,
    maxReceiveCount: Number(count),
  }
}
