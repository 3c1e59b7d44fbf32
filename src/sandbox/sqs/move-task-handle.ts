import type { Call } from '../define-action.js'
import { isObject } from '../protocols/json-body.js'
import { invalidValue } from './refusals.js'
import type { MoveTask } from './state.js'

export interface TaskReference {
  readonly taskId: string
  readonly sourceArn: string
}

/** Names the task and its queue, in the form that AWS gives it. Callers treat it as opaque. */
export function issueTaskHandle({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString('base64')
}

/** Throws InvalidParameterValue for what is no handle. */
export function readTaskHandle(handle: string): TaskReference {
  let value: unknown
  try {
    value = JSON.parse(Buffer.from(handle, 'base64').toString('utf8'))
  } catch {
    value = undefined
  }
  if (isObject(value) && typeof value.taskId === 'string' && typeof value.sourceArn === 'string') {
    return { taskId: value.taskId, sourceArn: value.sourceArn }
  }
  throw invalidValue('Value for parameter TaskHandle is invalid.')
}

/** The owner of a queue, from its ARN; a text that is no ARN is taken for a queue of the caller's. */
export function ownerOf(arn: string, call: Call): { readonly arn: string; readonly account: string } {
  return { arn, account: arn.split(':')[4] || call.principal.account }
}
