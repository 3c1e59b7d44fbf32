import type { LogText } from '../aws/log-events.js'
import { errorLines } from './error-lines.js'
import { type Entry, platformTerms, readEntry } from './log-entry.js'

/** One run of the function, as its log tells it. Times in milliseconds since the epoch. */
export interface Invocation {
  readonly requestId: string
  readonly startedAt: number
  readonly finished: boolean
  /** What went wrong, in the function's or Lambda's words; null: nothing was seen. */
  readonly failure: string | null
  /** The same line by line, with the stack, as far as the function wrote one. Left out: it wrote nothing of it. */
  readonly errorLines?: readonly string[]
  /** Lambda says that the run ended without an error: the JSON log does. */
  readonly succeeded?: true
  /** What looks like an error, though the handler may have gone on. Left out where a failure was seen, or nothing. */
  readonly suspicion?: { readonly text: string; readonly lines: readonly string[] }
  /** Where its lines stand. */
  readonly stream?: string
  /** The version that ran, as the first line of the run tells it. */
  readonly version?: string
}

export interface LogReading {
  /** In the order in which they began. */
  readonly invocations: readonly Invocation[]
  /** The line that holds the token or the message id; its invocation, where the log tells. */
  readonly trace: Trace | null
  /** The message id stands in the log of a run from before this send: SQS took the message for a repeated one. */
  readonly repeated: boolean
}

/** What a log is searched for. */
export interface Wanted {
  /** null: the body holds none. */
  readonly token: string | null
  readonly messageId: string
  /**
   * Milliseconds since the epoch. Set where SQS may have answered with the id of an earlier message: that id then
   * counts only in a run that is seen to begin at this time or later. A token is fresh, and counts always.
   */
  readonly idSince?: number
}

interface Trace {
  readonly by: 'token' | 'message id'
  readonly requestId: string | null
  /** What the handler wrote, without the runtime's prefix, cut after 120 characters. */
  readonly line: string
}

/** What to look for in a log group: the message itself, and the lines that begin, end and fail an invocation. */
export function searchTerms(message: Wanted): readonly string[] {
  return [...(message.token === null ? [] : [message.token]), message.messageId, ...platformTerms]
}

/**
 * Reads the lines of one log group: Lambda's text and JSON forms. A line that does not name its request belongs to
 * the one that runs in its log stream at that time, because an execution environment handles one at a time.
 */
export function readLog(lines: readonly LogText[], message: Wanted): LogReading {
  const invocations = new Map<string, Invocation>()
  const begins = new Map<string, number>()
  const traces: Trace[] = []
  let repeated = false
  const note = (requestId: string, line: LogText, entry: Entry) =>
    invocations.set(requestId, grown(invocations.get(requestId), requestId, line, entry))
  for (const { line, entry, requestId } of inRequests(lines)) {
    if (entry.kind === 'start' && entry.requestId) begins.set(entry.requestId, line.timestamp)
    if (requestId && (entry.kind !== 'line' || entry.failure !== null || entry.suspicion !== null))
      note(requestId, line, entry)
    const held = (text: string | null) => text !== null && line.message.includes(text)
    const by = held(message.token) ? 'token' : held(message.messageId) ? 'message id' : undefined
    if (!by) continue
    const began = begins.get(requestId ?? '') ?? Number.NEGATIVE_INFINITY
    if (by === 'message id' && message.idSince !== undefined && began < message.idSince) repeated = true
    else traces.push({ by, requestId, line: written(line.message) })
  }
  const begun = [...invocations.values()].toSorted((a, b) => a.startedAt - b.startedAt)
  // A later delivery of the same message is the one whose outcome counts.
  const last = traces.findLast((trace) => trace.requestId !== null) ?? traces.at(-1)
  return { invocations: begun, trace: last ?? null, repeated }
}

/** What one more entry tells of a run. The first failure counts, unless it names only the kind of what was written. */
function grown(known: Invocation | undefined, requestId: string, line: LogText, entry: Entry): Invocation {
  const { suspicion: suspected, ...before }: Invocation = known ?? {
    requestId,
    startedAt: line.timestamp,
    finished: false,
    failure: null,
    stream: line.stream,
  }
  const lines = errorLines(line.message)
  const suspicion = entry.suspicion === null ? suspected : { text: entry.suspicion, lines }
  const seen = {
    ...before,
    finished: before.finished || entry.kind === 'report',
    ...(entry.succeeded ? { succeeded: true as const } : {}),
    ...(entry.version === null ? {} : { version: entry.version }),
  }
  if (before.failure !== null) {
    // Ruby's runtime writes what it was in an entry of its own, after saying that it was.
    const vague = /^(?:Error raised|Critical exception) from handler/.test(before.failure)
    return vague && suspicion ? { ...seen, failure: suspicion.text, ...told(suspicion) } : seen
  }
  if (entry.failure === null) return { ...seen, ...(suspicion ? { suspicion } : {}) }
  if (entry.byKindOnly && suspicion) return { ...seen, failure: suspicion.text, ...told(suspicion) }
  return { ...seen, failure: entry.failure, ...told({ text: entry.failure, lines }) }
}

/** Nothing where the lines say no more than the failure itself. */
function told({ text, lines }: Required<Invocation>['suspicion']): Pick<Invocation, 'errorLines'> {
  return lines.length === 0 || (lines.length === 1 && lines[0] === text) ? {} : { errorLines: lines }
}

/**
 * The lines in the order of their times, each with the request that it belongs to; null: the log does not tell. A line
 * that does not name its request belongs to the one that runs in its log stream at that time.
 */
export function inRequests<Line extends LogText>(
  lines: readonly Line[],
): readonly { readonly line: Line; readonly entry: Entry; readonly requestId: string | null }[] {
  const running = new Map<string, string>()
  // Sorting is stable: lines of one millisecond stay in the order of the log.
  return lines
    .toSorted((a, b) => a.timestamp - b.timestamp)
    .map((line) => {
      const entry = readEntry(line.message)
      if (entry.kind === 'start' && entry.requestId) running.set(line.stream, entry.requestId)
      return { line, entry, requestId: entry.requestId ?? running.get(line.stream) ?? null }
    })
}

/** `<time>\t<request>\t<LEVEL>\t<what the handler wrote>`; JSON stays as it is. */
function written(text: string): string {
  const own = text.startsWith('{') ? text : (text.split('\t').at(-1) ?? text)
  return own.trim().slice(0, 120)
}
