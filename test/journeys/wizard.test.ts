import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { down, enter, esc, expectEnd, startCrowd, talk } from '../support/wizard-walk.js'

test('40 queues and 60 functions: from wire to proof with at most six questions', async () => {
  const journey = await startCrowd(40, 60)
  const screen = openScreen(journey.env, ['wire'])
  await screen.asks('Queue (40)')
  expect(screen.lines().slice(0, 2)).toEqual([
    'Account 111122223333 · us-east-1 · user/developer',
    `Endpoint ${journey.endpoint} (not AWS)`,
  ])
  await talk(
    screen,
    ['Queue (40)', 'orders', '❯ orders      standard  0 waiting  visibility 30 s'],
    ['Function (60)', 'work', '❯ worker  nodejs'],
    'AWS advises 6 × 3 s timeout = 18 s; orders has 30 s',
    ['Settings', enter],
    '  orders ── batch 10 ──▶ worker',
    '  └─── after 5 receives ──▶ orders-dlq',
    '  sqs-trigger wire orders worker --yes',
    ['Connect orders to worker in account 111122223333, us-east-1?', enter],
    ['Send a test message now?', `y${enter}`],
  )
  await expectEnd(screen, 0)
  await talk(screen, '✓ orders → worker is Enabled', '✓ Proof strong', 'sqs-trigger unwire')
  expect([...screen.questions]).toEqual([
    'Queue',
    'Function',
    'Settings',
    'Connect orders to worker in account 111122223333, us-east-1',
    'Send a test message now',
  ])
})

test('Esc goes back step by step; the answers are kept, and another queue changes what comes of it', async () => {
  const journey = await startJourney()
  await journey.addQueue('billing')
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    ['Queue (3)', 'billing', '❯ billing'],
    ['Function (1)', enter],
    ['Settings', esc],
    ['Function (1)', esc],
  )
  await screen.asks('Queue (3)')
  await talk(
    screen,
    '❯ billing',
    ['Queue (3)', 'orders', '❯ orders '],
    ['Function (1)', enter],
    ['Settings', `${down}${down}${enter}`],
    ['Most messages in one invocation', `20000${enter}`],
    'A whole number from 1 to 10,000.',
    ['Most messages in one invocation', `${'\u007f'.repeat(5)}50${enter}`],
    ['Seconds to wait', esc],
    '(50)',
    ['Most messages in one invocation', enter],
    ['Seconds to wait', `5${enter}`],
    ['Most invocations', enter],
    ['Does the handler', enter],
    ['Keep only messages', enter],
    'sqs-trigger wire orders worker --batch-size 50 --batch-window 5 --yes',
    ['Connect orders to worker', esc],
  )
  const questions = ['Settings', 'Most messages', 'Seconds', 'Most invocations', 'Does the', 'Keep only']
  const again = [...questions, 'Connect orders to worker', 'Send a test message now?']
  await talk(screen, ...again.map((question) => [question, enter] as const))
  await expectEnd(screen, 0)
  const { document } = await journey.json('list')
  expect(document.result.mappings).toMatchObject([{ batchSize: 50, batchWindowSeconds: 5 }])
})

test('a pair that is wired already: marked in both lists, drawn as it is, and nothing is created', async () => {
  const journey = await startJourney()
  await journey.run(['wire', 'orders', 'worker', '--batch-size', '7', '--yes'])
  const before = journey.calls().length
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    ['Queue (2)', 'orders', '! wired already to worker'],
    'wired already',
    ['Function (1)', enter],
    ['Settings', enter],
    'Nothing to create: they are wired already.',
    '  orders ── batch 7 ──▶ worker',
    ['Send a test message now?', enter],
  )
  await expectEnd(screen, 0)
  const made = journey.calls().slice(before)
  expect(made.filter(({ operation }) => /^(Create|Update|Put|Send)/.test(operation))).toEqual([])
})
