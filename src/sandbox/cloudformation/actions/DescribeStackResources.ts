import { AwsFault } from '../../aws-fault.js'
import { type Call, defineAction } from '../../define-action.js'
import { text } from '../../members.js'
import { findStack, lookUpStack, onStack } from '../stack.js'
import type { MadeStack } from '../state.js'

/**
 * By the name of the stack, or by the physical id of one resource: then all resources of its stack come back. Of a stack
 * that was not made from a template here, that one resource is all that is known.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
 */
export default defineAction({
  service: 'cloudformation',
  name: 'DescribeStackResources',
  decode: (raw) => {
    const input = { name: text(raw, 'StackName'), id: text(raw, 'PhysicalResourceId') }
    if (input.name || input.id) return input
    throw new AwsFault('ValidationError', 'StackName or PhysicalResourceId is missing.', { recorded: false })
  },
  // A request for a physical id names no stack.
  needs: ({ name }, call) => onStack('DescribeStackResources', name, call),
  run: ({ name, id = '' }, call) => {
    if (name !== undefined) return { StackResources: resourcesOf(findStack(call, name)) }
    const { world, principal, region } = call
    const found = world.stacks.get(id)
    if (!found || found.account !== principal.account || found.region !== region) {
      throw new AwsFault('ValidationError', `Stack for ${id} does not exist`, { recorded: false })
    }
    const stack = lookUpStack(call, found.stackName)
    return { StackResources: stack?.made.has(found.logicalId) ? resourcesOf(stack) : [seeded(id, call)] }
  },
})

const notChecked = { DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' } }

/** Each resource as its last event shows it. */
function resourcesOf(stack: MadeStack) {
  const last = new Map(
    stack.events.filter(({ physicalId }) => physicalId !== stack.id).map((event) => [event.logicalId, event]),
  )
  return [...last.values()].map(({ logicalId, physicalId, type, status, reason, time }) => ({
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: status,
    ResourceStatusReason: reason,
    Timestamp: new Date(time),
    ...notChecked,
  }))
}

function seeded(id: string, { world, region }: Call) {
  const found = world.stacks.get(id)
  return {
    StackName: found?.stackName,
    StackId: `arn:${world.partition}:cloudformation:${region}:${found?.account}:stack/${found?.stackName}/0`,
    LogicalResourceId: found?.logicalId,
    PhysicalResourceId: id,
    ResourceType: found?.type,
    ResourceStatus: found?.status ?? 'UPDATE_COMPLETE',
    Timestamp: new Date(world.clock.now()),
    ...notChecked,
  }
}
