import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { findStack, onStack } from '../stack.js'

const pageSize = 100

/**
 * Newest first.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackEvents.html
 */
export default defineAction({
  service: 'cloudformation',
  name: 'DescribeStackEvents',
  decode: (raw) => {
    const name = text(raw, 'StackName')
    if (!name) throw new AwsFault('ValidationError', 'StackName is missing.', { recorded: false })
    return { name, from: Number(text(raw, 'NextToken') ?? 0) || 0 }
  },
  needs: ({ name }, call) => onStack('DescribeStackEvents', name, call),
  run: ({ name, from }, call) => {
    const stack = findStack(call, name)
    const events = stack.events.toReversed()
    return {
      StackEvents: events.slice(from, from + pageSize).map((event) => ({
        StackId: stack.id,
        EventId: event.id,
        StackName: stack.name,
        LogicalResourceId: event.logicalId,
        PhysicalResourceId: event.physicalId,
        ResourceType: event.type,
        Timestamp: new Date(event.time),
        ResourceStatus: event.status,
        ResourceStatusReason: event.reason,
      })),
      NextToken: from + pageSize < events.length ? String(from + pageSize) : undefined,
    }
  },
})
