import { objectIn, parseObject } from './json-fields.js'
import { documentIn } from './log-entry.js'

/** Stacks are long, and what is told of them has to fit on a screen. */
const most = { lines: 20, characters: 400 }

/**
 * What a function wrote of its own failure, line by line with the stack, from one entry of its log; empty where the
 * entry says nothing but that it failed. As it stands in the log, control characters included.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-exceptions.html
 */
export function errorLines(entry: string): readonly string[] {
  const lines = entry.startsWith('{') ? ofJson(entry) : ofText(entry)
  return lines
    .flatMap((line) => line.split(/\r\n?|\n/))
    .map((line) => line.trimEnd().slice(0, most.characters))
    .filter((line) => line !== '')
    .slice(0, most.lines)
}

function ofText(entry: string): readonly string[] {
  if (/^(?:START|END|REPORT|INIT_REPORT) /.test(entry)) return []
  const thrown = /\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+(\{.*)$/s.exec(
    entry,
  )?.[1]
  if (thrown !== undefined) return ofThrown(parseObject(thrown))
  // A time and a request may stand before it.
  const timedOut = /Task timed out after [\d.]+ seconds/.exec(entry)?.[0]
  if (timedOut !== undefined) return [timedOut]
  const document = ofThrown(documentIn(entry))
  if (document.length > 0) return document
  return [
    entry
      .replace(/^\[ERROR\] /, '')
      .replace(dotnetPrefix, '')
      .replace(javaSummary, '$2'),
  ]
}

/** `<time>\t<request>\t<level>\t`. https://docs.aws.amazon.com/lambda/latest/dg/csharp-logging.html */
const dotnetPrefix = /^\S+Z\t[0-9a-f-]{36}\t\w+\t/
/** The message and the type, which the trace below names again. */
const javaSummary = /^[^\r\n]*: ((?:[\w$]+\.)+[\w$]+)[\r\n]+(\1)/

function ofJson(entry: string): readonly string[] {
  const line = parseObject(entry)
  if (typeof line.type === 'string' && line.type.startsWith('platform.')) return []
  const { message } = line
  if (typeof message === 'object' && message !== null) return ofThrown({ ...message })
  const own = ofThrown(line)
  return own.length === 0 && typeof message === 'string' ? [message.replace(javaSummary, '$2')] : own
}

function ofThrown(error: Readonly<Record<string, unknown>>): readonly string[] {
  const { errorType, errorMessage } = error
  const named = [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '')
  const first = named.join(': ')
  const stack = [error.stack, error.stackTrace, error.trace].find((one) => Array.isArray(one)) ?? []
  const frames = stack.flatMap((frame: unknown) => (typeof frame === 'string' ? [frame] : frameOf(frame)))
  return first === '' || frames[0]?.startsWith(first) ? frames : [first, ...frames]
}

/** As Go's library writes one. https://github.com/aws/aws-lambda-go/blob/main/lambda/messages/messages.go */
function frameOf(frame: unknown): readonly string[] {
  const { path, line, label } = objectIn({ frame }, 'frame')
  return typeof label === 'string' ? [`    at ${label} (${String(path)}:${String(line)})`] : []
}
