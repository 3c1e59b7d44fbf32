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
  if (thrown !== undefined) return ofThrown(parsed(thrown))
  // A time and a request may stand before it.
  const timedOut = /Task timed out after [\d.]+ seconds/.exec(entry)?.[0]
  if (timedOut !== undefined) return [timedOut]
  return [entry.replace(/^\[ERROR\] /, '')]
}

function ofJson(entry: string): readonly string[] {
  const line = parsed(entry)
  if (typeof line.type === 'string' && line.type.startsWith('platform.')) return []
  const { message } = line
  if (typeof message === 'object' && message !== null) return ofThrown({ ...message })
  const own = ofThrown(line)
  return own.length === 0 && typeof message === 'string' ? [message] : own
}

function ofThrown(error: Readonly<Record<string, unknown>>): readonly string[] {
  const { errorType, errorMessage } = error
  const named = [errorType, errorMessage].filter((part) => typeof part === 'string' && part !== '')
  const first = named.join(': ')
  const stack = [error.stack, error.stackTrace, error.trace].find((one) => Array.isArray(one)) ?? []
  const frames = stack.filter((frame: unknown): frame is string => typeof frame === 'string')
  return first === '' || frames[0]?.startsWith(first) ? frames : [first, ...frames]
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    // A JSON object is a record of unknowns.
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
  } catch {
    return {}
  }
}
