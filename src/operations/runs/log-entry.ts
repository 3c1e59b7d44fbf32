import { objectIn, parseObject, textIn } from './json-fields.js'

/** One entry of a function's log, as far as it tells of a run. */
export interface Entry {
  readonly kind: 'start' | 'report' | 'line'
  readonly requestId: string | null
  /** The version of the function that runs. */
  readonly version: string | null
  /** What made the run fail, in the words of its runtime or of Lambda. */
  readonly failure: string | null
  /** Looks like what made it fail, but a handler that goes on may write the same. */
  readonly suspicion: string | null
  /** Lambda names the failure only by its kind: what the runtime wrote of it says more. */
  readonly byKindOnly: boolean
  /** Lambda says that the run ended without an error. Text logs never say so. */
  readonly succeeded: boolean
}

const nothing: Entry = {
  kind: 'line',
  requestId: null,
  version: null,
  failure: null,
  suspicion: null,
  byKindOnly: false,
  succeeded: false,
}

/**
 * Reads Lambda's text and JSON forms, and the lines in which its runtimes tell of an error that nobody caught.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function readEntry(text: string): Entry {
  return text.startsWith('{') ? readJson(text) : readText(text)
}

/** What the lines of Lambda and of runtimes that tell of a failure are searched by. */
export const platformTerms: readonly string[] = [
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
  'Error raised from handler method',
  'Critical exception from handler',
  'errorType',
]

/**
 * Runtimes of which every error that nobody caught is found by `platformTerms`. Those of Java and .NET hold no word of
 * their own, others may write what they like: of them only the end of the message tells.
 */
export const tellsFailures = (runtime: string | undefined): boolean =>
  runtime !== undefined && /^(?:nodejs|python|ruby)/.test(runtime)

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'
const platformLine = new RegExp(`^(START|END|REPORT) RequestId: (${uuid})(?: Version: (\\S+))?`)
/** `<time>\t<request>\t<LEVEL>\t…` of Node and .NET, `[LEVEL]\t<time>\t<request>\t…` of Python, `<time> <request> Task timed out …`. */
const ownRequest = new RegExp(`^\\S+[\\t ](?:\\S+\\t)?(${uuid})[\\t ]`)

function readText(text: string): Entry {
  const [, word, ofPlatform, version = null] = platformLine.exec(text) ?? []
  if (ofPlatform) {
    const [, status, type = null] = /\tStatus: (\w+)(?:\tError Type: (\S+))?/.exec(text) ?? []
    const kind = word === 'START' ? 'start' : word === 'REPORT' ? 'report' : 'line'
    return { ...nothing, kind, requestId: ofPlatform, version, ...statusOf(status, type) }
  }
  const failure = failureIn(text)
  return {
    ...nothing,
    requestId: ownRequest.exec(text)?.[1] ?? null,
    failure,
    suspicion: failure === null ? suspicionIn(text) : null,
  }
}

function statusOf(status: string | undefined, type: string | null) {
  if (status === undefined || status === 'success') return {}
  return {
    failure: type ?? `Status: ${status}`,
    byKindOnly: status !== 'timeout' && !/^(?:Runtime|Sandbox)\./.test(type ?? ''),
  }
}

/** The lines that only a runtime writes, each with a link to where it does. */
function failureIn(text: string): string | null {
  const timedOut = /Task timed out after [\d.]+ seconds/.exec(text)?.[0]
  if (timedOut !== undefined) return timedOut
  // https://github.com/aws/aws-lambda-nodejs-runtime-interface-client
  const node = /\t(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)\s+(\{.*)$/s.exec(text)?.[1]
  if (node !== undefined) return describe(parseObject(node))
  // Python's runtime writes "[ERROR] <type>: …" and the traceback; a logger writes a tab after the level.
  // https://docs.aws.amazon.com/lambda/latest/dg/python-exceptions.html
  const python = /^\[ERROR\] ([^\r\n]+)[\s\S]*Traceback \(most recent call last\)/.exec(text)?.[1]
  if (python !== undefined) return python.trim()
  // The document follows, in this entry or in others. https://docs.aws.amazon.com/lambda/latest/dg/ruby-exceptions.html
  const [ruby] = /^(?:Error raised from handler method|Critical exception from handler)/.exec(text) ?? []
  if (ruby !== undefined) return describe(documentIn(text), ruby)
  // Go's library logs the document behind a time, and nothing else.
  // https://github.com/aws/aws-lambda-go/blob/main/lambda/invoke_loop.go
  if (/^\d{4}\/\d\d\/\d\d \d\d:\d\d:\d\d \{"errorMessage":/.test(text)) return describe(documentIn(text))
  // Java's runtime writes the message, the type, and the trace that names the type again.
  // https://github.com/aws/aws-lambda-java-libs (UserFault)
  return /^[^\r\n]*: ((?:[\w$]+\.)+[\w$]+)[\r\n]+(\1(?::[^\r\n]*)?)(?:[\r\n]|$)/.exec(text)?.[2] ?? null
}

/** What a handler may have logged as well, and gone on: an error document, an exception with its frames. */
function suspicionIn(text: string): string | null {
  const document = documentIn(text)
  if ('errorType' in document) return describe(document)
  const thrown =
    /(?:^|[\s\t])([\w$.]*(?:Exception|Error|Throwable|Failure)\b[^\r\n]*)[\r\n]+\s+at \S/.exec(text)?.[1] ??
    /^(?:Unhandled exception\S* |Exception in thread "[^"]*" )?((?:[A-Za-z_$][\w$]*\.)+[\w$]*(?:Exception|Error)\b[^\r\n]*)/.exec(
      text,
    )?.[1] ??
    /^((?:thread '[^']*' panicked|panic:|goroutine \d+ \[)[^\r\n]*)/.exec(text)?.[1]
  if (thrown !== undefined) return thrown.trim()
  if (!/Traceback \(most recent call last\)/.test(text)) return null
  // Its last line names the error.
  return (
    text
      .trim()
      .split(/[\r\n]+/)
      .at(-1)
      ?.trim() ?? null
  )
}

/** The error document in an entry, whatever stands before it. */
export function documentIn(text: string): Readonly<Record<string, unknown>> {
  const begin = text.search(/\{\s*"error(?:Message|Type)"/)
  return begin < 0 ? {} : parseObject(text.slice(begin))
}

/** https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html for the lines of the platform. */
function readJson(text: string): Entry {
  const line = parseObject(text)
  const record = objectIn(line, 'record')
  const type = textIn(line, 'type')
  const requestId = textIn(record, 'requestId') ?? textIn(line, 'requestId') ?? textIn(line, 'AWSRequestId')
  if (type?.startsWith('platform.')) {
    const status = textIn(record, 'status') ?? undefined
    return {
      ...nothing,
      kind: type === 'platform.start' ? 'start' : type === 'platform.report' ? 'report' : 'line',
      requestId,
      version: textIn(record, 'version'),
      succeeded: type === 'platform.report' && status === 'success',
      ...statusOf(status, textIn(record, 'errorType')),
    }
  }
  const said = textIn(line, 'message') ?? ''
  const failed =
    /^(?:Invoke Error|Uncaught Exception|Unhandled Promise Rejection)/.test(said) ||
    // Python's runtime writes the document alone, a logger adds its message.
    (levelOf(line) === 'ERROR' && 'stackTrace' in line && !('message' in line)) ||
    (textIn(line, 'log_level') === 'ERROR' && 'stackTrace' in line)
  const failure = failed ? describe(line) : failureIn(said)
  return {
    ...nothing,
    requestId,
    failure,
    suspicion: failure === null ? (suspicionOf(line) ?? suspicionIn(said)) : null,
  }
}

/**
 * Node writes an error that was thrown as it writes one that was given to console.error: as the message.
 * https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
function suspicionOf(line: Readonly<Record<string, unknown>>): string | null {
  const nested = objectIn(line, 'message')
  if ('errorType' in nested) return describe(nested)
  return 'errorType' in line && 'errorMessage' in line ? describe(line) : null
}

const levelOf = (line: Readonly<Record<string, unknown>>) =>
  (textIn(line, 'level') ?? textIn(line, 'log_level'))?.toUpperCase()

function describe(error: Readonly<Record<string, unknown>>, otherwise = 'the handler threw'): string {
  const parts = [textIn(error, 'errorType'), textIn(error, 'errorMessage')].filter((part) => part !== null)
  return parts.length === 0 ? otherwise : parts.join(': ')
}
