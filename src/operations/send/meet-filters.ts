import type { QueueAddress } from '../../arn.js'
import { listMappingPages } from '../../aws/event-source-mapping.js'
import { isSignedOut, SqsTriggerError } from '../../errors.js'
import { judgeMessage } from '../../filter/judge-message.js'
import type { Mapping } from '../../mapping.js'
import type { SampleVerdict } from '../../preflight/samples.js'
import type { Session } from '../session.js'

/**
 * What the filters of the mappings that read a queue do with messages, named by their position; undefined where no
 * mapping filters. Any of several mappings may take a message, so each of them is told.
 */
export function meetFilters(
  mappings: readonly Mapping[],
  bodies: readonly string[],
): readonly SampleVerdict[] | undefined {
  if (mappings.every(({ filters }) => filters?.length === 0)) return undefined
  return mappings.flatMap((mapping) => {
    const reader = mappings.length === 1 ? '' : ` at ${functionName(mapping)}`
    return bodies.map((body, index): SampleVerdict => {
      const name = `message ${index + 1}${reader}`
      if (mapping.filters !== undefined) return { name, ...judgeMessage(mapping.filters, { body }) }
      const reason = `The filters of mapping ${mapping.uuid} are encrypted, and a list does not show them.`
      return { name, verdict: 'invalid', filter: null, reason }
    })
  })
}

/** A sentence for those that may not reach a function, with the first of them; undefined when all are kept. */
export function filterWarning(verdicts: readonly SampleVerdict[]): string | undefined {
  const deleted = verdicts.filter(({ verdict }) => verdict === 'deleted')
  const [lost] = deleted
  if (lost !== undefined) {
    const rest = deleted.length === 1 ? '' : `, and ${deleted.length - 1} more like it`
    return `The filters delete ${lost.name}${rest}, and the function never sees it: ${clause(lost.reason)}`
  }
  const open = verdicts.find(({ verdict }) => verdict === 'invalid')
  return open && `It is not certain that the filters keep ${open.name}: ${clause(open.reason)}`
}

/** Whether every mapping is certain to delete the first of so many messages: the function would never see it. */
export function firstIsDeleted(verdicts: readonly SampleVerdict[], messages: number): boolean {
  return verdicts.filter((_, index) => index % messages === 0).every(({ verdict }) => verdict === 'deleted')
}

/**
 * The mappings of a queue, those that are disabled included; null: they cannot be listed.
 * @throws SqsTriggerError when it was stopped
 */
export async function readReaders(queue: QueueAddress, session: Session): Promise<readonly Mapping[] | null> {
  const found: Mapping[] = []
  try {
    for await (const page of listMappingPages(session.clients, { queueArn: queue.arn }, session.signal))
      found.push(...page.filter(({ queueArn, state }) => queueArn === queue.arn && state !== 'Deleting'))
    return found
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || session.signal.aborted || isSignedOut(error)) throw error
    return null
  }
}

/** Does this mapping take messages from its queue? */
export const takes = ({ state }: Mapping) => state !== 'Disabled' && state !== 'Deleting'

const functionName = ({ functionArn }: Mapping) => functionArn.split(':').slice(6).join(':')

const clause = (sentence: string) => `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`
