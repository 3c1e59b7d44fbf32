import type { Change } from '../change.js'
import type { ApiCall } from '../report/outcome.js'

/** The calls that would make these changes, with the requests as they would be sent. */
export async function apiCallsOf(changes: readonly Change[]): Promise<readonly ApiCall[]> {
  // Loads the SDK, which a dry run has loaded already to read what is there.
  const { createMappingInput } = await import('../aws/event-source-mapping.js')
  return changes.map((change) => {
    const [service = '', operation = ''] = change.iamAction.split(':')
    return { service, operation, input: inputOf(change) }
  })

  function inputOf(change: Change): ApiCall['input'] {
    switch (change.type) {
      case 'event-source-mapping':
        return change.action === 'create' ? { ...createMappingInput(change) } : { UUID: change.uuid }
      case 'role-policy':
        return {
          RoleName: change.roleArn.split('/').at(-1),
          PolicyName: change.policyName,
          PolicyDocument: change.policy,
        }
    }
  }
}
