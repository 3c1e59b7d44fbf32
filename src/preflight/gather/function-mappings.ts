import type { Mapping } from '../../mapping.js'
import { type Fact, known } from '../fact.js'
import type { ExistingMapping } from '../facts.js'
import { feeding, sumOfMaximums } from '../same-function.js'
import { mappingsFor } from './read-mappings.js'
import type { Reads } from './reads.js'

/**
 * What else calls the function. One more call, and only where it may decide: when a maximum concurrency is within a
 * reserved one as far as the queue's own mappings tell.
 */
export async function gatherFunctionMappings(
  reads: Reads,
  existing: Promise<Fact<ExistingMapping | null>>,
  reservedConcurrency: Promise<Fact<number | null>>,
): Promise<Fact<readonly Mapping[] | null>> {
  const { settings, mappingsFact, function: target } = reads
  const [found, mappings, reserved] = await Promise.all([existing, mappingsFact, reservedConcurrency])
  if (found.state !== 'known' || mappings.state !== 'known' || reserved.state !== 'known') return known(null)
  const maximum = settings.maxConcurrency ?? found.value?.mapping.maxConcurrency
  if (maximum === undefined || reserved.value === null) return known(null)
  const others = feeding(mappings.value, target).filter(({ uuid }) => uuid !== found.value?.mapping.uuid)
  if (maximum + sumOfMaximums(others) > reserved.value) return known(null)
  return mappingsFor(reads, { functionName: target.unqualifiedArn })
}
