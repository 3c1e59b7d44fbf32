import type { Mapping } from '../mapping.js'
import type { Placement } from './facts.js'

/** The mapping of exactly this queue and function; one that is being deleted no longer counts. */
export function existingOf(
  mappings: readonly Mapping[],
  { queue, function: target }: Placement,
): Mapping | undefined {
  return mappings.find(
    ({ queueArn, functionArn, state }) =>
      queueArn === queue.arn && functionArn === target.arn && state !== 'Deleting',
  )
}
