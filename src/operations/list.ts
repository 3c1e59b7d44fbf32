import { listMappingPages } from '../aws/event-source-mapping.js'
import type { Mapping } from '../mapping.js'
import { begun } from './begun.js'
import { readContext } from './call-context.js'
import type { Operation } from './events.js'
import { callsFunction, functionHere, queueHere } from './mapping-ends.js'
import type { ListRequest } from './requests.js'
import type { ListResult } from './results.js'
import type { Session } from './session.js'

/**
 * Lists the mappings of SQS queues in this account and Region, sorted as AWS returns them. A function is compared
 * here, because AWS's own filter takes an unqualified name for the unqualified function only.
 * @throws SqsTriggerError USAGE for a malformed queue or function, ACCESS_DENIED without
 *   lambda:ListEventSourceMappings.
 */
export async function* listMappings(request: ListRequest, session: Session): Operation<ListResult> {
  const { clients, signal } = session
  // Only a queue's name needs the account.
  const reading = request.queue === undefined ? begun(listMappingPages(clients, {}, signal)) : undefined
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  const queue = request.queue === undefined ? undefined : queueHere(request.queue, context)
  const called = request.function === undefined ? undefined : functionHere(request.function, context)
  const limit = request.limit ?? Number.POSITIVE_INFINITY
  const mappings: Mapping[] = []
  yield { type: 'step-started', what: 'Listing event source mappings' }
  for await (const page of reading ??
    listMappingPages(clients, queue ? { queueArn: queue.arn } : {}, signal)) {
    // Simpler endpoints than AWS ignore the queue in the request.
    const wanted = page.filter(
      (mapping) => (!queue || mapping.queueArn === queue.arn) && (!called || callsFunction(mapping, called)),
    )
    mappings.push(...wanted.slice(0, limit - mappings.length))
    if (mappings.length >= limit) break
  }
  return { context, mappings }
}
