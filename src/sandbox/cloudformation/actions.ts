import type { Action } from '../define-action.js'
import createStack from './actions/CreateStack.js'
import deleteStack from './actions/DeleteStack.js'
import describeStackEvents from './actions/DescribeStackEvents.js'
import describeStackResources from './actions/DescribeStackResources.js'
import describeStacks from './actions/DescribeStacks.js'

/** The CloudFormation operations of the sandbox: a stack is made, watched and deleted, and never updated. */
export const cloudFormationActions: readonly Action[] = [
  createStack,
  describeStacks,
  describeStackEvents,
  describeStackResources,
  deleteStack,
]
