import type { QueueAddress } from '../../arn.js'
import { type Queue, readQueue } from '../../aws/queue.js'
import type { Mapping } from '../../mapping.js'
import { absent, type Fact, readAsFact, unknown } from '../fact.js'
import type { Facts } from '../facts.js'
import { acrossAccounts } from './across-accounts.js'
import { deadLetterExistence } from './existence.js'
import { deadLetterAddress } from './placement.js'
import { mappingsFor } from './read-mappings.js'
import type { Reads } from './reads.js'

type DeadLetterFacts = Pick<Facts, 'deadLetterQueue' | 'deadLetterQueueExists' | 'deadLetterMappings'>

/** The dead-letter queue, and who reads from it: two calls, and only where the queue names one. */
export async function gatherDeadLetterQueue(reads: Reads): Promise<DeadLetterFacts> {
  const queue = await reads.queueFact
  const address = addressIn(queue)
  const [deadLetterQueue, deadLetterMappings] = await Promise.all([
    readDeadLetterQueue(reads, address),
    readDeadLetterMappings(reads, address),
  ])
  return {
    deadLetterQueue,
    deadLetterQueueExists: deadLetterExistence(queue, deadLetterQueue),
    deadLetterMappings,
  }
}

function addressIn(queue: Fact<Queue>): Fact<QueueAddress> {
  if (queue.state !== 'known') return queue
  const { redrive, name } = queue.value
  if (redrive === null) return absent(`queue ${name} has no dead-letter queue`)
  const address = deadLetterAddress(redrive.deadLetterQueueArn)
  return address === undefined
    ? absent(`${redrive.deadLetterQueueArn} is not the ARN of an SQS queue`)
    : { state: 'known', value: address }
}

async function readDeadLetterQueue(
  { clients, caller }: Reads,
  address: Fact<QueueAddress>,
): Promise<Fact<Queue>> {
  if (address.state !== 'known') return address
  const { region } = address.value
  if (region !== clients.region)
    return unknown(`the dead-letter queue is in ${region}, not ${clients.region}`)
  return acrossAccounts(await readAsFact(readQueue(clients, address.value)), address.value, caller)
}

async function readDeadLetterMappings(
  reads: Reads,
  address: Fact<QueueAddress>,
): Promise<Fact<readonly Mapping[]>> {
  const { clients, queue } = reads
  if (address.state !== 'known') return address
  const { arn, region } = address.value
  if (arn === queue.arn) return absent('the queue names itself as its dead-letter queue')
  if (region !== clients.region)
    return absent(`the dead-letter queue is in ${region}, where no function of ${clients.region} reads`)
  return mappingsFor(reads, { queueArn: arn })
}
