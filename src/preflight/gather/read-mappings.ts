import type { Clients } from '../../aws/clients.js'
import { listMappingPages, type MappingFilter } from '../../aws/event-source-mapping.js'
import type { Mapping } from '../../mapping.js'
import { type Fact, readAsFact } from '../fact.js'
import type { Reads } from './reads.js'

/** All mappings of the caller's account that read from a queue, or call a function. Lambda answers for a queue that is gone, too. */
export function readMappings(clients: Clients, filter: MappingFilter): Promise<Fact<readonly Mapping[]>> {
  return readAsFact(collect(clients, filter))
}

/** The same, unless they were listed for many queues at once. */
export const mappingsFor = (
  { clients, mappingsOf }: Pick<Reads, 'clients' | 'mappingsOf'>,
  filter: MappingFilter,
) => mappingsOf?.(filter) ?? readMappings(clients, filter)

async function collect(clients: Clients, filter: MappingFilter): Promise<readonly Mapping[]> {
  const all: Mapping[] = []
  for await (const page of listMappingPages(clients, filter)) all.push(...page)
  return all
}
