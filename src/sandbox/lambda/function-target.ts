import { AwsFault } from '../aws-fault.js'
import type { Call, RequiredPermission } from '../define-action.js'
import { text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { type FoundFunction, findFunction, readFunctionName } from './find-function.js'

/** The members by which most actions name a function. */
export interface FunctionTarget {
  readonly functionName: string
  readonly qualifier: string | undefined
}

export function readTarget(raw: RawInput): FunctionTarget {
  return { functionName: requiredText(raw, 'FunctionName'), qualifier: text(raw, 'Qualifier') }
}

export function findTarget({ functionName, qualifier }: FunctionTarget, call: Call): FoundFunction {
  return findFunction(call.world, functionName, qualifier, call)
}

/** The permission is asked for the ARN that the request names, with its qualifier. */
export function onFunction(
  action: string,
  { functionName, qualifier }: FunctionTarget,
  call: Call,
): readonly RequiredPermission[] {
  const { arn } = readFunctionName(call.world, functionName, qualifier, call)
  return [{ action, resource: arn }]
}

/** A member that the API requires. The form of the text is recorded for other members. */
export function requiredText(raw: RawInput, member: string): string {
  const value = text(raw, member)
  if (value !== undefined && value !== '') return value
  const field = member.charAt(0).toLowerCase() + member.slice(1)
  throw new AwsFault(
    'ValidationException',
    `1 validation error detected: Value null at '${field}' failed to satisfy constraint: Member must not be null`,
    { recorded: false },
  )
}
