import { AwsFault } from '../../aws-fault.js'
import { defineAction } from '../../define-action.js'

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html, for a physical id:
 * all resources of its stack come back, here the one that is known.
 */
export default defineAction({
  service: 'cloudformation',
  name: 'DescribeStackResources',
  decode: ({ PhysicalResourceId: id }) => {
    if (typeof id === 'string' && id !== '') return { id }
    throw new AwsFault('ValidationError', 'The sandbox asks for a PhysicalResourceId.', { recorded: false })
  },
  // A request for a physical id names no stack.
  needs: () => [{ action: 'cloudformation:DescribeStackResources', resource: '*' }],
  run: ({ id }, { world, principal, region }) => {
    const found = world.stacks.get(id)
    if (!found || found.account !== principal.account || found.region !== region) {
      throw new AwsFault('ValidationError', `Stack for ${id} does not exist`, { recorded: false })
    }
    const { stackName, logicalId, type, status = 'UPDATE_COMPLETE' } = found
    return {
      StackResources: [
        {
          StackName: stackName,
          StackId: `arn:${world.partition}:cloudformation:${region}:${found.account}:stack/${stackName}/0`,
          LogicalResourceId: logicalId,
          PhysicalResourceId: id,
          ResourceType: type,
          ResourceStatus: status,
          Timestamp: new Date(world.clock.now()),
        },
      ],
    }
  },
})
