import { type AwsErrorDetail, SqsTriggerError } from '../errors.js'
import { asJsonObject } from '../json-object.js'
import { shown } from '../shown.js'
import {
  command,
  type FailedCall,
  type Failure,
  type Recognised,
  recognise,
  serviceTitle,
} from './known-answers.js'

export type { FailedCall } from './known-answers.js'

/** What an SDK error may carry; nothing is promised, so everything is optional. */
interface SdkFailure extends Failure {
  readonly requestId: string | undefined
  readonly attempts: number | undefined
  /** What was sent stood in the text. */
  readonly tellsRequest: boolean
}

/**
 * The only place that knows the SDK's error names and AWS's texts. A text that is not known passes through
 * whole, with service, operation and request id. An error that is translated already is returned as it is.
 */
export function translateError(error: unknown, given: FailedCall): SqsTriggerError {
  if (error instanceof SqsTriggerError) return error
  const call = { ...given, service: servicePrefix(given.service) }
  const answer = readFailure(error)
  // Its stack begins with the whole text.
  const options = { aws: detailOf(answer, call), cause: answer.tellsRequest ? undefined : error }
  const failure = { ...answer, text: bounded(answer.text) }
  const known = recognise(failure, call)
  if (known === undefined) return unknownAnswer(failure, call, options)
  return new SqsTriggerError(known.code, known.message, { ...options, hint: hintOf(known, call) })
}

/** The message goes into every finding that the answer leaves open; `aws.message` keeps the whole text, once. */
const longestText = 2_000
const bounded = (text: string) => (text.length > longestText ? `${text.slice(0, longestText)}…` : text)

type Options = { readonly aws: AwsErrorDetail; readonly cause: unknown }

/** IAM's prefix, also when the caller wrote the service as people say it. */
const servicePrefix = (service: string) => (service === 'CloudWatch Logs' ? 'logs' : service.toLowerCase())

/** Where the advice is no command itself, the command that shows the rule, and mends it, stands below. */
function hintOf({ hint, rule }: Recognised, call: FailedCall): string {
  const last = hint.split('\n').at(-1) ?? ''
  if (rule === undefined || /^(?:aws|sqs-trigger) /.test(last)) return hint
  const { queue, function: functionName } = call
  const explain =
    queue === undefined || functionName === undefined
      ? `sqs-trigger explain ${rule}`
      : command('sqs-trigger', call, 'explain', rule, queue, functionName)
  return `${hint}\n${explain}`
}

function readFailure(error: unknown): SdkFailure {
  const fields = asJsonObject(error)
  const metadata = asJsonObject(fields.$metadata)
  // Services behind an internal proxy append `:http://…` to the code.
  const name = (stringIn(fields, 'name') ?? 'Error').split(':')[0] ?? 'Error'
  const queryCode = stringIn(fields, 'Code') ?? stringIn(asJsonObject(fields.Error), 'Code')
  const codes = [name, queryCode, stringIn(fields, 'code')].filter((code) => code !== undefined)
  const hint = '\n  Deserialization error: to see the raw response'
  const whole = stringIn(fields, 'message') ?? stringIn(fields, 'Message') ?? String(error)
  return {
    name,
    codes,
    text: withoutCommandLine(whole.replace(sentRequest, '').split(hint)[0] ?? ''),
    tellsRequest: sentRequest.test(whole),
    status: numberIn(metadata, 'httpStatusCode'),
    requestId: stringIn(metadata, 'requestId'),
    attempts: numberIn(metadata, 'attempts'),
  }
}

/**
 * Of a signature that does not fit AWS tells what it would have signed, or was given: all headers of the request, with
 * the session token and the signature. https://github.com/aws/aws-cli/issues/5341
 */
const sentRequest = /\s*(?:The Canonical String for this request|\bAuthorization=)[\s\S]*/

/**
 * A credential_process that failed: its line may hold a secret, so that only the program is named; of what it wrote the
 * first line is told, or of a trace the last. The SDK does not hand on with which code it ended.
 */
function withoutCommandLine(text: string): string {
  const [, line] = /^Command failed: (.*)/.exec(text) ?? []
  if (line === undefined) return text
  const [, quoted, bare] = /^(?:"([^"]+)"|([^\s"'=]+)(?=\s|$))/.exec(line) ?? []
  const program = quoted ?? bare
  const said = text
    .split('\n')
    .slice(1)
    .map((written) => written.trim())
    .filter((written) => written !== '')
  const why = said[0]?.startsWith('Traceback ') ? said.at(-1) : said[0]
  return `credential_process${program === undefined ? '' : ` (${program})`} failed${why === undefined ? ', and did not say why' : `: ${why}`}`
}

function detailOf(failure: SdkFailure, call: FailedCall): AwsErrorDetail {
  return {
    service: call.service,
    operation: call.operation,
    code: failure.name,
    message: failure.text,
    ...(failure.status === undefined ? {} : { httpStatus: failure.status }),
    ...(failure.requestId === undefined ? {} : { requestId: failure.requestId }),
    ...(failure.attempts === undefined ? {} : { attempts: failure.attempts }),
  }
}

function unknownAnswer(failure: SdkFailure, call: FailedCall, options: Options): SqsTriggerError {
  const server = failure.status !== undefined && failure.status >= 500
  const request = failure.requestId === undefined ? '' : ` (request ${shown(failure.requestId).slice(1, -1)})`
  const verb = server ? 'failed on' : 'refused'
  const message = `${serviceTitle(call)} ${verb} ${call.operation}: ${failure.name}: ${failure.text}${request}`
  return new SqsTriggerError(server ? 'AWS_FAILED' : 'REJECTED_BY_AWS', message, options)
}

const stringIn = (record: Readonly<Record<string, unknown>>, key: string) => {
  const value = record[key]
  return typeof value === 'string' ? value : undefined
}
const numberIn = (record: Readonly<Record<string, unknown>>, key: string) => {
  const value = record[key]
  return typeof value === 'number' ? value : undefined
}
