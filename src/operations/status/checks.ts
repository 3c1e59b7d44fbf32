import type { Mapping } from '../../mapping.js'
import { settingsAfter } from '../../mapping-update.js'
import type { Finding } from '../../preflight/finding.js'
import type { Operation } from '../events.js'
import { runPreflight } from '../run-preflight.js'
import type { Session } from '../session.js'

/** What is wrong with a mapping now: it can go wrong after it was made. Changes nothing. */
export async function* judgeMapping(mapping: Mapping, session: Session): Operation<readonly Finding[]> {
  const { mappingRules: only } = await import('../mapping-rules.js')
  const { enabled: _, ...settings } = settingsAfter(mapping, { settings: {}, clear: [], untag: [] })
  const request = { queue: mapping.queueArn, function: mapping.functionArn, settings }
  const { findings } = yield* runPreflight({ ...request, sendTest: false, ignore: [], only }, session)
  return findings
}
