import { queueAddress } from '../../arn.js'
import { readDeadLetterSources } from '../../aws/dead-letter-sources.js'
import { listQueuePages } from '../../aws/list-targets.js'
import { SqsTriggerError } from '../../errors.js'
import { readAsFact } from '../../preflight/fact.js'
import { resultsInOrder } from '../results-in-order.js'
import type { ListedPlace } from './place.js'
import type { Orphan } from './results.js'

/** The queues that nothing uses, and what of that could not be told, as a sentence; null: all of it could. */
interface Orphans {
  readonly orphans: readonly Orphan[]
  readonly open: string | null
}

/**
 * The queues of a place that nothing there uses. One call for each 1,000 queues, and one for each, of the first 1,000,
 * that no mapping names, because another queue may send it dead letters. None where no queue feeds a function: what the
 * queues there are for cannot be guessed.
 */
export async function findOrphans(
  { clients, context, mappings }: ListedPlace,
  isUsed: (queueArn: string) => boolean,
  signal: AbortSignal,
): Promise<Orphans> {
  if (mappings.length === 0) return { orphans: [], open: null }
  const { account, partition } = context
  const { region } = clients
  try {
    const unread: ReturnType<typeof queueAddress>[] = []
    for await (const names of listQueuePages(clients, signal)) {
      const queues = names.map((name) => queueAddress({ partition, region, account, name }))
      unread.push(...queues.filter(({ arn }) => !isUsed(arn)))
    }
    const looked = unread.slice(0, mostLookedAt)
    const sources = await resultsInOrder(looked, atOnce, (queue) =>
      readAsFact(readDeadLetterSources(clients, queue, signal)),
    )
    const orphans: Orphan[] = []
    const open: (readonly [name: string, why: string])[] = []
    for (const [index, { arn, name }] of unread.entries()) {
      const fact = sources[index]
      if (fact?.state === 'known' && fact.value.length === 0)
        orphans.push({ kind: 'queue', arn, name, account, region })
      if (fact?.state === 'unknown') open.push([name, fact.reason])
      if (fact === undefined) open.push([name, `no more than ${mostLookedAt} are looked at`])
    }
    return { orphans, open: openText(open, region) }
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return {
      orphans: [],
      open: `Queues of ${region} that nothing uses could not be looked for: ${error.message}`,
    }
  }
}

/** An account may have any number of queues that are none of Lambda's. */
const mostLookedAt = 1_000
const atOnce = 10

function openText(open: readonly (readonly [name: string, why: string])[], region: string): string | null {
  const [first] = open
  if (first === undefined) return null
  const [name, why] = first
  const which = open.length === 1 ? `queue ${name}` : `queue ${name} and ${open.length - 1} more`
  return `Whether anything in ${region} uses ${which} is unknown: ${why}.`
}
