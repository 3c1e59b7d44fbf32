import { SqsTriggerError } from '../errors.js'
import { memberOf } from '../json-object.js'

/**
 * Whether AWS may have carried out a call that failed: the connection broke, a server failed, something between
 * answered, or of several attempts an earlier one went through. Not where nothing was sent, or AWS refused what it got.
 */
export function mayHaveBeenDone(error: unknown): boolean {
  if (!(error instanceof SqsTriggerError)) return false
  const { code, aws, cause } = error
  if (code === 'ENDPOINT_NOT_AWS') return true
  if (aws === undefined || refused.test(code) || neverSent.test(codeOf(cause))) return false
  const { httpStatus, attempts = 1 } = aws
  const answered = httpStatus !== undefined && httpStatus >= 400 && httpStatus < 500 && httpStatus !== 408
  return !answered || attempts > 1
}

/** Whoever is refused so was refused at every attempt. */
const refused = /^(?:THROTTLED|ACCESS_DENIED|NO_CREDENTIALS|CREDENTIALS_\w+)$/

/** https://nodejs.org/api/errors.html#common-system-errors */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|UNABLE_TO\w+|SELF_SIGNED\w+)$/

function codeOf(cause: unknown): string {
  const code = memberOf(cause, 'code')
  return typeof code === 'string' ? code : ''
}
