import { isErrorName } from '../../aws/known-answers.js'
import type { PastedError } from './pasted-error.js'

/** An answer, and where in the text the words around it begin. */
interface Frame {
  readonly at: number
  readonly told: PastedError
}

export const nothing: PastedError = {
  wrapper: null,
  service: null,
  operation: null,
  code: null,
  message: '',
  httpStatus: null,
  requestId: null,
}

const handler = /Resource handler returned message: "?(.+?)"? \(RequestToken: /s
const terraform =
  /operation error ([\w ]+): (\w+), (?:[^:]*, )?https response error StatusCode: (\d{3}), RequestID: ([\w-]*), (?:api error )?([\w.]+): (.+)/s
const awsCli = /An error occurred \(([\w.]+)\) when calling the (\w+) operation(?: \([^)]*\))?: (.*)/s
/** The Java SDK, inside CloudFormation and CDK: `(Service: Lambda, Status Code: 400, Request ID: …)`. */
const service =
  /\(Service: ([\w ]+)[,;] Status Code: (\d{3})(?:[,;] Error Code: ([\w.]+))?(?:[,;] Request ID: ([\w-]+))?[^()]*\)/

/** The line that this tool prints below an error of AWS. */
const ownLine = /^\s*([A-Z][\w.]+) from (\w+):([A-Z]\w+)(?:, request ([\w-]+))?\s*$/

/** Names that answers have in them, as far as it is known where they end. */
const names: readonly RegExp[] = [
  /arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d{12}:(?:function:|key\/)?/,
  /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/,
  /arn \(" \S+ "\) and function \(" \S+ "\)/,
]

/** Words that stand around an answer, and names in it, for lines that were broken within them. */
export const framePatterns: readonly RegExp[] = [
  ...names,
  handler,
  terraform,
  awsCli,
  service,
  / \(RequestToken: /,
  /Invalid request provided: /,
]

/** What stands in known words, taken out of them from the outside in; the innermost stands first. */
export function unwrapped(text: string): readonly PastedError[] {
  return framesIn(text).map(({ told }) => told)
}

/** The one answer that is the whole text, but for the words around it; undefined: the text says more, or none. */
export function onlyAnswer(text: string): PastedError | undefined {
  const frames = framesIn(text)
  return frames.at(-1)?.at === 0 ? frames[0]?.told : undefined
}

function framesIn(text: string, outer?: PastedError): readonly Frame[] {
  // Brackets may belong to the answer itself, as SQS tells of a key: they are the outermost words, or none.
  const sdk = outer === undefined || (outer.wrapper === 'cloudformation' && outer.service === null)
  const [first] = [fromCloudFormation(text), fromTerraform(text), fromAwsCli(text)]
    .flatMap((frame) => frame ?? [])
    .toSorted((one, other) => one.at - other.at)
  const frame = first ?? (sdk ? (fromJava(text) ?? fromOwnLine(text) ?? fromSdk(text)) : undefined)
  if (frame === undefined) return []
  const told: PastedError = {
    ...frame.told,
    wrapper: outer?.wrapper ?? frame.told.wrapper,
    requestId: frame.told.requestId ?? outer?.requestId ?? null,
  }
  return [...framesIn(told.message, told), { at: frame.at, told }]
}

function fromCloudFormation(text: string): Frame | undefined {
  const match = handler.exec(text)
  if (match === null) return undefined
  const [, message = ''] = match
  return {
    at: match.index,
    told: { ...nothing, wrapper: 'cloudformation', message: withoutPrefix(message) },
  }
}

const withoutPrefix = (text: string) => text.replace(/^Invalid request provided: /, '')

function fromJava(text: string): Frame | undefined {
  // The message of SQS about a key has such brackets itself: the last ones are those of the call.
  const last = [...text.matchAll(new RegExp(service, 'g'))].at(-1)
  if (last === undefined) return undefined
  const [, name = '', status, code, requestId] = last
  return {
    at: 0,
    told: {
      wrapper: 'cloudformation',
      service: servicePrefix(name),
      operation: null,
      code: code ?? null,
      message: withoutPrefix(text.slice(0, last.index).trimEnd()),
      httpStatus: Number(status),
      requestId: requestId ?? null,
    },
  }
}

function fromTerraform(text: string): Frame | undefined {
  const match = terraform.exec(text)
  if (match === null) return undefined
  const [, name = '', operation = '', status, requestId = '', code = '', message = ''] = match
  return {
    at: match.index,
    told: {
      wrapper: 'terraform',
      service: servicePrefix(name),
      operation,
      code,
      message,
      httpStatus: Number(status),
      requestId: requestId || null,
    },
  }
}

function fromAwsCli(text: string): Frame | undefined {
  const match = awsCli.exec(text)
  if (match === null) return undefined
  const [, code = '', operation = '', message = ''] = match
  return {
    at: match.index,
    told: { ...nothing, wrapper: 'aws-cli', service: serviceOf(operation), operation, code, message },
  }
}

function fromOwnLine(text: string): Frame | undefined {
  const match = ownLine.exec(text)
  if (match === null) return undefined
  const [, code = '', service = '', operation = '', requestId = null] = match
  return { at: 0, told: { ...nothing, service: service.toLowerCase(), operation, code, requestId } }
}

/** `InvalidParameterValueException: …`, as SDKs print it, or the name alone. */
function fromSdk(text: string): Frame | undefined {
  if (/^[A-Z][\w.]+$/.test(text) && isErrorName(text)) return { at: 0, told: { ...nothing, code: text } }
  for (const { index, 0: before, 1: code = '' } of text.matchAll(/(?:^|[\s.("'[])([A-Z][\w.]+): /g)) {
    if (!isErrorName(code)) continue
    const rest = text.slice(index + before.length)
    // Terraform before version 5 of its provider printed Go's structure behind the message.
    const [message = ''] = rest.split(/ \{ RespMetadata:/)
    return { at: index, told: { ...nothing, code, message, requestId: requestIdIn(rest) } }
  }
  return undefined
}

export const requestIdIn = (text: string) =>
  /Request[ _-]?ID["']?[:=]\s*["']?([\w-]{8,})/i.exec(text)?.[1] ?? null

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
