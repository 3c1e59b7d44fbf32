import { getMapping } from '../../aws/event-source-mapping.js'
import { type Fact, known, readAsFact, unknown } from '../fact.js'
import type { ExistingMapping } from '../facts.js'
import type { Reads } from './reads.js'

/**
 * The filters that will judge the messages: those asked for, else those of the existing mapping. A list withholds
 * encrypted filters; the mapping itself is asked for them only when there is a message to judge.
 */
export async function gatherFilters(
  { settings, clients, testBody, judgesSamples = false }: Reads,
  existing: Promise<Fact<ExistingMapping | null>>,
): Promise<Fact<readonly string[]>> {
  if (settings.filters !== undefined) return known(settings.filters)
  const found = await existing
  if (found.state !== 'known') return found
  if (found.value === null) return known([])
  const { filters, uuid } = found.value.mapping
  if (filters !== undefined) return known(filters)
  if (testBody === undefined && !judgesSamples) return encrypted
  const read = await readAsFact(getMapping(clients, uuid))
  if (read.state !== 'known')
    return unknown(read.reason, read.state === 'unknown' ? read.permission : undefined)
  return read.value.filters === undefined ? encrypted : known(read.value.filters)
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html#filter-criteria-encryption */
const encrypted = unknown('the filters of the existing mapping are encrypted, and AWS did not show them')
