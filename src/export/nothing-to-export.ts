import { readFunction } from '../aws/lambda-function.js'
import { readQueue } from '../aws/queue.js'
import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { CallContext, Operation } from '../operations/events.js'
import { functionHere, queueHere } from '../operations/mapping-ends.js'
import type { ListRequest } from '../operations/requests.js'
import type { Session } from '../operations/session.js'

/**
 * Says why there is nothing to export of what was named: the queue or the function does not exist, or nothing wires it.
 * Asked only then: a mapping outlives its queue, and is exported all the same. Ends at once where nothing was named.
 * @throws SqsTriggerError QUEUE_NOT_FOUND, FUNCTION_NOT_FOUND or MAPPING_NOT_FOUND
 */
export async function* nothingToExport(
  { queue, function: functionName }: ListRequest,
  context: CallContext,
  session: Session,
): Operation<void> {
  if (queue === undefined && functionName === undefined) return
  const { clients, signal } = session
  const address = queue === undefined ? undefined : queueHere(queue, context)
  const called = functionName === undefined ? undefined : functionHere(functionName, context)
  const target = { queueArn: address?.arn ?? null, functionArn: called?.arn ?? null, roleArn: null }
  yield { type: 'target-resolved', target }
  const reads = await Promise.allSettled([
    ...(address ? [readQueue(clients, address, signal)] : []),
    ...(called ? [readFunction(clients, called, signal)] : []),
  ])
  for (const read of reads) {
    if (read.status === 'rejected' && isMissing(read.reason)) throw read.reason
  }
  const ends = [...(address ? [`queue ${address.name}`] : []), ...(called ? [`function ${called.name}`] : [])]
  const hint = `the mappings that there are: ${toolCommand(clients, 'list')}`
  throw new SqsTriggerError(
    'MAPPING_NOT_FOUND',
    `There is no event source mapping of ${ends.join(' and ')} in ${context.region}: nothing to export.`,
    { hint },
  )
}

const isMissing = (error: unknown) =>
  error instanceof SqsTriggerError &&
  (error.code === 'QUEUE_NOT_FOUND' || error.code === 'FUNCTION_NOT_FOUND')
