import { describe, expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'
import { forbid } from '../support/wizard-walk.js'

async function world() {
  const journey = await startJourney()
  await journey.addQueue('orders')
  await journey.addQueue('billing')
  await journey.addFunction('order-worker', 'export const handler = async () => {}')
  return journey
}

/** What stands behind the error. */
const meant = (stderr: string) => /did you mean:\s+(.+?)\s*$/s.exec(stderr)?.[1]?.replace(/ \\\n\s+/g, ' ')

describe('a name with a slip in it is answered with the command that was meant', () => {
  test.each([
    ['the queue', 'wire ordes order-worker --yes', 'wire orders order-worker --yes'],
    ['the function', 'wire orders order-wroker --yes', 'wire orders order-worker --yes'],
    [
      'the function, with an alias',
      'preflight orders order-wrker:live',
      'preflight orders order-worker:live',
    ],
    ['both', 'preflight odrers oder-worker', 'preflight orders order-worker'],
    ['both the other way round', 'wire order-worker orders --yes', 'wire orders order-worker --yes'],
    ['a queue alone', 'send bilings --body x', 'send billing --body x'],
  ])('%s', async (_, typed, wanted) => {
    const { env } = await world()
    const { code, stderr } = await runHere(typed.split(' '), env)
    expect(code).toBe(5)
    expect(meant(stderr)).toBe(`sqs-trigger ${wanted}`)
  })

  test('in JSON it is the hint', async () => {
    const { env } = await world()
    const { stdout } = await runHere(['wire', 'ordes', 'order-worker', '--yes', '--json'], env)
    expect(JSON.parse(stdout).error.hint).toBe(
      'did you mean: sqs-trigger wire orders order-worker --yes --json',
    )
  })
})

test.each([
  ['nothing is near', 'preflight warehouse order-worker'],
  ['an alias is missing, not the function', 'preflight orders order-worker:live'],
])('where %s, nothing is guessed', async (_, typed) => {
  const { env } = await world()
  const { code, stderr } = await runHere(typed.split(' '), env)
  expect(code).toBe(5)
  expect(stderr).not.toContain('did you mean')
})

test('who may not list is told what was said before', async () => {
  const journey = await world()
  await forbid(journey, 'sqs:ListQueues', 'lambda:ListFunctions')
  const { code, stderr } = await runHere(['preflight', 'ordes', 'order-worker'], journey.env)
  expect(code).toBe(5)
  expect(stderr).toContain('Queue ordes does not exist')
  expect(stderr).not.toContain('did you mean')
})

test('a mapping is named by its queue, and that name is looked for among those that have one', async () => {
  const { env } = await world()
  await runHere(['wire', 'orders', 'order-worker', '--yes', '--no-wait'], env)
  const { code, stderr } = await runHere(['unwire', 'ordres', '--yes'], env)
  expect(code).toBe(5)
  expect(stderr).toMatch(
    /no\s+event source mapping of ordres in account \d+, us-east-1\s+– did\s+you\s+mean orders\?/,
  )
})
