import { judgeMessage } from '../filter/judge-message.js'
import type { Fact } from './fact.js'

/** One example message. */
export interface Sample {
  /** As the user named it: a file, or a position in a list. */
  readonly name: string
  readonly body: string
}

/** What the filters do with one example message. */
export interface SampleVerdict {
  /** As the user named it: a file, or a position in a list. */
  readonly name: string
  /** `invalid`: one of the filters cannot be judged, so nothing is said. */
  readonly verdict: 'kept' | 'deleted' | 'invalid'
  /** Position from 1 of the filter that keeps it; null otherwise. */
  readonly filter: number | null
  /** One sentence: why. */
  readonly reason: string
}

/** What the filters do with each example, in the order given. Filters that are not known decide nothing. */
export function judgeSamples(
  samples: readonly Sample[],
  filters: Fact<readonly string[]>,
): readonly SampleVerdict[] {
  return samples.map(({ name, body }) => {
    if (filters.state === 'known') return { name, ...judgeMessage(filters.value, { body }) }
    return { name, verdict: 'invalid', filter: null, reason: `The filters are not known: ${filters.reason}.` }
  })
}
