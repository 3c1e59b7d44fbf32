import type { Mapping } from '../mapping.js'
import { settingsAfter } from '../mapping-update.js'
import type { Finding, Group } from '../preflight/finding.js'
import { runPreflight } from '../preflight/run-preflight.js'
import type { Operation } from './events.js'
import type { Session } from './session.js'

/** Who wants to create it, and the message to be sent, say nothing of a mapping that works. */
const groupsElsewhere: readonly Group[] = ['caller', 'test-message']
const aboutCreation: readonly string[] = ['mapping-exists', 'mapping-differs']

/** What is wrong with a mapping now: it can go wrong after it was made. Changes nothing. */
export async function* judgeMapping(mapping: Mapping, session: Session): Operation<readonly Finding[]> {
  const { rules } = await import('../preflight/rules/index.js')
  const only = rules
    .filter(({ slug, group }) => !groupsElsewhere.includes(group) && !aboutCreation.includes(slug))
    .map(({ slug }) => slug)
  const { enabled: _, ...settings } = settingsAfter(mapping, { settings: {}, clear: [], untag: [] })
  const request = { queue: mapping.queueArn, function: mapping.functionArn, settings }
  const { findings } = yield* runPreflight({ ...request, sendTest: false, ignore: [], only }, session)
  return findings
}
