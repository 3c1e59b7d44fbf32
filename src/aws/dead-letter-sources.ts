import { ListDeadLetterSourceQueuesCommand } from '@aws-sdk/client-sqs'
import { type QueueAddress, readQueueReference } from '../arn.js'
import type { Clients } from './clients.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

/**
 * The queues that move messages into this one, up to 1,000 of them, as ARNs: of this account and Region, as SQS wants it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ListDeadLetterSourceQueues.html
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND
 */
export async function readDeadLetterSources(
  clients: Clients,
  deadLetters: QueueAddress,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const QueueUrl = queueUrl(clients, deadLetters)
  const command = new ListDeadLetterSourceQueuesCommand({ QueueUrl, MaxResults: 1000 })
  const about = { service: 'sqs', operation: 'ListDeadLetterSourceQueues', queue: deadLetters.name } as const
  const answer = await send(clients, about, () =>
    clients.sqs.send(command, signal ? { abortSignal: signal } : {}),
  )
  const { partition, region } = deadLetters
  return (answer.queueUrls ?? []).flatMap((url) => {
    const found = readQueueReference(url)
    return found.kind === 'url' ? `arn:${partition}:sqs:${region}:${found.account}:${found.name}` : []
  })
}
