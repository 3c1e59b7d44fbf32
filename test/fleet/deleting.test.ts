import { DeleteEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { actionsOf, fileOf, startFleet } from './fleet-scene.js'

test('what the file names and somebody has just deleted is made anew, not taken for what is there', async () => {
  const { plan, apply, sandbox } = await startFleet(1)
  await apply(await plan(fileOf(1)))
  const [uuid] = sandbox.world.eventSources.mappings.keys()
  await sandbox.admin.lambda.send(new DeleteEventSourceMappingCommand({ UUID: uuid }))
  expect([...sandbox.world.eventSources.mappings.values()].map(({ state }) => state)).toEqual(['Deleting'])
  expect(actionsOf(await plan(fileOf(1)))).toEqual(['create q0'])
})
