import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

async function world() {
  const journey = await startJourney()
  await journey.addQueue('orders')
  await journey.addFunction('order-worker', 'export const handler = async () => {}')
  return journey
}

test('what was named and cannot be exported ends with exit code 5, and an empty file', async () => {
  const { env } = await world()
  const run = (line: string) => runHere(`export --format cloudformation ${line}`.split(' '), env)
  const ordes = await run('--queue ordes')
  expect(ordes).toMatchObject({ code: 5, stdout: '' })
  expect(ordes.stderr).toMatch(/ordes/)
  expect(ordes.stderr.replace(/\s+/g, ' ')).toContain(
    'did you mean: sqs-trigger export --format cloudformation --queue orders',
  )
  const wroker = await run('--function order-wroker')
  expect(wroker).toMatchObject({ code: 5, stdout: '' })
  expect(wroker.stderr.replace(/ \\\n\s+/g, ' ')).toContain('--function order-worker')
  const unwired = await run('--queue orders --function order-worker')
  expect(unwired).toMatchObject({ code: 5, stdout: '' })
  expect(unwired.stderr.replace(/\s+/g, ' ')).toContain(
    'no event source mapping of queue orders and function order-worker',
  )
})

test('a Region without mappings is no error, and nothing is written', async () => {
  const { env } = await world()
  const all = await runHere(['export', '--format', 'sam'], env)
  expect(all).toMatchObject({ code: 0, stdout: '' })
  expect(all.stderr.replace(/\s+/g, ' ')).toContain('nothing is written down')
  const { result } = JSON.parse((await runHere(['export', '--json'], env)).stdout)
  expect(result).toMatchObject({ text: '', mappings: 0, import: null })
})
