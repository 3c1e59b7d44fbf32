import { nameIn, readQueueReference, roleNameOf } from '../arn.js'
import type { Clients } from '../aws/clients.js'
import type { Change, CreateStack, DeleteStack } from '../change.js'
import type { ApiCall } from '../report/outcome.js'

/** The calls that would make these changes, with the requests as they would be sent. */
export async function apiCallsOf(changes: readonly Change[], clients: Clients): Promise<readonly ApiCall[]> {
  // Loads the SDK, which a dry run has loaded already to read what is there.
  const [{ createMappingInput }, updates, moves, { queueUrl }] = await Promise.all([
    import('../aws/event-source-mapping.js'),
    import('../aws/update-mapping.js'),
    import('../aws/move-tasks.js'),
    import('../aws/queue.js'),
  ])
  return changes.map((change) => {
    const [service = '', operation = ''] = change.iamAction.split(':')
    return { service, operation, input: inputOf(change) }
  })

  function urlOf(queueArn: string): string {
    const reference = readQueueReference(queueArn)
    return reference.kind === 'arn' ? queueUrl(clients, reference.address) : queueArn
  }

  function inputOf(change: Change): ApiCall['input'] {
    switch (change.type) {
      case 'event-source-mapping':
        if (change.action === 'create') return { ...createMappingInput(change) }
        return change.action === 'update' ? { ...updates.updateMappingInput(change) } : { UUID: change.uuid }
      case 'message-move':
        return change.action === 'start' ? moves.startMoveInput(change) : { TaskHandle: change.handle }
      case 'mapping-tags':
        return change.action === 'tag' ? updates.tagMappingInput(change) : updates.untagMappingInput(change)
      case 'role-policy':
        return {
          RoleName: roleNameOf(change.roleArn),
          PolicyName: change.policyName,
          ...(change.action === 'put' ? { PolicyDocument: change.policy } : {}),
        }
      case 'stack':
        return stackInput(change)
      case 'queue':
        return { QueueName: nameIn(change.queueArn), Attributes: change.attributes }
      case 'queue-attributes':
        return { QueueUrl: urlOf(change.queueArn), Attributes: change.attributes }
    }
  }
}

/** The template is shown as what it is, as policies are, and not as the text that is sent. */
function stackInput(change: CreateStack | DeleteStack): ApiCall['input'] {
  if (change.action === 'delete') return { StackName: change.stackId }
  const Parameters = Object.entries(change.parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }))
  return {
    StackName: change.name,
    Capabilities: ['CAPABILITY_IAM'],
    Parameters,
    TemplateBody: JSON.parse(change.template),
  }
}
