import type { Clients } from '../aws/clients.js'
import { listMappingPages } from '../aws/event-source-mapping.js'
import type { Mapping } from '../mapping.js'
import { type Fact, readAsFact } from './fact.js'

/** All mappings of the caller's account that read from a queue. Lambda answers for a queue that is gone, too. */
export function readMappings(clients: Clients, queueArn: string): Promise<Fact<readonly Mapping[]>> {
  return readAsFact(collect(clients, queueArn))
}

async function collect(clients: Clients, queueArn: string): Promise<readonly Mapping[]> {
  const all: Mapping[] = []
  for await (const page of listMappingPages(clients, { queueArn })) all.push(...page)
  return all
}
