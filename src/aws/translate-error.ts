import { type AwsErrorDetail, SqsTriggerError } from '../errors.js'
import { shown } from '../shown.js'
import { credentialError } from './credential-errors.js'
import { type Denial, denialHint, readDenial } from './denial.js'
import { type FailedCall, knownAnswers, serviceTitle } from './known-answers.js'
import { endpointHint } from './not-aws.js'

export type { FailedCall } from './known-answers.js'

/** What an SDK error may carry; nothing is promised, so everything is optional. */
interface SdkFailure {
  readonly name: string
  /** Name, or the code of SQS's older protocol and of IAM where they differ from the name. */
  readonly codes: readonly string[]
  readonly text: string
  readonly socketCode: string | undefined
  readonly status: number | undefined
  readonly requestId: string | undefined
  readonly attempts: number | undefined
}

/**
 * The only place that knows the SDK's error names and AWS's texts. A text that is not known passes through
 * whole, with service, operation and request id. An error that is translated already is returned as it is.
 */
export function translateError(error: unknown, given: FailedCall): SqsTriggerError {
  if (error instanceof SqsTriggerError) return error
  const call = { ...given, service: servicePrefix(given.service) }
  const failure = readFailure(error)
  const aws = detailOf(failure, call)
  const options = { aws, cause: error }
  return (
    endpointError(failure, call, options) ??
    credentialError(failure, call, options) ??
    knownAnswer(failure, call, options) ??
    denied(failure, call, options) ??
    unknownAnswer(failure, call, options)
  )
}

type Options = { readonly aws: AwsErrorDetail; readonly cause: unknown }

/** IAM's prefix, also when the caller wrote the service as people say it. */
const servicePrefix = (service: string) => (service === 'CloudWatch Logs' ? 'logs' : service.toLowerCase())

function readFailure(error: unknown): SdkFailure {
  const fields = asRecord(error)
  const metadata = asRecord(fields.$metadata)
  // Services behind an internal proxy append `:http://…` to the code.
  const name = (stringIn(fields, 'name') ?? 'Error').split(':')[0] ?? 'Error'
  const queryCode = stringIn(fields, 'Code') ?? stringIn(asRecord(fields.Error), 'Code')
  const hint = '\n  Deserialization error: to see the raw response'
  return {
    name,
    codes: queryCode === undefined ? [name] : [name, queryCode],
    text: (stringIn(fields, 'message') ?? stringIn(fields, 'Message') ?? String(error)).split(hint)[0] ?? '',
    socketCode: stringIn(fields, 'code'),
    status: numberIn(metadata, 'httpStatusCode'),
    requestId: stringIn(metadata, 'requestId'),
    attempts: numberIn(metadata, 'attempts'),
  }
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

/** Refused connections, silence, HTML and answers cut short, in the SDK's words as measured on 3.1164.0. */
function endpointError(failure: SdkFailure, call: FailedCall, options: Options): SqsTriggerError | undefined {
  const { name, text, socketCode } = failure
  const to = `${serviceTitle(call)}${call.region ? ` in ${call.region}` : ''}`
  const hint = endpointHint(call.endpoint)
  const endsEarly = text === 'aborted' || /^(?:Unexpected end of JSON input|Unterminated)/.test(text)
  if (socketCode === 'ECONNRESET' || socketCode === 'EPIPE' || endsEarly) {
    return new SqsTriggerError(
      'ENDPOINT_UNREACHABLE',
      `The connection to ${to} broke off before the answer was complete.`,
      { ...options, hint },
    )
  }
  if (name === 'TimeoutError' || socketCode === 'ETIMEDOUT') {
    return new SqsTriggerError('ENDPOINT_TIMED_OUT', `${to} did not answer in time.`, { ...options, hint })
  }
  // The SDK's own words where an error came without a code: a proxy's page that happens to parse, or no body at all.
  const uncoded = name === 'Unknown' && /^Unknown(?:Error)?$/.test(text)
  if (uncoded || name === 'SyntaxError' || /XML parse error|is not valid JSON/.test(text)) {
    const status = failure.status === undefined ? '' : ` (HTTP ${failure.status})`
    const address = call.endpoint ? `, ${call.endpoint},` : ''
    return new SqsTriggerError(
      'ENDPOINT_NOT_AWS',
      `The endpoint for ${to}${address} answered something that is not AWS's protocol${status}.`,
      { ...options, hint },
    )
  }
  if (
    socketCode !== undefined &&
    /^(?:E[A-Z_]+|CERT_\w+|DEPTH_ZERO\w+|SELF_SIGNED\w+|UNABLE_TO\w+|ERR_\w+)$/.test(socketCode)
  ) {
    return new SqsTriggerError('ENDPOINT_UNREACHABLE', `${to} cannot be reached: ${text}`, {
      ...options,
      hint,
    })
  }
  return undefined
}

function knownAnswer(failure: SdkFailure, call: FailedCall, options: Options): SqsTriggerError | undefined {
  for (const answer of knownAnswers) {
    if (answer.names && !failure.codes.some((code) => answer.names?.test(code))) continue
    const match = (answer.text ?? /^/).exec(failure.text)
    if (!match) continue
    const hint = answer.hint?.(call, match)
    const message = answer.message(call, match, failure.text)
    return new SqsTriggerError(answer.code, message, hint === undefined ? options : { ...options, hint })
  }
  return undefined
}

function denied(failure: SdkFailure, call: FailedCall, options: Options): SqsTriggerError | undefined {
  const denial = readDenial(failure.text)
  const named = failure.codes.some((code) =>
    /^(?:AccessDenied(?:Exception)?|AuthorizationError|UnauthorizedOperation)$/.test(code),
  )
  if (!denial && !named) return undefined
  const action = `${call.service}:${call.operation}`
  const message = denial
    ? `${denial.principal} may not call ${sameAction(denial.action, action)}${denial.resource && denial.resource !== '*' ? ` on ${denial.resource}` : ''}${because(denial)}.`
    : `AWS refused ${action}: ${failure.text}`
  return new SqsTriggerError('ACCESS_DENIED', message, { ...options, hint: denialHint(denial) })
}

/** SQS writes actions in lower case; policies are read more easily in IAM's spelling. */
const sameAction = (said: string, ours: string) => (said.toLowerCase() === ours.toLowerCase() ? ours : said)

function because({ kind, layer }: Pick<Denial, 'kind' | 'layer'>): string {
  if (layer === undefined) return kind === 'explicit' ? ': an explicit Deny' : ''
  // "permissions boundary" is the one layer that AWS names without the word "policy".
  const policy = layer.endsWith('boundary') ? layer : `${layer} policy`
  return kind === 'explicit' ? `: an explicit Deny in its ${policy}` : `: no ${policy} allows it`
}

function unknownAnswer(failure: SdkFailure, call: FailedCall, options: Options): SqsTriggerError {
  const server = failure.status !== undefined && failure.status >= 500
  const request = failure.requestId === undefined ? '' : ` (request ${shown(failure.requestId).slice(1, -1)})`
  const verb = server ? 'failed on' : 'refused'
  const message = `${serviceTitle(call)} ${verb} ${call.operation}: ${failure.name}: ${failure.text}${request}`
  return new SqsTriggerError(server ? 'AWS_FAILED' : 'REJECTED_BY_AWS', message, options)
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  // Any object may be looked at as a record of unknowns.
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

const stringIn = (record: Readonly<Record<string, unknown>>, key: string) => {
  const value = record[key]
  return typeof value === 'string' ? value : undefined
}
const numberIn = (record: Readonly<Record<string, unknown>>, key: string) => {
  const value = record[key]
  return typeof value === 'number' ? value : undefined
}
