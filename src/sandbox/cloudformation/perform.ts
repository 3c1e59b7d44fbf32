import { authorize } from '../authorize.js'
import type { Action, Call } from '../define-action.js'
import type { RawInput } from '../raw-input.js'

/**
 * One action of another service with the rights of whoever asked for the stack, as CloudFormation does where it is
 * given no role of its own.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-iam-servicerole.html
 */
export async function perform<Input, Output>(
  action: Action<Input, Output>,
  raw: RawInput,
  call: Call,
  changed: (input: Input) => Input = (input) => input,
): Promise<Output> {
  const input = changed(action.decode(raw))
  for (const permission of action.needs(input, call)) authorize(call, permission, action.service)
  return action.run(input, call)
}
