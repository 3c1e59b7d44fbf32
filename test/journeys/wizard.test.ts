import { expect, test } from 'vitest'
import { queueSeed } from '../../src/sandbox/seeds.js'
import { type Journey, ordinaryHandler, startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'
const esc = '\u001b'

/** 40 queues and 60 functions, of which one pair needs nothing to be mended. */
async function startCrowd(): Promise<Journey> {
  const journey = await startJourney()
  const names = Array.from({ length: 38 }, (_, index) => `team-${String(index).padStart(2, '0')}`)
  await journey.seed(names.map((name) => queueSeed({ name })))
  for (let index = 0; index < 59; index++) {
    await journey.addFunction(`job-${String(index).padStart(2, '0')}`, ordinaryHandler)
  }
  return journey
}

test('40 queues and 60 functions: from wire to proof with at most six questions', async () => {
  const journey = await startCrowd()
  const screen = openScreen(journey.env, ['wire'])
  await screen.asks('Queue (40)')
  expect(screen.lines().slice(0, 2)).toEqual([
    'Account 111122223333 · us-east-1 · user/developer',
    `Endpoint ${journey.endpoint} (not AWS)`,
  ])
  screen.type('orders')
  await screen.shows('❯ orders      standard  0 waiting  visibility 30 s')
  screen.type(enter)
  await screen.asks('Function (60)')
  screen.type('work')
  await screen.shows('❯ worker  nodejs')
  screen.type(enter)
  await screen.asks('Settings')
  await screen.shows('AWS advises 6 × 3 s timeout = 18 s; orders has 30 s')
  screen.type(enter)
  await screen.asks('Connect orders to worker in account 111122223333, us-east-1?')
  await screen.shows('  orders ── batch 10 ──▶ worker')
  await screen.shows('  └─── after 5 receives ──▶ orders-dlq')
  await screen.shows('  sqs-trigger wire orders worker --yes')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(`y${enter}`)
  expect(await screen.exited).toBe(0)
  await screen.shows('✓ orders → worker is Enabled')
  await screen.shows('✓ Proof strong')
  await screen.shows('sqs-trigger unwire')
  expect([...screen.questions]).toEqual(
    [
      'Queue',
      'Function',
      'Settings',
      'Connect orders to worker in account 111122223333, us-east-1?',
      'Send a test message now?',
    ].map((text) => text.replace(/\?$/, '')),
  )
  expectSane(screen.raw())
})

test('Esc goes back step by step; the answers are kept, and another queue changes what comes of it', async () => {
  const journey = await startJourney()
  await journey.addQueue('billing')
  const screen = openScreen(journey.env, ['wire'])
  await screen.asks('Queue (3)')
  screen.type(`billing`)
  await screen.shows('❯ billing')
  screen.type(enter)
  await screen.asks('Function (1)')
  screen.type(enter)
  await screen.asks('Settings')
  screen.type(esc)
  await screen.asks('Function (1)')
  screen.type(esc)
  await screen.asks('Queue (3)')
  await screen.shows('❯ billing')
  screen.type('orders')
  await screen.shows('❯ orders ')
  screen.type(enter)
  await screen.asks('Function (1)')
  screen.type(enter)
  await screen.asks('Settings')
  screen.type(`\u001b[B\u001b[B${enter}`)
  await screen.asks('Most messages in one invocation')
  screen.type(`20000${enter}`)
  await screen.shows('A whole number from 1 to 10,000.')
  screen.type(`${'\u007f'.repeat(5)}50${enter}`)
  await screen.asks('Seconds to wait')
  screen.type(esc)
  await screen.asks('Most messages in one invocation')
  await screen.shows('(50)')
  screen.type(enter)
  await screen.asks('Seconds to wait')
  screen.type(`5${enter}`)
  await screen.asks('Most invocations')
  screen.type(enter)
  await screen.asks('Does the handler')
  screen.type(enter)
  await screen.asks('Keep only messages')
  screen.type(enter)
  await screen.asks('Connect orders to worker')
  await screen.shows('sqs-trigger wire orders worker --batch-size 50 --batch-window 5 --yes')
  screen.type(esc)
  await screen.asks('Settings')
  screen.type(enter)
  for (let count = 0; count < 5; count++) {
    await screen.asks(['Most messages', 'Seconds', 'Most invocations', 'Does the', 'Keep only'][count] ?? '')
    screen.type(enter)
  }
  await screen.asks('Connect orders to worker')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  expectSane(screen.raw())
  const { document } = await journey.json('list')
  expect(document.result.mappings).toMatchObject([{ batchSize: 50, batchWindowSeconds: 5 }])
})

test('a pair that is wired already: marked in both lists, drawn as it is, and nothing is created', async () => {
  const journey = await startJourney()
  await journey.run(['wire', 'orders', 'worker', '--batch-size', '7', '--yes'])
  const before = journey.calls().length
  const screen = openScreen(journey.env, ['wire'])
  await screen.asks('Queue (2)')
  screen.type('orders')
  await screen.shows('already wired to worker')
  screen.type(enter)
  await screen.asks('Function (1)')
  await screen.shows('already wired to orders')
  screen.type(enter)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.shows('Nothing to create: they are wired already.')
  await screen.shows('  orders ── batch 7 ──▶ worker')
  await screen.asks('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  const made = journey.calls().slice(before)
  expect(made.filter(({ operation }) => /^(Create|Update|Put|Send)/.test(operation))).toEqual([])
})
