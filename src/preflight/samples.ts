import { judgeMessage } from '../filter/judge-message.js'
import type { Sample } from '../operations/requests.js'
import type { SampleVerdict } from '../operations/results.js'
import type { Fact } from './fact.js'

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
