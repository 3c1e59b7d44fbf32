import { nameIn, roleNameOf } from '../../arn.js'
import { readFunction } from '../../aws/lambda-function.js'
import type { PutRolePolicy } from '../../change.js'
import type { JournaledChange } from '../../journal.js'
import { statementsAdded } from '../../permissions/merge-policy.js'
import { readAsFact } from '../../preflight/fact.js'
import { readMappings } from '../../preflight/gather/read-mappings.js'
import { functionAt } from '../mapping-ends.js'
import type { Session } from '../session.js'
import { effectsOnReaders, mappingWords } from './queue-effects.js'

/**
 * Who loses something when a change is taken back, a sentence each: the mappings that poll a queue with the role whose
 * rights go, and those that read from a queue whose settings go. Costs a call a queue, and one a mapping of it. Changes
 * nothing.
 */
export async function effectsOfUndoing(
  { change, previous }: JournaledChange,
  session: Session,
): Promise<readonly string[]> {
  if (change.type === 'queue-attributes') return effectsOnReaders(change, previous, session)
  if (change.type !== 'role-policy' || change.action !== 'put') return []
  const queues = queuesIn(statementsAdded(previous ?? {}, change.policy))
  return (await Promise.all(queues.map((queueArn) => losers(queueArn, change, session)))).flat()
}

async function losers(
  queueArn: string,
  { roleArn }: PutRolePolicy,
  { clients }: Session,
): Promise<readonly string[]> {
  const queue = `queue ${nameIn(queueArn)}`
  const role = `role ${roleNameOf(roleArn)}`
  const read = await readMappings(clients, { queueArn })
  if (read.state !== 'known') {
    return [`Whether a mapping polls ${queue} with ${role} could not be looked at: ${read.reason}.`]
  }
  const polling = read.value.filter(({ state }) => state !== 'Deleting')
  const told = polling.map(async (mapping) => {
    const found = await readAsFact(readFunction(clients, functionAt(mapping.functionArn)))
    const loses = `${role} loses rights on ${queue} that it polls with: unless another policy gives them, no message is delivered any more.`
    if (found.state !== 'known') {
      return [
        `${mappingWords(mapping)} polls ${queue}. Whether with ${role} could not be read: ${found.reason}.`,
      ]
    }
    return found.value.roleArn === roleArn ? [`${mappingWords(mapping)} is ${mapping.state}: ${loses}`] : []
  })
  return (await Promise.all(told)).flat()
}

/** ARNs of queues that the statements speak of, each once. */
function queuesIn(statements: readonly Readonly<Record<string, unknown>>[]): readonly string[] {
  const resources = statements.flatMap(({ Resource }) => [Resource].flat())
  const queues = resources.filter(
    (one): one is string => typeof one === 'string' && /^arn:[^:]+:sqs:[^:]+:\d+:[\w.-]+$/.test(one),
  )
  return [...new Set(queues)]
}
