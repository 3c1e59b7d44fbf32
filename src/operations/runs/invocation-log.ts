import type { LogText } from '../../aws/log-events.js'
import { errorLines } from './error-lines.js'
import { type Entry, platformTerms, readEntry } from './log-entry.js'
import { type CalledFunction, runnerOf, whose } from './run-owner.js'

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
  /** Nothing tells whether it was a run of the function whose log is read. */
  readonly unsure?: true
}

export interface LogReading {
  /** In the order in which they began. */
  readonly invocations: readonly Invocation[]
  /** The line that holds the token or the message id; its invocation, where the log tells. */
  readonly trace: Trace | null
  /**
   * The message id stands in the log of a run from before this send, and in none after it: SQS took the message for
   * one that was sent earlier. `possible`: the run began so shortly before that the clocks may differ by as much, or
   * its beginning was not seen. null: no such run.
   */
  readonly repeated: 'certain' | 'possible' | null
  /** Who else names the message in this log, where the function itself does not. */
  readonly elsewhere?: string
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
  /** Nothing tells whether it was a run of the function whose log is read. */
  readonly unsure?: true
  /** What the handler wrote, without the runtime's prefix; one that was cut ends in an ellipsis. */
  readonly line: string
}

/** What to look for in a log group: the message itself, and the lines that begin, end and fail an invocation. */
export function searchTerms(message: Wanted): readonly string[] {
  return [...(message.token === null ? [] : [message.token]), message.messageId, ...platformTerms]
}

/**
 * Reads the lines of one log group: Lambda's text and JSON forms. A line that does not name its request belongs to
 * the one that runs in its log stream at that time, because an execution environment handles one at a time.
 * @param called whose runs count; those of other functions and versions are left out. Left out: all count.
 */
export function readLog(lines: readonly LogText[], message: Wanted, called?: CalledFunction): LogReading {
  const invocations = new Map<string, Invocation>()
  const begins = new Map<string, number>()
  const traces: Trace[] = []
  let repeated: LogReading['repeated'] = null
  let elsewhere: string | undefined
  const ownerOf = (run: { readonly stream?: string; readonly version?: string }) =>
    called === undefined ? 'own' : whose(run, called)
  const note = (requestId: string, line: LogText, entry: Entry) =>
    invocations.set(requestId, grown(invocations.get(requestId), requestId, line, entry))
  for (const { line, entry, requestId } of inRequests(lines)) {
    if (entry.kind === 'start' && entry.requestId) begins.set(entry.requestId, line.timestamp)
    if (requestId && (entry.kind !== 'line' || entry.failure !== null || entry.suspicion !== null))
      note(requestId, line, entry)
    const held = (text: string | null) => text !== null && line.message.includes(text)
    const by = held(message.token) ? 'token' : held(message.messageId) ? 'message id' : undefined
    if (!by) continue
    const run = invocations.get(requestId ?? '') ?? { stream: line.stream }
    const owner = ownerOf(run)
    if (called && owner === 'other') {
      elsewhere = runnerOf(run, called)
      continue
    }
    const began = begins.get(requestId ?? '')
    const { idSince } = message
    if (by === 'message id' && idSince !== undefined && (began === undefined || began < idSince)) {
      const surely = Math.min(line.timestamp, began ?? line.timestamp) < idSince - logJitterMs
      repeated = surely || repeated === 'certain' ? 'certain' : 'possible'
    } else traces.push({ by, requestId, line: written(line.message), ...doubted(owner) })
  }
  const begun = [...invocations.values()]
    .filter((run) => ownerOf(run) !== 'other')
    .map((run) => ({ ...run, ...doubted(ownerOf(run)) }))
    .toSorted((a, b) => a.startedAt - b.startedAt)
  // A later delivery of the same message is the one whose outcome counts.
  const last = traces.findLast((trace) => trace.requestId !== null) ?? traces.at(-1)
  const known = { invocations: begun, trace: last ?? null, repeated: last ? null : repeated }
  return last === undefined && elsewhere !== undefined ? { ...known, elsewhere } : known
}

const doubted = (owner: ReturnType<typeof whose>) => (owner === 'unsure' ? { unsure: true as const } : {})

/** By so much the time of a line may differ from that of the send: each is of another clock. */
export const logJitterMs = 2_000

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

/** A handler may write its whole event into one line. */
const longestTrace = 400

/** `<time>\t<request>\t<LEVEL>\t<what the handler wrote>`; JSON stays as it is. */
function written(text: string): string {
  const own = text.startsWith('{') ? text : (text.split('\t').at(-1) ?? text)
  const line = own.trim()
  return line.length > longestTrace ? `${line.slice(0, longestTrace)}…` : line
}
