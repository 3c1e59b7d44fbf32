import { nameIn } from '../../arn.js'
import { readFunction } from '../../aws/lambda-function.js'
import type { SetQueueAttributes } from '../../change.js'
import type { JournaledChange } from '../../journal.js'
import type { Mapping } from '../../mapping.js'
import { readAsFact } from '../../preflight/fact.js'
import { readMappings } from '../../preflight/gather/read-mappings.js'
import { functionAt } from '../mapping-ends.js'
import type { Session } from '../session.js'

/**
 * What it means for those who read from a queue that its attributes get their former values, a sentence each. Costs a
 * call, and one a mapping where a visibility timeout gets shorter.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
export async function effectsOnReaders(
  { queueArn, attributes }: SetQueueAttributes,
  previous: JournaledChange['previous'],
  session: Session,
): Promise<readonly string[]> {
  const queue = `queue ${nameIn(queueArn)}`
  const { VisibilityTimeout: timeout, RedrivePolicy: redrive } = previous ?? {}
  const shorter = timeout !== undefined && Number(timeout) < Number(attributes.VisibilityTimeout)
  const unguarded = attributes.RedrivePolicy !== undefined && redrive === ''
  if (!shorter && !unguarded) return []
  const read = await readMappings(session.clients, { queueArn })
  if (read.state !== 'known') {
    return [`Which functions read from ${queue} could not be looked at: ${read.reason}.`]
  }
  const reading = read.value.filter(({ state }) => state !== 'Deleting')
  const told = reading.map(async (mapping) => [
    ...(shorter ? [await hidden(mapping, { queue, seconds: Number(timeout) }, session)] : []),
    ...(unguarded ? [poisoned(mapping, queue)] : []),
  ])
  return (await Promise.all(told)).flat()
}

async function hidden(
  mapping: Mapping,
  { queue, seconds }: { readonly queue: string; readonly seconds: number },
  { clients }: Session,
): Promise<string> {
  const reads = `${mappingWords(mapping)} reads from ${queue}, which will hide a message for ${seconds} s only`
  const found = await readAsFact(readFunction(clients, functionAt(mapping.functionArn)))
  if (found.state !== 'known') {
    return `${reads}. Whether its function may run for longer could not be read: ${found.reason}.`
  }
  const { timeoutSeconds } = found.value
  return timeoutSeconds > seconds
    ? `${reads}, while the function may run for ${timeoutSeconds} s: a message then comes back while the function still works on it, and is handled twice. AWS refuses to make such a mapping.`
    : `${reads}, enough for the ${timeoutSeconds} s that the function may run: one that fails comes back sooner.`
}

const poisoned = (mapping: Mapping, queue: string) =>
  `${mappingWords(mapping)} reads from ${queue}, which will have no dead-letter queue: a message that the function rejects comes back again and again until its retention ends, and is then lost.`

/** `Mapping … to function worker` */
export const mappingWords = ({ uuid, functionArn }: Pick<Mapping, 'uuid' | 'functionArn'>) =>
  `Mapping ${uuid} to function ${nameIn(functionArn)}`
