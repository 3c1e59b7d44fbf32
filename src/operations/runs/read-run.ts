import { isMissing, type LogLine, logPages } from '../../aws/log-events.js'
import { SqsTriggerError } from '../../errors.js'
import type { Session } from '../session.js'
import type { Turn } from '../waiting/turns.js'
import { type Invocation, inRequests } from './invocation-log.js'

/** A run that writes more is not read to its end. */
const linesAtMost = 2_000
/** The first line of a run may bear an earlier time than the one that told of it. */
const marginMs = 1_000

/**
 * Every line of one run, or as many as can be read: what a runtime or a handler writes in words of its own is found by
 * no search. Empty where the log may not be read.
 */
export async function readRun(
  group: string,
  { requestId, stream, startedAt }: Pick<Invocation, 'requestId' | 'stream' | 'startedAt'>,
  { clients, signal }: Session,
  turn?: Turn,
): Promise<readonly LogLine[]> {
  const lines: LogLine[] = []
  try {
    const window = {
      group,
      since: startedAt - marginMs,
      ...(stream === undefined ? {} : { stream }),
      ...(turn ? { turn } : {}),
    }
    for await (const page of logPages(clients, window, signal)) {
      lines.push(...page)
      if (lines.length >= linesAtMost) break
    }
  } catch (error) {
    const known = error instanceof SqsTriggerError && (error.code === 'ACCESS_DENIED' || isMissing(error))
    if (!known) throw error
  }
  return inRequests(lines).flatMap((one) => (one.requestId === requestId ? [one.line] : []))
}
