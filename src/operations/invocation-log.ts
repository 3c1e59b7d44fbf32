import type { LogText } from '../aws/log-events.js'
import { errorLines } from './error-lines.js'

/** One run of the function, as its log tells it. Times in milliseconds since the epoch. */
export interface Invocation {
  readonly requestId: string
  readonly startedAt: number
  readonly finished: boolean
  /** What went wrong, in the function's or Lambda's words; null: nothing was seen. */
  readonly failure: string | null
  /** The same line by line, with the stack, as far as the function wrote one. Left out: it wrote nothing of it. */
  readonly errorLines?: readonly string[]
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
  /** What the handler wrote, without the runtime's prefix; one that was cut ends in an ellipsis. */
  readonly line: string
}

/** What to look for in a log group: the message itself, and the lines that begin, end and fail an invocation. */
export function searchTerms(message: Wanted): readonly string[] {
  return [...(message.token === null ? [] : [message.token]), message.messageId, ...platformTerms]
}

const platformTerms = [
  'START RequestId',
  'REPORT RequestId',
  'platform.start',
  'platform.report',
  'platform.runtimeDone',
  'Invoke Error',
  'Uncaught Exception',
  'Unhandled Promise Rejection',
  'Task timed out',
  'Traceback (most recent call last)',
]

/**
 * Reads the lines of one log group: Lambda's text and JSON forms. A line that does not name its request belongs to
 * the one that runs in its log stream at that time, because an execution environment handles one at a time.
 */
export function readLog(lines: readonly LogText[], message: Wanted): LogReading {
  const invocations = new Map<string, Invocation>()
  const begins = new Map<string, number>()
  const traces: Trace[] = []
  let repeated: LogReading['repeated'] = null
  const note = (requestId: string, line: LogText, seen: Partial<Invocation>) => {
    const before = invocations.get(requestId) ?? {
      requestId,
      startedAt: line.timestamp,
      finished: false,
      failure: null,
    }
    const failure = before.failure ?? seen.failure ?? null
    const told = before.errorLines ?? seen.errorLines
    invocations.set(requestId, { ...before, ...seen, failure, ...(told ? { errorLines: told } : {}) })
  }
  for (const { line, entry, requestId } of inRequests(lines)) {
    if (entry.kind === 'start' && entry.requestId) begins.set(entry.requestId, line.timestamp)
    if (requestId) {
      if (entry.kind === 'start') note(requestId, line, {})
      if (entry.kind === 'report') note(requestId, line, { finished: true })
      if (entry.failure) note(requestId, line, { failure: entry.failure, ...toldOf(line, entry.failure) })
    }
    const held = (text: string | null) => text !== null && line.message.includes(text)
    const by = held(message.token) ? 'token' : held(message.messageId) ? 'message id' : undefined
    if (!by) continue
    const began = begins.get(requestId ?? '')
    const { idSince } = message
    if (by === 'message id' && idSince !== undefined && (began === undefined || began < idSince)) {
      const surely = Math.min(line.timestamp, began ?? line.timestamp) < idSince - clockSkewMs
      repeated = surely || repeated === 'certain' ? 'certain' : 'possible'
    } else traces.push({ by, requestId, line: written(line.message) })
  }
  const begun = [...invocations.values()].toSorted((a, b) => a.startedAt - b.startedAt)
  // A later delivery of the same message is the one whose outcome counts.
  const last = traces.findLast((trace) => trace.requestId !== null) ?? traces.at(-1)
  return { invocations: begun, trace: last ?? null, repeated: last ? null : repeated }
}

/** The clocks of this machine and of AWS differ a little. */
export const clockSkewMs = 2_000

/** Nothing where it says no more than the failure itself. */
function toldOf({ message }: LogText, failure: string): Pick<Invocation, 'errorLines'> {
  const lines = errorLines(message)
  return lines.length === 0 || (lines.length === 1 && lines[0] === failure) ? {} : { errorLines: lines }
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
      const entry = readLine(line.message)
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

interface Entry {
  readonly kind: 'start' | 'report' | 'line'
  readonly requestId: string | null
  readonly failure: string | null
}

function readLine(text: string): Entry {
  return text.startsWith('{') ? readJsonLine(text) : readTextLine(text)
}

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const platformLine = new RegExp(`^(START|END|REPORT) RequestId: (${uuid})`)
/** `<time>\t<request>\t<LEVEL>\t…` of Node, `[LEVEL]\t<time>\t<request>\t…` of Python, `<time> <request> Task timed out …`. */
const ownRequest = new RegExp(`^\\S+[\\t ](?:\\S+\\t)?(${uuid})[\\t ]`)

function readTextLine(text: string): Entry {
  const [, word, ofPlatform] = platformLine.exec(text) ?? []
  if (ofPlatform) {
    const status = /\tStatus: (\w+)(?:\tError Type: (\S+))?/.exec(text)
    const failure = status && status[1] !== 'success' ? (status[2] ?? `Status: ${status[1]}`) : null
    return {
      kind: word === 'START' ? 'start' : word === 'REPORT' ? 'report' : 'line',
      requestId: ofPlatform,
      failure,
    }
  }
  const timedOut = /Task timed out after [\d.]+ seconds/.exec(text)?.[0]
  const thrown = /\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+(\{.*)$/s.exec(
    text,
  )?.[1]
  // Python's runtime writes "[ERROR] <type>: …" and the traceback; a logger writes a tab after the level.
  const python = /^\[ERROR\] ([^\r\n]+)[\s\S]*Traceback \(most recent call last\)/.exec(text)?.[1]?.trim()
  const failure = timedOut ?? (thrown === undefined ? undefined : describe(parse(thrown))) ?? python ?? null
  return { kind: 'line', requestId: ownRequest.exec(text)?.[1] ?? null, failure }
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html for the lines of the platform. */
function readJsonLine(text: string): Entry {
  const line = parse(text)
  const record = objectIn(line, 'record')
  const type = textIn(line, 'type')
  const requestId = textIn(record, 'requestId') ?? textIn(line, 'requestId') ?? textIn(line, 'AWSRequestId')
  if (type?.startsWith('platform.')) {
    const status = textIn(record, 'status')
    const failure =
      status && status !== 'success' ? (textIn(record, 'errorType') ?? `Status: ${status}`) : null
    return {
      kind: type === 'platform.start' ? 'start' : type === 'platform.report' ? 'report' : 'line',
      requestId,
      failure,
    }
  }
  const said = textIn(line, 'message') ?? ''
  const failed =
    /^(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)/.test(said) ||
    (textIn(line, 'log_level') === 'ERROR' && 'stackTrace' in line)
  const timedOut = /Task timed out after [\d.]+ seconds/.exec(said)?.[0]
  return { kind: 'line', requestId, failure: timedOut ?? (failed ? describe(line) : null) }
}

function describe(error: Record<string, unknown>): string {
  const parts = [textIn(error, 'errorType'), textIn(error, 'errorMessage')].filter((part) => part !== null)
  return parts.length === 0 ? 'the handler threw' : parts.join(': ')
}

function parse(text: string): Record<string, unknown> {
  try {
    return objectIn({ value: JSON.parse(text) }, 'value')
  } catch {
    return {}
  }
}

function objectIn(record: Record<string, unknown>, key: string): Record<string, unknown> {
  const value = record[key]
  // An object of JSON has text keys.
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

function textIn(record: Record<string, unknown>, key: string): string | null {
  const value = record[key]
  return typeof value === 'string' ? value : null
}
