import { expect, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { runHere } from '../support/run-here.js'

const throwing = `export const handler = async ({ Records }) => {
  if (Records.some(({ body }) => body.includes('bad'))) throw new Error('out of stock')
}`

async function wired(): Promise<Journey> {
  const journey = await startJourney()
  await journey.addQueue('orders')
  await journey.addFunction('shop', throwing)
  await runHere(['wire', 'orders', 'shop', '--yes'], journey.env)
  return journey
}

async function sent(journey: Journey, body: string) {
  await runHere(['send', 'orders', '--body', body, '--yes'], journey.env)
  await journey.advance(1_000)
  await journey.settled()
}

test('Enabled is not yet working: a function that failed in its last run is told, with the way to its log', async () => {
  const journey = await wired()
  await sent(journey, 'bad')
  const { code, stdout, stderr } = await runHere(['status', 'orders'], journey.env)
  expect(code).toBe(0)
  expect(stdout).toMatch(/\n {2}Last run +failed, \d{4}-/)
  expect(stdout).toContain('Function shop failed in its last run: ')
  expect(stdout).toContain('out of stock')
  expect(stderr).toMatch(/sqs-trigger logs \S+ \\\n\s+--request \S+ --since 1h/)
  const judged = await runHere(['status', 'orders', '--exit-status', '--json'], journey.env)
  expect(judged.code).toBe(3)
  expect(JSON.parse(judged.stdout)).toMatchObject({
    error: {
      code: 'CHECKS_FAILED',
      message: expect.stringContaining('Function shop failed in its last run'),
    },
    result: { lastRun: { kind: 'failed', failure: expect.stringContaining('out of stock') } },
  })
})

test('one that ended well is said to have, and one that never ran', async () => {
  const journey = await wired()
  expect((await runHere(['status', 'orders'], journey.env)).stdout).toMatch(/Last run +none within/)
  await sent(journey, 'good')
  const { code, stdout } = await runHere(['status', 'orders', '--exit-status'], journey.env)
  expect(code).toBe(0)
  expect(stdout).toMatch(/Last run +ended well, /)
})

test('without checks the log is not read', async () => {
  const journey = await wired()
  const { stdout } = await runHere(['status', 'orders', '--no-checks', '--json'], journey.env)
  expect(JSON.parse(stdout).result.lastRun).toBeNull()
})
