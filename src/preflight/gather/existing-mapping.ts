import { getMapping, readMappingTags } from '../../aws/event-source-mapping.js'
import { limits } from '../../limits.js'
import type { Mapping } from '../../mapping.js'
import { type Fact, known, readAsFact, type UnknownFact, unknown } from '../fact.js'
import type { BatchWindow, ExistingMapping, Placement } from '../facts.js'
import type { Reads } from './reads.js'

/**
 * The mapping of this queue and function with all that was asked for, so that it can be compared: what a list of
 * mappings does not tell costs a call of its own, and only when it was asked for.
 */
export async function gatherExistingMapping(reads: Reads): Promise<Fact<ExistingMapping | null>> {
  const mappings = await reads.mappingsFact
  const listed = mappings.state === 'known' ? existingOf(mappings.value, reads) : undefined
  if (listed !== undefined) return known(await complete(listed, reads))
  const ends = await Promise.all([reads.queueFact, reads.functionFact])
  const gone = ends.find(({ state }) => state === 'absent')
  if (gone?.state === 'absent') return gone
  return mappings.state === 'known' ? known(null) : mappings
}

/** The window that will hold: what is not asked for is left as it is, and a FIFO queue has none. */
export function batchWindowOf(
  { settings, queue }: Pick<Reads, 'settings' | 'queue'>,
  existing: Fact<ExistingMapping | null>,
): BatchWindow {
  if (settings.batchWindowSeconds !== undefined)
    return { seconds: settings.batchWindowSeconds, isCertain: true }
  const found = existing.state === 'known' ? existing.value : null
  return {
    seconds: found?.mapping.batchWindowSeconds ?? limits.batchWindowMinimum.value,
    isCertain: queue.fifo || existing.state !== 'unknown',
  }
}

function existingOf(
  mappings: readonly Mapping[],
  { queue, function: target }: Pick<Placement, 'queue' | 'function'>,
): Mapping | undefined {
  return mappings.find(
    ({ queueArn, functionArn, state }) =>
      queueArn === queue.arn && functionArn === target.arn && state !== 'Deleting',
  )
}

async function complete(listed: Mapping, reads: Reads): Promise<ExistingMapping> {
  const [filters, tags] = await Promise.all([readFilters(listed, reads), readTags(listed, reads)])
  const unread = [filters, tags].find((fact): fact is UnknownFact => fact?.state === 'unknown')
  return {
    mapping: filters?.state === 'known' ? filters.value : listed,
    ...(tags?.state === 'known' ? { tags: tags.value } : {}),
    ...(unread === undefined ? {} : { unread }),
  }
}

/** A list withholds encrypted filters; only the mapping itself tells them. */
async function readFilters(
  listed: Mapping,
  { clients, settings }: Reads,
): Promise<Fact<Mapping> | undefined> {
  if (settings.filters === undefined || listed.filters !== undefined) return undefined
  const fact = await readAsFact(getMapping(clients, listed.uuid))
  if (fact.state !== 'known') return orVanished(fact)
  return fact.value.filters === undefined ? unknown('AWS did not show the mapping’s filters') : fact
}

async function readTags(listed: Mapping, { clients, settings }: Reads) {
  if (Object.keys(settings.tags ?? {}).length === 0) return undefined
  if (listed.arn === undefined)
    return unknown('the endpoint did not send the mapping’s ARN, without which its tags cannot be read')
  return orVanished(await readAsFact(readMappingTags(clients, listed.arn)))
}

/** What was listed a moment ago and is not found now: nothing is known of it. */
function orVanished<Value>(fact: Fact<Value>): Fact<Value> {
  return fact.state === 'absent' ? unknown(fact.reason) : fact
}
