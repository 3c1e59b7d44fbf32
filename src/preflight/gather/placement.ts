import type { FunctionAddress } from '../../arn.js'
import { parseArn, type QueueAddress, queueAddress } from '../../arn.js'

/**
 * Why nothing can be read where the Region is: queue, function and the calls stand in different Regions or
 * partitions. undefined: all is well. Decided from ARNs, so that no call is made that could not work.
 */
export function placementGap(
  ends: { readonly queue: QueueAddress; readonly function: FunctionAddress },
  region: string,
): string | undefined {
  const { queue, function: target } = ends
  if (queue.partition !== target.partition) {
    return `queue and function are in different partitions (${queue.partition} and ${target.partition})`
  }
  if (queue.region !== target.region)
    return `the queue is in ${queue.region}, the function in ${target.region}`
  if (queue.region !== region) return `queue and function are in ${queue.region}, your Region is ${region}`
  return undefined
}

/** A mapping belongs to the account of its function: from another nothing can be wired, and one rule says so. */
export function foreignFunction(
  { name, account }: FunctionAddress,
  caller: { readonly account: string },
): string | undefined {
  return account === caller.account ? undefined : `function ${name} is in account ${account}, not in yours`
}

/** The address of a dead-letter queue from the ARN in a redrive policy; undefined: it names no SQS queue. */
export function deadLetterAddress(text: string): QueueAddress | undefined {
  const arn = parseArn(text)
  return arn?.service === 'sqs' ? queueAddress({ ...arn, name: arn.resource }) : undefined
}
