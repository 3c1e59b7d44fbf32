import { AwsFault } from '../aws-fault.js'
import { type Invocation, invokeFunction } from '../lambda/invoke.js'
import { remove } from '../sqs/queue.js'
import type { Queue } from '../sqs/state.js'
import type { World } from '../world.js'
import type { Sized } from './batch.js'
import { countEvents } from './event-counts.js'
import type { EventRecord } from './event-record.js'
import { failedMessages } from './partial-failure.js'
import { roleMay } from './role-access.js'
import type { StoredMapping } from './state.js'

/** One batch on its way to the function. */
export interface Delivery {
  readonly mapping: StoredMapping
  readonly queue: Queue
  readonly roleArn: string
  readonly batch: readonly (Sized & {
    readonly record: EventRecord
    /** When its visibility timeout ends, in epoch milliseconds: from then on others may receive it. */
    readonly hiddenUntil: number
  })[]
}

/** `throttled`: the function had no place to run in, so that the batch may be tried again. */
export type DeliveryEnd = 'over' | 'throttled'

/**
 * Invokes the function with the batch and deletes what it dealt with. Everything else returns with its visibility
 * timeout, which Lambda never shortens. Does not reject.
 */
export async function deliverBatch(
  world: World,
  { mapping, queue, roleArn, batch }: Delivery,
): Promise<DeliveryEnd> {
  const records = batch.map(({ record }) => record)
  const invocation = await invoke(world, mapping.functionArn, records)
  const count = (name: Parameters<typeof countEvents>[2], amount: number) =>
    countEvents(world, mapping, name, amount)
  if (invocation?.kind !== 'completed') {
    count('FailedInvokeEventCount', records.length)
    return invocation?.kind === 'throttled' ? 'throttled' : 'over'
  }
  count('InvokedEventCount', records.length)
  const failed = failedMessages(
    records.map(({ messageId }) => messageId),
    { functionError: invocation.functionError !== undefined, payload: invocation.payload },
    mapping.settings.functionResponseTypes.includes('ReportBatchItemFailures'),
  )
  const done = records.filter(({ messageId }) => !failed.has(messageId))
  if (failed.size > 0) count('FailedInvokeEventCount', failed.size)
  if (deleteMessages(world, roleArn, queue, done)) count('DeletedEventCount', done.length)
  return 'over'
}

/** Deletes in the name of the role. False: it lacks the permission, so that the messages come back. */
export function deleteMessages(
  world: World,
  roleArn: string,
  queue: Queue,
  records: readonly EventRecord[],
): boolean {
  if (!roleMay(world, roleArn, 'DeleteMessage', queue)) return false
  for (const { receiptHandle } of records) {
    try {
      remove(queue, receiptHandle)
    } catch (error) {
      // FIFO queues refuse a handle whose visibility timeout is over: the message is on its way again.
      if (!(error instanceof AwsFault)) throw error
    }
  }
  return true
}

/** undefined: there was nobody to invoke, such as an alias that is gone. Whatever the reason, the batch failed. */
async function invoke(
  world: World,
  functionArn: string,
  records: readonly EventRecord[],
): Promise<Invocation | undefined> {
  try {
    return await invokeFunction(world, functionArn, { Records: records })
  } catch {
    return undefined
  }
}
