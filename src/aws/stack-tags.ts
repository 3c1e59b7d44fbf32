import { ListTagsCommand } from '@aws-sdk/client-lambda'
import { ListQueueTagsCommand } from '@aws-sdk/client-sqs'
import type { QueueAddress } from '../arn.js'
import type { Clients } from './clients.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

type Tags = Readonly<Record<string, string>>

/**
 * The tags of a function. Infrastructure tools tag what they make, and functions more reliably than roles.
 * @param arn without alias or version
 * @throws SqsTriggerError ACCESS_DENIED, FUNCTION_NOT_FOUND
 */
export async function readFunctionTags(clients: Clients, arn: string): Promise<Tags> {
  const call = { service: 'lambda', operation: 'ListTags' }
  const command = new ListTagsCommand({ Resource: arn })
  return (await send(clients, call, () => clients.lambda.send(command))).Tags ?? {}
}

/**
 * The tags of a queue.
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND
 */
export async function readQueueTags(clients: Clients, queue: QueueAddress): Promise<Tags> {
  const call = { service: 'sqs', operation: 'ListQueueTags', queue: queue.name }
  const command = new ListQueueTagsCommand({ QueueUrl: queueUrl(clients, queue) })
  return (await send(clients, call, () => clients.sqs.send(command))).Tags ?? {}
}
