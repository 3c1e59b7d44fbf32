/** What went wrong, as a word that scripts can match. `cli/exit-codes.ts` maps each to one exit code. */
export type ErrorCode =
  | 'USAGE'
  | 'CHECKS_FAILED'
  | 'NO_CREDENTIALS'
  | 'CREDENTIALS_EXPIRED'
  | 'CREDENTIALS_REJECTED'
  | 'UNKNOWN_PROFILE'
  | 'NO_REGION'
  | 'QUEUE_NOT_FOUND'
  | 'FUNCTION_NOT_FOUND'
  | 'MAPPING_NOT_FOUND'
  | 'NOT_FOUND'
  | 'ACCESS_DENIED'
  | 'MAPPING_DIFFERS'
  | 'MAPPING_DISABLED'
  | 'MAPPING_BUSY'
  | 'CONFLICT'
  | 'THROTTLED'
  | 'ENDPOINT_UNREACHABLE'
  | 'ENDPOINT_TIMED_OUT'
  | 'ENDPOINT_NOT_AWS'
  | 'REJECTED_BY_AWS'
  | 'AWS_FAILED'
  | 'MAPPING_STATE'
  | 'INCOMPLETE'
  | 'NOT_FINISHED'
  | 'NOT_DELIVERED'
  | 'FUNCTION_FAILED'
  | 'JOURNAL_FAILED'
  | 'FIX_REFUSED'
  | 'INTERRUPTED'
  | 'TERMINATED'
  | 'INTERNAL'

/** The AWS answer behind an error, whole, for bug reports and scripts. Never holds credentials or bodies. */
export interface AwsErrorDetail {
  readonly service: string
  readonly operation: string
  readonly code: string
  readonly message: string
  readonly httpStatus?: number
  readonly requestId?: string
  readonly attempts?: number
}

export interface SqsTriggerErrorOptions {
  /** The line that helps most, usually a command to paste. Printed last. */
  readonly hint?: string
  readonly aws?: AwsErrorDetail
  readonly cause?: unknown
}

/** The only error type that this project throws on purpose. Anything else that surfaces is a bug. */
export class SqsTriggerError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined
  readonly aws: AwsErrorDetail | undefined

  constructor(code: ErrorCode, message: string, options: SqsTriggerErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'SqsTriggerError'
    this.code = code
    this.hint = options.hint
    this.aws = options.aws
  }
}

/**
 * An error in other words: its code and AWS's answer stay, and so does what is not given.
 * @param cause what is told as the cause: the error itself, or what caused it
 */
export function reworded(
  error: SqsTriggerError,
  words: { readonly message?: string; readonly hint?: string | undefined },
  cause: unknown,
): SqsTriggerError {
  const { code, aws } = error
  const hint = words.hint ?? error.hint
  return new SqsTriggerError(code, words.message ?? error.message, {
    ...(hint === undefined ? {} : { hint }),
    ...(aws === undefined ? {} : { aws }),
    cause,
  })
}

/** Nobody is signed in, or not any more: every other call would fail as well. */
export const isSignedOut = ({ code }: Pick<SqsTriggerError, 'code'>): boolean =>
  code === 'NO_CREDENTIALS' || code === 'CREDENTIALS_EXPIRED' || code === 'CREDENTIALS_REJECTED'
