import { isMissing, type LogLine, logPages } from '../aws/log-events.js'
import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { LogEntry, Operation } from './events.js'
import { findMapping } from './find-mapping.js'
import type { LogResult } from './mapping-results.js'
import type { LogRequest } from './requests.js'
import { inRequests } from './runs/invocation-log.js'
import { readLogGroup } from './runs/log-group.js'
import type { Session } from './session.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createPatience } from './waiting/patience.js'
import { createTurns, type Turn } from './waiting/turns.js'

/**
 * Tells the lines of the log of a mapping's function: those of the time that is asked for, and with `follow` those that
 * come, until the signal stops it.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`; NOT_FOUND where there is no log group;
 *   ACCESS_DENIED; what the signal's reason says.
 */
export async function* readLogs(request: LogRequest, session: Session): Operation<LogResult> {
  const { clock, signal } = session
  const { context, mapping } = yield* findMapping(request.mapping, request.functionName, session)
  const { logGroup, unreadable } = await readLogGroup(mapping.functionArn, session)
  if (unreadable !== null) yield { type: 'warning', message: unreadable }
  const told: LogEntry[] = []
  let seen: readonly LogLine[] = []
  let known: ReadonlySet<string> = new Set()
  let since = clock.now() - request.lastMs
  let waits = false
  const turn = createTurns(session)
  const patience = createPatience(createLookSchedule(clock.now(), 'called'), session)
  for (;;) {
    let read: Awaited<ReturnType<typeof linesSince>>
    try {
      read = await linesSince(logGroup, since, session, request.follow ? turn : undefined)
    } catch (error) {
      if (!request.follow) throw error
      yield* patience.after(error, Number.POSITIVE_INFINITY, () => error)
      continue
    }
    if (read === null) {
      if (!request.follow) throw noGroup(logGroup, mapping, session)
      if (!waits) yield { type: 'warning', message: `${absent(logGroup)} Waiting until there is one.` }
      waits = true
    } else {
      // A line may come late, and belong to a run that began before.
      const fresh = new Set(read.lines.filter((line) => !known.has(keyOf(line))).map(keyOf))
      seen = [...seen, ...read.lines.filter((line) => fresh.has(keyOf(line)))]
      for (const line of chosen(seen, request)) {
        if (!fresh.has(line.key)) continue
        told.push(line.entry)
        yield { type: 'log-line', line: line.entry }
      }
      if (!request.follow) return { context, mapping, logGroup, lines: told, cut: read.cut }
      const latest = Math.max(since, ...read.lines.map(({ timestamp }) => timestamp))
      since = Math.max(since, latest - lateMs)
      seen = seen.filter(({ timestamp }) => timestamp >= latest - keptMs)
      known = new Set(seen.map(keyOf))
    }
    await clock.sleep(gapMs, signal)
  }
}

/** Between two looks. */
const gapMs = 2_000
/** A line may be seen so much later than one that was written after it. */
const lateMs = 15_000
/** No run of a function is longer. */
const keptMs = 15 * 60_000
const mostLines = 10_000

/** null: there is no log group. */
async function linesSince(group: string, since: number, { clients, signal }: Session, turn?: Turn) {
  const lines: LogLine[] = []
  try {
    for await (const page of logPages(clients, { group, since, ...(turn ? { turn } : {}) }, signal)) {
      lines.push(...page)
      if (lines.length >= mostLines) return { lines, cut: true }
    }
    return { lines, cut: false }
  } catch (error) {
    if (error instanceof SqsTriggerError && isMissing(error)) return null
    throw error
  }
}

/** The lines that are asked for, in the order of their times. */
function chosen(lines: readonly LogLine[], { messageId, requestId }: LogRequest) {
  const all = inRequests(lines)
  const runs =
    messageId === undefined
      ? undefined
      : new Set(all.filter(({ line }) => line.message.includes(messageId)).map((one) => one.requestId))
  return all
    .filter((one) => requestId === undefined || one.requestId === requestId)
    .filter(
      ({ line, requestId: run }) =>
        runs === undefined || (run === null ? line.message.includes(messageId ?? '') : runs.has(run)),
    )
    .map(({ line, requestId: run }) => ({
      key: keyOf(line),
      entry: {
        time: new Date(line.timestamp).toISOString(),
        message: line.message.replace(/\r?\n$/, ''),
        requestId: run,
        stream: line.stream,
      },
    }))
}

const keyOf = ({ id, stream, timestamp, message }: LogLine) => id || `${stream} ${timestamp} ${message}`

const absent = (group: string) =>
  `There is no log group ${group}: the function never ran, or its role may not write logs.`

function noGroup(
  group: string,
  { queueArn, functionArn }: { readonly queueArn: string; readonly functionArn: string },
  { clients }: Session,
): SqsTriggerError {
  const only = ['--only', 'role-lacks-log-permissions']
  return new SqsTriggerError('NOT_FOUND', absent(group), {
    hint: toolCommand(clients, 'preflight', queueArn, functionArn, ...only),
  })
}
