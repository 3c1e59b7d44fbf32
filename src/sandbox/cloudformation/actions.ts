import type { Action } from '../define-action.js'
import describeStackResources from './actions/DescribeStackResources.js'

/** Every CloudFormation operation of the sandbox: who owns a resource, and nothing more. */
export const cloudFormationActions: readonly Action[] = [describeStackResources]
