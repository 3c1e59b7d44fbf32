import { GetResourcesCommand } from '@aws-sdk/client-resource-groups-tagging-api'
import type { Clients } from './clients.js'
import { send } from './send.js'

type Tags = Readonly<Record<string, string>>

/**
 * The tags of all event source mappings of the account and Region that have any, by the ARN of the mapping: one call for
 * a hundred, where lambda:ListTags takes one call each. It may lag behind a change of a moment ago.
 * https://docs.aws.amazon.com/resourcegroupstagging/latest/APIReference/API_GetResources.html
 * @throws SqsTriggerError ACCESS_DENIED without tag:GetResources
 */
export async function readAllMappingTags(
  clients: Clients,
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, Tags>> {
  const client = await clients.tagging?.()
  const found = new Map<string, Tags>()
  if (client === undefined) return found
  let token: string | undefined
  do {
    const command = new GetResourcesCommand({
      ResourceTypeFilters: ['lambda:event-source-mapping'],
      ResourcesPerPage: 100,
      PaginationToken: token,
    })
    const options = signal ? { abortSignal: signal } : {}
    const answer = await send(clients, { service: 'tag', operation: 'GetResources' }, () =>
      client.send(command, options),
    ).catch((error: unknown) => {
      // The SDK's AbortError says nothing; the reason says who stopped it.
      throw signal?.aborted ? signal.reason : error
    })
    for (const { ResourceARN: arn, Tags = [] } of answer.ResourceTagMappingList ?? []) {
      if (arn === undefined) continue
      found.set(arn, Object.fromEntries(Tags.map(({ Key = '', Value = '' }) => [Key, Value])))
    }
    token = answer.PaginationToken || undefined
  } while (token !== undefined)
  return found
}
