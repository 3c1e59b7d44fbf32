import { isSignedOut, SqsTriggerError } from '../errors.js'
import { memberOf } from '../json-object.js'

/**
 * Whether AWS may have carried out a call that failed: the connection broke, a server failed, something between
 * answered, or of several attempts an earlier one went through. Not where nothing was sent, or AWS refused what it got.
 */
export function mayHaveBeenDone(error: unknown): boolean {
  if (!(error instanceof SqsTriggerError)) return false
  const { code, aws, cause } = error
  if (code === 'ENDPOINT_NOT_AWS') return true
  if (aws === undefined || refused.test(code) || isSignedOut(error) || neverSent.test(codeOf(cause)))
    return false
  const { httpStatus, attempts = 1 } = aws
  return !isRefusal(httpStatus) || attempts > 1
}

/** Whether AWS answered, and carried nothing out. */
export const isRefusal = (status: number | undefined): boolean =>
  status !== undefined && status >= 400 && status < 500 && status !== 408

/** The part of a command that watching needs; the SDK types it per service. */
interface Sent {
  readonly middlewareStack: {
    add(middleware: Middleware, options: { step: 'finalizeRequest'; priority: 'low'; name: string }): void
  }
}
type Middleware = <Args, Answer>(next: (args: Args) => Promise<Answer>) => (args: Args) => Promise<Answer>

/** Tells, once the command was answered, whether an attempt that failed before may have been carried out, too. */
export function watchAttempts(command: Sent): () => boolean {
  let doubtful = false
  // Behind the SDK's own retries, so that it sees every attempt.
  const watch: Middleware = (next) => async (args) => {
    try {
      return await next(args)
    } catch (error) {
      const status = memberOf(memberOf(error, '$metadata'), 'httpStatusCode')
      const never =
        isRefusal(typeof status === 'number' ? status : undefined) || neverSent.test(codeOf(error))
      if (!never) doubtful = true
      throw error
    }
  }
  command.middlewareStack.add(watch, { step: 'finalizeRequest', priority: 'low', name: 'watchAttempts' })
  return () => doubtful
}

/** Whoever is refused so was refused at every attempt. */
const refused = /^(?:THROTTLED|ACCESS_DENIED)$/

/** https://nodejs.org/api/errors.html#common-system-errors */
const neverSent =
  /^(?:ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|CERT_\w+|UNABLE_TO\w+|SELF_SIGNED\w+)$/

function codeOf(cause: unknown): string {
  const code = memberOf(cause, 'code')
  return typeof code === 'string' ? code : ''
}
