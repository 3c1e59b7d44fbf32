import type { Queue } from '../aws/queue.js'
import type { ExportWorld } from './export-world.js'
import type { Namer } from './identifiers.js'
import { present, tagList } from './mapping-properties.js'
import type { Places } from './places.js'
import { type Members, textOf, type Value, withReferences } from './references.js'
import type { Resource } from './resources.js'

/** The queues that are exported along; each comes after its dead-letter queue, to which it refers. */
export interface Queues {
  /** The queue by reference: to the resource where it is one, otherwise by its name. */
  queue(arn: string): Value
  resources(): readonly Resource[]
  notes(): readonly string[]
}

/** Queues of this account that could be read, with their dead-letter queues. Their policies are left out, and said to be. */
export function openQueues(
  { context, queues, keys, queueTags }: ExportWorld,
  name: Namer,
  places: Places,
): Queues {
  const made = new Map<string, Resource>()
  const notes = new Set<string>()
  const keyOf = (id: string, queueName: string): Value => {
    const key = keys.get(id)
    // An alias means the same everywhere; an id is made up by AWS.
    if (id.startsWith('alias/')) return id
    return places.key(key?.state === 'known' ? key.value.arn : id, queueName, `queue ${queueName}`)
  }
  const add = (arn: string, queue: Queue) => {
    const target = queue.redrive === null ? undefined : reference(queue.redrive.deadLetterQueueArn)
    const tags = queueTags.get(arn)
    if (tags?.state === 'unknown')
      notes.add(`The tags of queue ${queue.name} could not be read (${tags.reason}).`)
    if (queue.policy !== null) {
      notes.add(
        `Queue ${queue.name} has a policy, which is left out: it stays as it is where the queue is imported.`,
      )
    }
    made.set(arn, {
      id: name(queue.name, 'queue'),
      type: 'AWS::SQS::Queue',
      properties: present({
        QueueName: places.queueName(arn),
        ...settingsOf(queue),
        ...(queue.encryption.kind === 'key'
          ? {
              KmsMasterKeyId: keyOf(queue.encryption.keyId, queue.name),
              KmsDataKeyReusePeriodSeconds: queue.encryption.dataKeyReuseSeconds,
            }
          : { SqsManagedSseEnabled: queue.encryption.kind === 'sqs-managed' }),
        RedrivePolicy:
          target === undefined || queue.redrive === null
            ? undefined
            : { deadLetterTargetArn: target, maxReceiveCount: queue.redrive.maxReceiveCount },
        RedriveAllowPolicy: allowance(queue.redriveAllowPolicy, places),
        Tags: tags?.state === 'known' ? tagList(tags.value) : undefined,
      }),
      existing: { identifier: { QueueUrl: queue.url }, terraformId: queue.url },
    })
  }
  const reference = (arn: string): Value => {
    const read = queues.get(arn)
    if (read?.state !== 'known' || read.value.account !== context.account) return places.queue(arn)
    if (!made.has(arn)) add(arn, read.value)
    const id = made.get(arn)?.id
    return id === undefined ? places.queue(arn) : textOf([{ arnOf: id }])
  }
  return { queue: reference, resources: () => [...made.values()], notes: () => [...notes] }
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-sqs-queue.html */
function settingsOf(queue: Queue): Members {
  return present({
    FifoQueue: queue.fifo || undefined,
    VisibilityTimeout: queue.visibilityTimeoutSeconds,
    MessageRetentionPeriod: queue.retentionSeconds,
    MaximumMessageSize: queue.maximumMessageBytes,
    DelaySeconds: queue.delaySeconds,
    ReceiveMessageWaitTimeSeconds: queue.receiveWaitSeconds,
    ContentBasedDeduplication: queue.fifo ? queue.contentBasedDeduplication : undefined,
    DeduplicationScope: queue.deduplicationScope,
    FifoThroughputLimit: queue.throughputLimit,
  })
}

/** Who may use the queue as dead-letter queue: by name, because a reference back would be one in a circle. */
function allowance(text: string | null, places: Places): Value | undefined {
  if (text === null) return undefined
  try {
    const policy: unknown = JSON.parse(text)
    const arns = [...text.matchAll(/arn:[^"\\]+/g)].map(([arn]) => arn)
    return withReferences(policy, new Map(arns.map((arn) => [arn, places.queue(arn)])))
  } catch {
    return undefined
  }
}
