import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { deleteResources } from '../run-stack.js'
import { afterAnswer, lookUpStack, onStack, tell } from '../stack.js'

/**
 * Answers at once, for a stack that there is not, too; the events tell the rest.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeleteStack.html
 */
export default defineAction({
  service: 'cloudformation',
  name: 'DeleteStack',
  decode: (raw) => {
    const name = text(raw, 'StackName')
    if (name) return { name }
    throw new AwsFault('ValidationError', 'StackName is missing.', { recorded: false })
  },
  needs: ({ name }, call) => onStack('DeleteStack', name, call),
  run: ({ name }, call): undefined => {
    const stack = lookUpStack(call, name)
    if (!stack || stack.status === 'DELETE_COMPLETE' || stack.status === 'DELETE_IN_PROGRESS') return
    stack.operation += 1
    tell(call, stack, 'DELETE_IN_PROGRESS', { reason: 'User Initiated' })
    void deleteResources(stack, afterAnswer(call))
  },
})
