import type { QueueAddress } from '../../arn.js'
import { readDeadLetterSources } from '../../aws/dead-letter-sources.js'
import { listMappingPages } from '../../aws/event-source-mapping.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import { isOff } from '../../mapping-update.js'
import type { Session } from '../session.js'
import type { OtherSource } from './results.js'

/** A move that asks for no single queue takes back what came from every one: more than these are named, not looked at. */
const mostLookedAt = 10

/**
 * The other queues that move messages into a dead-letter queue, because a move sends those back as well. null: who they
 * are may not be read.
 * @throws SqsTriggerError but for a refusal
 */
export async function readOtherSources(
  deadLetters: QueueAddress,
  queueArn: string,
  { clients, signal }: Session,
): Promise<readonly OtherSource[] | null> {
  try {
    const others = (await readDeadLetterSources(clients, deadLetters, signal)).filter(
      (arn) => arn !== queueArn,
    )
    return await Promise.all(
      others.map(async (arn, index) => ({
        queueArn: arn,
        mappings: index < mostLookedAt ? await mappingsOf(arn) : null,
      })),
    )
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'ACCESS_DENIED') return null
    throw error
  }

  async function mappingsOf(arn: string): Promise<readonly Mapping[]> {
    const found: Mapping[] = []
    for await (const page of listMappingPages(clients, { queueArn: arn }, signal)) {
      // Simpler endpoints than AWS ignore the queue in the request.
      found.push(...page.filter((mapping) => mapping.queueArn === arn))
    }
    return found
  }
}

/** Those whose mappings are all off: what goes back to them comes to the dead-letter queue again only later, or never. */
export const asleep = (sources: readonly OtherSource[]): readonly OtherSource[] =>
  sources.filter(({ mappings }) => mappings !== null && mappings.length > 0 && mappings.every(isOff))
