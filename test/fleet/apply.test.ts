import { expect, test } from 'vitest'
import { actionsOf, fileOf, startFleet } from './fleet-scene.js'

test('from nothing to all of it, and then there is nothing to do', async () => {
  const { plan, apply, mappings } = await startFleet(2)
  const first = await plan(fileOf(2))
  expect(actionsOf(first)).toEqual(['create q0', 'create q1'])
  const { steps } = await apply(first)
  expect(steps.map(({ outcome, mapping }) => [outcome, mapping?.state])).toEqual([
    ['done', 'Enabled'],
    ['done', 'Enabled'],
  ])
  expect(mappings()).toEqual([0, 1].map((n) => `q${n} f0 7 {"sqs-trigger:manifest":"shop"}`))
  expect(actionsOf(await plan(fileOf(2)))).toEqual(['unchanged q0', 'unchanged q1'])
})
