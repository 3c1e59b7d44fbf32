import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { expect, onTestFinished, test } from 'vitest'
import { queueSeed } from '../../src/sandbox/seeds.js'
import { startWorld } from '../preflight/preflight-world.js'

/** Mappings of `q0` … with the tag n, and one without tags. */
async function begin(count: number, accessKeyId?: string) {
  const sandbox = await startWorld()
  const mapping = (queue: string, Tags: Readonly<Record<string, string>>) => ({
    service: 'lambda' as const,
    operation: 'CreateEventSourceMapping',
    input: { EventSourceArn: `arn:aws:sqs:us-east-1:111122223333:${queue}`, FunctionName: 'worker', Tags },
  })
  const names = Array.from({ length: count }, (_, index) => `q${index}`)
  await sandbox.seed([
    ...[...names, 'bare'].map((name) => queueSeed({ name })),
    ...names.map((name, index) => mapping(name, { n: String(index) })),
    mapping('bare', {}),
  ])
  const client = new ResourceGroupsTaggingAPIClient({
    endpoint: sandbox.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: {
      accessKeyId: accessKeyId ?? sandbox.credentials.accessKeyId,
      secretAccessKey: 'never-verified',
    },
  })
  onTestFinished(() => client.destroy())
  return { sandbox, get: (input: object = {}) => client.send(new GetResourcesCommand(input)) }
}

test('the tags of all mappings that have some, page by page', async () => {
  const { sandbox, get } = await begin(3)
  const first = await get({ ResourceTypeFilters: ['lambda:event-source-mapping'], ResourcesPerPage: 2 })
  const [mapping] = sandbox.world.eventSources.mappings.values()
  expect(first.ResourceTagMappingList?.[0]).toMatchObject({
    ResourceARN: mapping?.arn,
    Tags: [{ Key: 'n', Value: '0' }],
  })
  const second = await get({ PaginationToken: first.PaginationToken, ResourcesPerPage: 2 })
  expect(second.ResourceTagMappingList?.map(({ Tags }) => Tags?.[0]?.Value)).toEqual(['2'])
  expect(second.PaginationToken).toBe('')
})

test.each([
  ['a key', { TagFilters: [{ Key: 'n' }] }, 2],
  ['a value', { TagFilters: [{ Key: 'n', Values: ['1'] }] }, 1],
  ['another key', { TagFilters: [{ Key: 'm' }] }, 0],
  ['the service', { ResourceTypeFilters: ['lambda'] }, 2],
  ['another service', { ResourceTypeFilters: ['sqs'] }, 0],
])('by %s', async (_, input, count) => {
  const { get } = await begin(2)
  expect((await get(input)).ResourceTagMappingList).toHaveLength(count)
})

test('who may not ask is refused', async () => {
  const { get } = await begin(0, 'AKIASANDBOXNOBODY')
  await expect(get()).rejects.toMatchObject({ name: 'AccessDeniedException' })
})
