import { GetQueueUrlCommand } from '@aws-sdk/client-sqs'
import {
  type FunctionAddress,
  functionAddress,
  type QueueAddress,
  queueAddress,
  readFunctionReference,
  readQueueReference,
} from '../arn.js'
import { partitionOf } from '../partition.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

/** Whose queue or function a bare name means. */
export interface NameOwner {
  readonly account: string
  readonly partition: string
}

/**
 * What a name, URL or ARN of a queue means for this caller. No call is made when `owner` is known: a bare name
 * is then the caller's own queue, as GetQueueUrl would answer too.
 * @throws SqsTriggerError USAGE for a malformed reference; QUEUE_NOT_FOUND when GetQueueUrl was needed.
 */
export async function resolveQueue(clients: Clients, text: string, owner?: NameOwner): Promise<QueueAddress> {
  const reference = readQueueReference(text)
  if (reference.kind === 'arn') return reference.address
  if (reference.kind === 'url') {
    const region = reference.region ?? clients.region
    const partition =
      reference.region === undefined
        ? (owner?.partition ?? partitionOf(region).name)
        : partitionOf(region).name
    return queueAddress({ partition, region, account: reference.account, name: reference.name })
  }
  if (owner) return queueAddress({ ...owner, region: clients.region, name: reference.name })
  const call = { service: 'sqs', operation: 'GetQueueUrl', queue: reference.name }
  const answer = await send(clients, call, () =>
    clients.sqs.send(new GetQueueUrlCommand({ QueueName: reference.name })),
  )
  const account = new URL(answer.QueueUrl ?? '').pathname.split('/').at(-2) ?? ''
  return queueAddress({
    partition: partitionOf(clients.region).name,
    region: clients.region,
    account,
    name: reference.name,
  })
}

/**
 * What a name, partial or full ARN of a function means for this caller. No call is made.
 * @throws SqsTriggerError USAGE for a malformed reference.
 */
export function resolveFunction(clients: Clients, text: string, owner: NameOwner | string): FunctionAddress {
  const reference = readFunctionReference(text)
  if (reference.kind === 'arn') return reference.address
  const { account, partition } =
    typeof owner === 'string' ? { account: owner, partition: partitionOf(clients.region).name } : owner
  return functionAddress({
    partition,
    region: clients.region,
    account: reference.kind === 'partial-arn' ? reference.account : account,
    name: reference.name,
    qualifier: reference.qualifier,
  })
}
