/** An answer of AWS as it stands in a text that someone pasted; null where the text does not say. */
export interface PastedError {
  /** Whose words stood around it; null: nobody's that are known. */
  readonly wrapper: 'cloudformation' | 'terraform' | 'aws-cli' | null
  /** IAM's prefix of the service. */
  readonly service: string | null
  readonly operation: string | null
  /** Name of AWS's error. */
  readonly code: string | null
  /** What AWS said, as far as it can be told from what stands around it. */
  readonly message: string
  readonly httpStatus: number | null
  readonly requestId: string | null
}

/**
 * The answers of AWS in a text: taken out of the words of CloudFormation, Terraform and aws-cli, out of log lines,
 * quotes, colours and broken lines. Never empty; where nothing is recognised, the text itself is the message.
 */
export function pastedErrors(text: string): readonly PastedError[] {
  const entries = entriesIn(text)
  // A line may have been broken between words, or in the middle of one.
  const joined = [' ', ''].flatMap((glue) =>
    entries.filter((lines) => glue === ' ' || lines.length > 1).map((lines) => bare(lines.join(glue))),
  )
  const told = joined.flatMap((entry) => {
    const found = fromCloudFormation(entry) ?? fromTerraform(entry) ?? fromAwsCli(entry) ?? fromSdk(entry)
    return found === undefined ? [] : [found]
  })
  const whole = joined.filter((entry) => entry !== '').map((message) => ({ ...nothing, message }))
  const all = [...told, ...whole]
  return all.length === 0 ? [{ ...nothing, message: '' }] : all
}

const nothing: PastedError = {
  wrapper: null,
  service: null,
  operation: null,
  code: null,
  message: '',
  httpStatus: null,
  requestId: null,
}

/** Paragraphs as lines: a blank line ends one, and so does a line that looks like the next entry of a log. */
function entriesIn(text: string): readonly (readonly string[])[] {
  const plain = text
    .replace(colours, '')
    .replaceAll('\\"', '"')
    .replace(/\\n|\r\n?/g, '\n')
  const entries: string[][] = [[]]
  for (const raw of plain.split('\n')) {
    const line = raw.replace(frame, '').trim()
    if (line === '' || entryBegins.test(line)) entries.push([])
    if (line !== '') entries.at(-1)?.push(line)
  }
  return entries.filter((lines) => lines.length > 0)
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences of a terminal are what is looked for
const colours = /\u001b\[[0-?]*[ -/]*[@-~]/g
/** Terraform draws a line at the left of its errors. */
const frame = /^\s*[│╷╵┃|>]+ ?/
const entryBegins =
  /^(?:\[?\d{4}-\d\d-\d\d|\[?\d{1,2}:\d\d:\d\d|\[?(?:INFO|WARN|WARNING|ERROR|DEBUG|TRACE|FATAL)\b|at \S|File "|Traceback|An error occurred \(|Error: |on \S+ line \d|with \S+,|\$ )/

/** Without the quotes that a person or a shell put around the whole. */
function bare(entry: string): string {
  const text = entry.replace(/\s+/g, ' ').trim()
  return /^(["'`“‘]).*["'`”’]$/s.exec(text) ? text.slice(1, -1).trim() : text
}

/** The Java SDK, inside CloudFormation and CDK: `(Service: Lambda, Status Code: 400, Request ID: …)`. */
const service =
  /\s*\(Service: ([\w ]+)[,;] Status Code: (\d{3})(?:[,;] Error Code: ([\w.]+))?(?:[,;] Request ID: ([\w-]+))?[^()]*\)/g

function fromCloudFormation(entry: string): PastedError | undefined {
  const handler = /Resource handler returned message: "?(.+?)"? \(RequestToken: /s.exec(entry)
  const text = handler?.[1] ?? entry
  // The message of SQS about a key has such brackets itself: the last ones are those of the call.
  const last = [...text.matchAll(service)].at(-1)
  if (handler === null && last === undefined) return undefined
  const message = (last === undefined ? text : text.slice(0, last.index)).replace(
    /^Invalid request provided: /,
    '',
  )
  const [, name, status, code, requestId] = last ?? []
  return {
    ...nothing,
    wrapper: 'cloudformation',
    service: name === undefined ? null : servicePrefix(name),
    code: code ?? null,
    message,
    httpStatus: status === undefined ? null : Number(status),
    requestId: requestId ?? null,
  }
}

function fromTerraform(entry: string): PastedError | undefined {
  const match =
    /operation error ([\w ]+): (\w+), https response error StatusCode: (\d{3}), RequestID: ([\w-]*), (?:api error )?([\w.]+): (.+)/s.exec(
      entry,
    )
  if (match === null) return undefined
  const [, name = '', operation = '', status, requestId = '', code = '', message = ''] = match
  return {
    wrapper: 'terraform',
    service: servicePrefix(name),
    operation,
    code,
    message,
    httpStatus: Number(status),
    requestId: requestId || null,
  }
}

function fromAwsCli(entry: string): PastedError | undefined {
  const match = /An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: (.*)/s.exec(
    entry,
  )
  if (match === null) return undefined
  const [, code = '', operation = '', message = ''] = match
  return { ...nothing, wrapper: 'aws-cli', service: serviceOf(operation), operation, code, message }
}

/** `InvalidParameterValueException: …`, as SDKs print it, or the name alone; never an error of JavaScript itself. */
function fromSdk(entry: string): PastedError | undefined {
  if (/^[A-Z][\w.]+$/.test(entry)) return { ...nothing, code: entry }
  const match =
    /(?:^|[\s.("'[])((?:AWS\.SimpleQueueService|KMS)\.\w+|(?!Syntax|Type|Range|Reference)[A-Z]\w+(?:Exception|Denied|Throttled|Token|Error)): (.+)/s.exec(
      entry,
    )
  if (match === null) return undefined
  const [, code = '', rest = ''] = match
  // Terraform before version 5 of its provider printed Go's structure behind the message.
  const [message = ''] = rest.split(/ \{ RespMetadata:/)
  const requestId = /Request ?ID: "?([\w-]{8,})/i.exec(rest)?.[1] ?? null
  return { ...nothing, code, message, requestId }
}

const services: Readonly<Record<string, string>> = {
  simplequeueservice: 'sqs',
  identitymanagement: 'iam',
  securitytokenservice: 'sts',
  cloudwatchlogs: 'logs',
}

/** `AWSLambdaInternal` → `lambda`, `CloudWatch Logs` → `logs`. */
function servicePrefix(name: string): string {
  const word = name
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^(?:aws|amazon)/, '')
    .replace(/internal$/, '')
  return services[word] ?? word
}

const operations: readonly (readonly [operation: RegExp, service: string])[] = [
  [/CallerIdentity|AssumeRole|SessionToken/, 'sts'],
  [/Log(?:Group|Stream|Event)/, 'logs'],
  [/Key|Decrypt|Encrypt/, 'kms'],
  [/EventSourceMapping|Function|^Invoke|Alias/, 'lambda'],
  [/Queue|Message/, 'sqs'],
  [/Role|User|Policy|Policies/, 'iam'],
]

/** aws-cli names the operation alone; only one service that matters here has it. */
const serviceOf = (operation: string) => operations.find(([pattern]) => pattern.test(operation))?.[1] ?? null
