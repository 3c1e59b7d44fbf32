import { expect, test } from 'vitest'
import type { ExportedMapping } from '../../src/export/export-world.js'
import { withoutStacked } from '../../src/export/without-stacked.js'
import yaml from '../../src/export/yaml.js'
import { absent, known } from '../../src/preflight/fact.js'
import { plainWorld } from './export-worlds.js'

const tagged = (tags: Readonly<Record<string, string>>) => ({
  ...plainWorld,
  mappings: plainWorld.mappings.map((one): ExportedMapping => ({ ...one, tags: known(tags) })),
})

test('what belongs to a CloudFormation stack is left out of code, and said', () => {
  const stacked = tagged({ 'aws:cloudformation:stack-name': 'infra' })
  const { world, leftOut } = withoutStacked(stacked, false)
  expect(world.mappings).toEqual([])
  expect(leftOut).toEqual([
    'orders to order-worker belongs to the CloudFormation stack infra, and is left out; --queue orders writes it down all the same.',
  ])
  expect(withoutStacked(stacked, true).leftOut).toEqual([
    'orders to order-worker belongs to the CloudFormation stack infra, and is left out.',
  ])
  expect(withoutStacked(plainWorld, false)).toEqual({ world: plainWorld, leftOut: [] })
})

test('the file for plan and apply says what is gone, and what it may not change', () => {
  const [first] = plainWorld.mappings
  if (first === undefined) throw new Error('the plain world has a mapping')
  const { notes } = yaml.write({
    ...plainWorld,
    queues: new Map([[first.mapping.queueArn, absent('it does not exist')]]),
    functions: new Map([[first.functionArn, absent('it does not exist')]]),
  })
  expect(notes).toEqual([
    `Queue orders of mapping ${first.mapping.uuid} does not exist any more: plan will say so.`,
    `Function order-worker of mapping ${first.mapping.uuid} does not exist any more: plan will say so.`,
  ])
  expect(yaml.write(tagged({ 'aws:cloudformation:stack-name': 'infra' })).notes).toEqual([
    'orders to order-worker belongs to the CloudFormation stack infra: apply will not change it from this file.',
  ])
  expect(yaml.write(tagged({ 'sqs-trigger:manifest': 'shop' })).notes).toEqual([])
  const both = tagged({ 'sqs-trigger:manifest': 'shop' })
  const mixed = { ...both, mappings: [...both.mappings, ...plainWorld.mappings] }
  expect(yaml.write(mixed).notes).toEqual([
    'orders to order-worker belongs to the file named shop: apply will not change it from this file.',
  ])
  expect(yaml.write(plainWorld).notes).toEqual([])
})
