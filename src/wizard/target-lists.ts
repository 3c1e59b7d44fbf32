import { type QueueAddress, queueAddress } from '../arn.js'
import type { Clients } from '../aws/clients.js'
import { unattended } from '../aws/clients.js'
import { listMappingPages } from '../aws/event-source-mapping.js'
import { type LambdaFunction, readFunction } from '../aws/lambda-function.js'
import { type ListedFunction, listFunctionPages, listQueuePages } from '../aws/list-targets.js'
import { type Queue, readQueue } from '../aws/queue.js'
import type { Mapping } from '../mapping.js'
import type { CallContext } from '../operations/events.js'
import { type LazyDetails, openLazyDetails } from './lazy-details.js'
import { type LiveList, openLiveList } from './live-list.js'

/** Everything that there is to choose from in one account and Region, read while questions are put. */
export interface TargetLists {
  readonly queues: LiveList<QueueAddress>
  readonly functions: LiveList<ListedFunction>
  /** Which queue is wired to which function. */
  readonly mappings: LiveList<Mapping>
  /** By name. */
  readonly queueDetails: LazyDetails<Queue>
  readonly functionDetails: LazyDetails<LambdaFunction>
  stop(): void
}

/** Begins to read the lists at once: whoever chooses a queue does not wait for the functions afterwards. */
export function openTargetLists(asking: Clients, { account, partition, region }: CallContext): TargetLists {
  const clients = unattended(asking)
  const addressOf = (name: string) => queueAddress({ partition, region, account, name })
  const lists = {
    queues: openLiveList((signal) => mapped(listQueuePages(clients, signal), addressOf)),
    functions: openLiveList((signal) => listFunctionPages(clients, signal)),
    mappings: openLiveList((signal) => listMappingPages(clients, {}, signal)),
    queueDetails: openLazyDetails((name, signal) => readQueue(clients, addressOf(name), signal)),
    functionDetails: openLazyDetails((name, signal) => readFunction(clients, { name }, signal)),
  }
  return {
    ...lists,
    stop: () => {
      for (const list of Object.values(lists)) list.stop()
    },
  }
}

async function* mapped<From, To>(pages: AsyncIterable<readonly From[]>, change: (one: From) => To) {
  for await (const page of pages) yield page.map(change)
}
