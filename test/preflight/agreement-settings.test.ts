import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { MappingSettings } from '../../src/mapping.js'
import { propertyRuns } from '../support/property-runs.js'
import { build, judgeScenario, type Scenario, tryIt } from './scenario.js'

const optional = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const near = (...edges: readonly number[]) =>
  fc.constantFrom(...edges.flatMap((edge) => [edge - 1, edge, edge + 1]))
const pattern = fc.constantFrom(
  '{}',
  '{"body":{"type":["order"]}}',
  '{"body":{"type":"order"}}',
  '{"body":["a","b"]}',
  '{"body":[]}',
  '{"body":{"$or":[{"a":["1"]},{"b":["2"]}]}}',
  '{"body":{"amount":[{"numeric":[">",5,"<=",10]}]}}',
  '{"body":{"amount":[{"numeric":["between",5]}]}}',
  '{"body":{"name":[{"prefix":"a"},{"exists":true},null]}}',
  '{"messageAttributes":{"a":{"stringValue":["x"]}}}',
  '[]',
  'order',
  '',
)

const settings: fc.Arbitrary<MappingSettings> = fc
  .record({
    batchSize: optional(near(1, 10, 10_000)),
    batchWindowSeconds: optional(near(0, 1, 300)),
    maxConcurrency: fc.option(near(2, 1000), { nil: undefined, freq: 1 }),
    minimumPollers: fc.option(near(2, 200), { nil: undefined, freq: 1 }),
    maximumPollers: fc.option(near(2, 200, 10_000), { nil: undefined, freq: 1 }),
    filters: optional(fc.array(pattern, { minLength: 1, maxLength: 7 })),
  })
  // A setting that was not asked for is not there.
  .map((all) => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)))

it('settings that the preflight passes are taken, those that it refuses are not', {
  timeout: 170_000,
}, async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc.asyncProperty(settings, fc.constantFrom('orders', 'orders.fifo'), async (asked, name) => {
      // Long enough for every window: a message that comes back within it is another rule's matter.
      const queue = { name, attributes: { VisibilityTimeout: '400' } }
      const scenario: Scenario = { queue, request: { settings: asked } }
      const { sandbox, session } = await build(scenario)
      const { verdict, errors } = await judgeScenario(session, sandbox, scenario)
      const truth = await tryIt(session, sandbox, scenario)
      seen.add(verdict)
      const quota = (asked.filters?.length ?? 0) > 5
      // AWS's own pages disagree about these.
      const manyPollers = (asked.maximumPollers ?? 0) > 2_000
      if (verdict === 'pass') expect(truth).toBe('delivers')
      if (verdict === 'fail')
        expect({ truth, errors }).toMatchObject({ truth: expect.stringMatching(/^refused/) })
      if (verdict === 'unknown') expect(quota || manyPollers).toBe(true)
    }),
    { numRuns: propertyRuns(40, 400) },
  )
  expect([...seen]).toEqual(expect.arrayContaining(['pass', 'fail']))
})
