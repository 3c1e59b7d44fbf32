import { searchLog } from '../aws/log-events.js'
import { readLog, searchTerms } from './invocation-log.js'
import { readLogGroup } from './log-group.js'
import type { LastRun } from './redrive-results.js'
import type { Session } from './session.js'

const lookBackMs = 60 * 60_000
/** No message is looked for: only the lines of Lambda around the runs. */
const nothing = { token: null, messageId: '\u0000' }

/** How the function's last run within an hour ended, as far as its log tells. */
export async function readLastRun(functionArn: string, session: Session): Promise<LastRun> {
  const { clients, clock, signal } = session
  const { logGroup } = await readLogGroup(functionArn, session)
  const terms = searchTerms(nothing).filter((term) => term !== nothing.messageId)
  const search = await searchLog(clients, { group: logGroup, since: clock.now() - lookBackMs, terms }, signal)
  if (search.kind === 'refused') return { kind: 'unknown', reason: search.error.message }
  if (search.kind === 'no-group') return { kind: 'none' }
  const last = readLog(search.lines, nothing).invocations.findLast(
    (run) => run.finished || run.failure !== null,
  )
  if (last === undefined) return { kind: 'none' }
  const at = new Date(last.startedAt).toISOString()
  if (last.failure === null) return { kind: 'well', requestId: last.requestId, at }
  return { kind: 'failed', requestId: last.requestId, at, failure: last.failure }
}
