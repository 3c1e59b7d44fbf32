import { AwsFault } from '../aws-fault.js'
import { integer, text } from '../members.js'
import type { RawInput } from '../raw-input.js'

/** A member that the API requires. */
export function requiredText(raw: RawInput, member: string): string {
  const value = text(raw, member)
  if (value !== undefined && value !== '') return value
  const found = value === undefined ? 'null' : "''"
  throw new AwsFault(
    'InvalidParameterException',
    `1 validation error detected: Value ${found} at '${member}' failed to satisfy constraint: Member must not be null`,
    { recorded: false },
  )
}

/** `logGroupName`, or `logGroupIdentifier` (name or ARN). Giving both is refused. */
export function readGroupName(raw: RawInput): string {
  const name = text(raw, 'logGroupName')
  const identifier = text(raw, 'logGroupIdentifier')
  if (name !== undefined && identifier !== undefined) {
    throw new AwsFault(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
      { recorded: false },
    )
  }
  if (identifier === undefined) return requiredText(raw, 'logGroupName')
  return /:log-group:([^:]+)/.exec(identifier)?.[1] ?? identifier
}

/** How many items a page may have. The text for a number that is too big is recorded for `limit` 10001. */
export function readLimit(raw: RawInput, maximum: number, usual: number): number {
  const limit = integer(raw, 'limit') ?? usual
  if (limit >= 1 && limit <= maximum) return limit
  const bound = limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${maximum}`
  throw new AwsFault(
    'InvalidParameterException',
    `1 validation error detected: Value '${limit}' at 'limit' failed to satisfy constraint: Member must have value ${bound}`,
    { recorded: false },
  )
}

/** Milliseconds since the epoch. */
export function readTime(raw: RawInput, member: string): number | undefined {
  return integer(raw, member)
}
