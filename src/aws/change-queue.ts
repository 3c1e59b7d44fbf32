import { CreateQueueCommand, GetQueueAttributesCommand, SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { readQueueReference } from '../arn.js'
import type { CreateQueue, SetQueueAttributes } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Clients } from './clients.js'
import { queueUrl } from './queue.js'
import { send } from './send.js'

/**
 * Makes a queue in the caller's account and Region; one of the same name and attributes counts as made.
 * @throws SqsTriggerError ACCESS_DENIED, CONFLICT where one of other attributes has the name
 */
export async function createQueue(clients: Clients, change: CreateQueue): Promise<void> {
  const { name } = addressOf(change.queueArn)
  const command = new CreateQueueCommand({ QueueName: name, Attributes: { ...change.attributes } })
  const call = { service: 'sqs', operation: 'CreateQueue', queue: name }
  await send(clients, call, () => clients.sqs.send(command))
}

/**
 * Sets the attributes that are named and leaves the others; takes up to a minute to hold everywhere.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 * @throws SqsTriggerError ACCESS_DENIED, QUEUE_NOT_FOUND
 */
export async function setQueueAttributes(clients: Clients, change: SetQueueAttributes): Promise<void> {
  const address = addressOf(change.queueArn)
  const command = new SetQueueAttributesCommand({
    QueueUrl: queueUrl(clients, address),
    Attributes: { ...change.attributes },
  })
  const call = { service: 'sqs', operation: 'SetQueueAttributes', queue: address.name }
  await send(clients, call, () => clients.sqs.send(command))
}

/**
 * Reads all attributes of a queue as SQS sends them; null: there is no such queue.
 * @throws SqsTriggerError ACCESS_DENIED
 */
export async function readAllAttributes(
  clients: Clients,
  queueArn: string,
): Promise<Readonly<Record<string, string>> | null> {
  const address = addressOf(queueArn)
  const command = new GetQueueAttributesCommand({
    QueueUrl: queueUrl(clients, address),
    AttributeNames: ['All'],
  })
  const call = { service: 'sqs', operation: 'GetQueueAttributes', queue: address.name }
  try {
    return (await send(clients, call, () => clients.sqs.send(command))).Attributes ?? {}
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'QUEUE_NOT_FOUND') return null
    throw error
  }
}

function addressOf(queueArn: string) {
  const reference = readQueueReference(queueArn)
  if (reference.kind === 'arn') return reference.address
  throw new SqsTriggerError('USAGE', `${queueArn} is not the ARN of a queue.`)
}
