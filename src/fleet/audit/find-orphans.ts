import { queueAddress } from '../../arn.js'
import { listQueuePages } from '../../aws/list-targets.js'
import { SqsTriggerError } from '../../errors.js'
import type { ListedPlace } from './place.js'
import type { Orphan } from './results.js'

/**
 * The queues of a place that nothing there uses. One call for each 1,000 queues, and none where no queue feeds a
 * function: what the queues there are for cannot be guessed.
 * @returns why they could not be listed, as a sentence, in place of them
 */
export async function findOrphans(
  { clients, context, mappings }: ListedPlace,
  isUsed: (queueArn: string) => boolean,
  signal: AbortSignal,
): Promise<readonly Orphan[] | string> {
  if (mappings.length === 0) return []
  const { account, partition } = context
  const { region } = clients
  try {
    const orphans: Orphan[] = []
    for await (const names of listQueuePages(clients, signal)) {
      for (const name of names) {
        const { arn } = queueAddress({ partition, region, account, name })
        if (!isUsed(arn)) orphans.push({ kind: 'queue', arn, name, account, region })
      }
    }
    return orphans
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return `Queues of ${region} that nothing uses could not be looked for: ${error.message}`
  }
}
