import { DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation'
import { SqsTriggerError } from '../errors.js'
import type { Clients } from './clients.js'
import { send } from './send.js'

/** The CloudFormation stack that made a resource, and what the template calls it. */
export interface OwningStack {
  readonly name: string
  readonly logicalId: string
}

/**
 * Asks CloudFormation which stack a resource belongs to; null: none. One call.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html
 * @param physicalId name of a role, URL of a queue
 * @throws SqsTriggerError ACCESS_DENIED, and whatever an endpoint without CloudFormation answers
 */
export async function readOwningStack(clients: Clients, physicalId: string): Promise<OwningStack | null> {
  const { cloudFormation } = clients
  if (cloudFormation === undefined) throw new SqsTriggerError('AWS_FAILED', 'CloudFormation was not asked.')
  const command = new DescribeStackResourcesCommand({ PhysicalResourceId: physicalId })
  const call = { service: 'cloudformation', operation: 'DescribeStackResources' }
  try {
    const read = async () => (await cloudFormation()).send(command)
    const { StackResources = [] } = await send(clients, call, read)
    // A deleted stack is shown for 90 days; what it retained is nobody's any more.
    const owner = StackResources.find(({ ResourceStatus }) => !ResourceStatus?.startsWith('DELETE_'))
    return owner ? { name: owner.StackName ?? '', logicalId: owner.LogicalResourceId ?? '' } : null
  } catch (error) {
    // So CloudFormation answers for what it did not make.
    if (error instanceof SqsTriggerError && error.aws?.code === 'ValidationError') return null
    throw error
  }
}
