import type { ErrorCode } from '../errors.js'

/** One way for a run to end. The rows render the help, the docs and the tests. */
export interface ExitStatus {
  readonly code: number
  /** `exitName` of the JSON document. */
  readonly name: ExitName
  readonly meaning: string
  /** Errors that end a run this way. */
  readonly errors: readonly ErrorCode[]
}

export type ExitName =
  | 'OK'
  | 'FAILED'
  | 'USAGE'
  | 'CHECKS_FAILED'
  | 'NOT_SIGNED_IN'
  | 'NOT_FOUND'
  | 'ACCESS_DENIED'
  | 'CONFLICT'
  | 'NOT_FINISHED'
  | 'NOT_DELIVERED'
  | 'CHANGES_PENDING'
  | 'INTERRUPTED'
  | 'TERMINATED'

export const exitStatuses: readonly ExitStatus[] = [
  { code: 0, name: 'OK', meaning: 'done; also nothing to do, or an empty list', errors: [] },
  {
    code: 1,
    name: 'FAILED',
    meaning: 'AWS, the network or this tool failed, or the mapping ended in a wrong state',
    errors: [
      'THROTTLED',
      'ENDPOINT_UNREACHABLE',
      'ENDPOINT_TIMED_OUT',
      'ENDPOINT_NOT_AWS',
      'REJECTED_BY_AWS',
      'AWS_FAILED',
      'MAPPING_STATE',
      'JOURNAL_FAILED',
      'FIX_REFUSED',
      'INTERNAL',
    ],
  },
  {
    code: 2,
    name: 'USAGE',
    meaning: 'a flag, value or target cannot be used, or an answer is missing and nobody can be asked',
    errors: ['USAGE'],
  },
  {
    code: 3,
    name: 'CHECKS_FAILED',
    meaning: 'the checks found problems; nothing was done, but for fixes that were asked for',
    errors: ['CHECKS_FAILED'],
  },
  {
    code: 4,
    name: 'NOT_SIGNED_IN',
    meaning: 'no usable credentials, unknown profile, or no Region',
    errors: ['NO_CREDENTIALS', 'CREDENTIALS_EXPIRED', 'CREDENTIALS_REJECTED', 'UNKNOWN_PROFILE', 'NO_REGION'],
  },
  {
    code: 5,
    name: 'NOT_FOUND',
    meaning: 'the queue, function, mapping or id does not exist here',
    errors: ['QUEUE_NOT_FOUND', 'FUNCTION_NOT_FOUND', 'MAPPING_NOT_FOUND', 'NOT_FOUND'],
  },
  {
    code: 6,
    name: 'ACCESS_DENIED',
    meaning: 'AWS refused you a call that the command needs',
    errors: ['ACCESS_DENIED'],
  },
  {
    code: 7,
    name: 'CONFLICT',
    meaning: 'it exists with other settings, is busy, or was changed since',
    errors: ['MAPPING_DIFFERS', 'MAPPING_DISABLED', 'MAPPING_BUSY', 'CONFLICT'],
  },
  {
    code: 8,
    name: 'NOT_FINISHED',
    meaning: '--timeout was reached; AWS goes on, and the command that is shown resumes',
    errors: ['NOT_FINISHED'],
  },
  {
    code: 9,
    name: 'NOT_DELIVERED',
    meaning: 'delivery is not proven, or the function failed on the test message',
    errors: ['NOT_DELIVERED', 'FUNCTION_FAILED'],
  },
  {
    code: 10,
    name: 'CHANGES_PENDING',
    meaning: 'reserved: changes are pending',
    errors: [],
  },
  { code: 130, name: 'INTERRUPTED', meaning: 'Ctrl-C, or declined', errors: ['INTERRUPTED'] },
  {
    code: 143,
    name: 'TERMINATED',
    meaning: 'told to stop by SIGTERM, or the terminal was closed',
    errors: ['TERMINATED'],
  },
]

/** Which status wins when several apply, first first. 130 and 143 cannot meet: one signal ends the run. */
export const precedence: readonly number[] = [130, 143, 2, 4, 6, 5, 7, 1, 3, 9, 8, 10, 0]

/** The status of a run that ended with these errors; none at all is OK. */
export function exitStatusFor(errors: readonly ErrorCode[]): ExitStatus {
  const applying = errors.map(statusOf)
  const first = precedence.find((code) => applying.some((status) => status.code === code)) ?? 0
  return byCode(first)
}

/** The row of a name, for help pages. */
export function exitStatusNamed(name: ExitName): ExitStatus {
  return found(exitStatuses.find((status) => status.name === name))
}

const byCode = (code: number) => found(exitStatuses.find((status) => status.code === code))
const statusOf = (error: ErrorCode) => found(exitStatuses.find(({ errors }) => errors.includes(error)))

function found(status: ExitStatus | undefined): ExitStatus {
  if (!status) throw new TypeError('the table of exit codes has a hole')
  return status
}
