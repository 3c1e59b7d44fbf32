import { searchLog } from '../../aws/log-events.js'
import { functionAt } from '../mapping-ends.js'
import type { LastRun } from '../redrive/results.js'
import type { Session } from '../session.js'
import { type Invocation, readLog, searchTerms } from './invocation-log.js'
import { tellsFailures } from './log-entry.js'
import { type LogGroupOf, readLogGroup } from './log-group.js'
import { readRun } from './read-run.js'

const lookBackMs = 60 * 60_000
/** No message is looked for: only the lines of Lambda around the runs. */
const nothing = { token: null, messageId: '\u0000' }

/**
 * How the function's last run within an hour ended, as far as its log tells.
 * @param log where it writes its log, where somebody reads that anyway. Default: it is read.
 */
export async function readLastRun(
  functionArn: string,
  session: Session,
  log: Promise<LogGroupOf> = readLogGroup(functionArn, session),
): Promise<LastRun> {
  const { clients, clock, signal } = session
  const { logGroup, version, runtime } = await log
  const called = { handle: functionAt(functionArn), logGroup, version }
  const terms = searchTerms(nothing).filter((term) => term !== nothing.messageId)
  const search = await searchLog(clients, { group: logGroup, since: clock.now() - lookBackMs, terms }, signal)
  if (search.kind === 'refused') return { kind: 'unknown', reason: search.error.message }
  if (search.kind === 'no-group') return { kind: 'none' }
  const found = readLog(search.lines, nothing, called).invocations.findLast(
    (run) => run.finished || run.failure !== null,
  )
  if (found === undefined) return { kind: 'none' }
  const last = await completed(found, logGroup, session)
  const { requestId } = last
  const at = new Date(last.startedAt).toISOString()
  if (last.failure !== null) return { kind: 'failed', requestId, at, failure: last.failure }
  if (last.succeeded) return { kind: 'well', requestId, at }
  // A handler that goes on may have written it as well, and yet the messages had better wait.
  if (last.suspicion) return { kind: 'failed', requestId, at, failure: last.suspicion.text, certain: false }
  if (tellsFailures(runtime)) return { kind: 'well', requestId, at }
  return { kind: 'unknown', reason: `The log does not tell whether the last run, at ${at}, failed.` }
}

/** With all its lines, where those that a search finds tell of no failure. */
async function completed(run: Invocation, group: string, session: Session): Promise<Invocation> {
  if (run.failure !== null || run.succeeded) return run
  const lines = await readRun(group, run, session)
  return readLog(lines, nothing).invocations.find(({ requestId }) => requestId === run.requestId) ?? run
}
