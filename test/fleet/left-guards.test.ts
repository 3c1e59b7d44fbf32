import {
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
} from '@aws-sdk/client-resource-groups-tagging-api'
import { mockClient } from 'aws-sdk-client-mock'
import { describe, expect, it } from 'vitest'
import type { Manifest } from '../../src/fleet/manifest.js'
import { planFleet } from '../../src/fleet/plan-fleet.js'
import type { FleetOptions } from '../../src/fleet/planning.js'
import { runToEnd } from '../../src/operations/run-to-end.js'
import { configuration, denied, fakeSession, region } from '../operations/fake-session.js'

type Tags = Readonly<Record<string, string>>

const shop: Manifest = {
  ...{ file: 'sqs-trigger.yaml', owner: 'shop', environment: null, origins: [] },
  ...{ defaults: { settings: {}, clear: [] }, triggers: [], ignore: [] },
}

const ours = { 'sqs-trigger:manifest': 'shop' }
const others = { 'sqs-trigger:manifest': 'other' }
const stacked = { ...ours, 'aws:cloudformation:stack-name': 'infra' }

/**
 * The plan of a file that names no trigger, over one mapping with these tags: as they are read in bulk, and as they are
 * when they are asked for (null: that is refused).
 */
async function planOver(
  { bulk, fresh, state = 'Enabled' }: { bulk: Tags; fresh: Tags | null; state?: string },
  options: FleetOptions = { prune: true },
  manifest: Manifest = shop,
) {
  const { session, lambda, sent } = fakeSession()
  const mapping = configuration({ State: state })
  lambda.on(ListEventSourceMappingsCommand).resolves({ EventSourceMappings: [mapping] })
  lambda.on(GetEventSourceMappingCommand).resolves(mapping)
  const tags = lambda.on(ListTagsCommand)
  if (fresh === null) tags.rejects(denied('lambda:ListTags'))
  else tags.resolves({ Tags: fresh })
  const tagging = new ResourceGroupsTaggingAPIClient({ region })
  const list = Object.entries(bulk).map(([Key, Value]) => ({ Key, Value }))
  mockClient(tagging)
    .on(GetResourcesCommand)
    .resolves({
      ResourceTagMappingList: [{ ResourceARN: mapping.EventSourceMappingArn ?? '', Tags: list }],
    })
  const clients = { ...session.clients, tagging: async () => tagging }
  const { steps } = await runToEnd(planFleet(manifest, options, { ...session, clients }))
  return {
    actions: steps.map(({ action }) => action),
    deletions: steps.flatMap(({ changes }) => changes).filter(({ action }) => action === 'delete').length,
    asked: sent('lambda').filter(([command]) => command === 'ListTags').length,
  }
}

describe('a mapping that the file does not name', () => {
  it('is deleted where it is of this file, by what was read in bulk and by what is so now', async () => {
    expect(await planOver({ bulk: ours, fresh: ours })).toEqual({
      ...{ actions: ['delete'], deletions: 1, asked: 1 },
    })
  })

  it('is left without --prune', async () => {
    expect(await planOver({ bulk: ours, fresh: ours }, {})).toMatchObject({ actions: ['left'], deletions: 0 })
  })

  it.each([
    ['another file has taken it over', others],
    ['a stack has taken it over', stacked],
    ['its tag was taken away', {}],
    ['its tags may not be read', null],
  ])('stays where the tags read in bulk are behind the times: %s', async (_, fresh) => {
    expect(await planOver({ bulk: ours, fresh })).toEqual({ actions: [], deletions: 0, asked: 1 })
    expect(await planOver({ bulk: ours, fresh }, {})).toMatchObject({ actions: [] })
  })

  it.each([
    ['of another file', others],
    ['of a stack', stacked],
    ['of nobody', {}],
  ])('stays, and costs no call, where it is %s', async (_, tags) => {
    expect(await planOver({ bulk: tags, fresh: tags })).toEqual({ actions: [], deletions: 0, asked: 0 })
  })

  it('stays where the file has no name: it owns nothing', async () => {
    const nameless = { ...shop, owner: null }
    const found = await planOver({ bulk: ours, fresh: ours }, { prune: true }, nameless)
    expect(found).toEqual({ actions: [], deletions: 0, asked: 0 })
  })

  it('is as good as gone where it is being deleted', async () => {
    const going = await planOver({ bulk: ours, fresh: ours, state: 'Deleting' })
    expect(going).toEqual({ actions: [], deletions: 0, asked: 0 })
  })
})
