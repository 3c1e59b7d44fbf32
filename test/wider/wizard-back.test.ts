import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { runByLine } from '../support/line-run.js'
import { openScreen } from '../support/live-screen.js'
import { ctrlC, ctrlU, down, enter, esc, expectEnd, forbid, leave, talk } from '../support/wizard-walk.js'

test('settings that were left half-way are asked for again with what was answered', async () => {
  const journey = await startJourney()
  await journey.addQueue('billing')
  const screen = openScreen(journey.env, ['wire'], { columns: 100 })
  await talk(
    screen,
    ['Queue (3)', `orders${enter}`],
    ['Function (1)', enter],
    ['Settings', `${down}${down}${enter}`],
    ['Most messages in one invocation', `7${enter}`],
    ['Seconds to wait', `9${enter}`],
    ['Most invocations', esc],
    ['Seconds to wait', esc],
    ['Most messages', esc],
  )
  await screen.asks('Settings')
  await talk(
    screen,
    '❯ One by one',
    ['Settings', esc],
    ['Function (1)', enter],
    ['Settings', `\u001b[A${enter}`],
    ['Connect orders to worker', esc],
  )
  await screen.asks('Settings')
  // The other choice in between took nothing away.
  await talk(
    screen,
    '❯ Recommended, and',
    ['Settings', `${down}${enter}`],
    ['Most messages in one invocation (--batch-size): (7)', enter],
    ['Seconds to wait for a batch to fill (--batch-window): (9)', esc],
  )
  await screen.asks('Most messages')
  await leave(screen, ctrlC, 'Cancelled. Nothing was changed.')
})

test('so are they line by line', async () => {
  const journey = await startJourney()
  const env = { ...journey.env, TERM: 'xterm-256color', NO_COLOR: '1' }
  const lines = ['1', '3', '7', 'back', 'back', '', '']
  const ran = await runByLine(env, ['wire', 'orders', '--accessible'], lines, 100)
  expect(ran.stderr).toContain('Number from 1 to 3, or Enter for 3:')
  expect(ran.stderr.match(/\(--batch-size\), or Enter for \d+:/g)).toEqual([
    '(--batch-size), or Enter for 10:',
    '(--batch-size), or Enter for 7:',
    '(--batch-size), or Enter for 7:',
  ])
})

test('a name that was typed where the list is refused is the preset after Esc', async () => {
  const journey = await startJourney()
  await forbid(journey, 'sqs:ListQueues')
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    ['Queue (name, URL or ARN):', `orders${enter}`],
    ['Function (1)', esc],
    ['Queue (name, URL or ARN): (orders)', enter],
    ['Function (1)', enter],
  )
  await screen.asks('Settings')
  await leave(screen, ctrlC)
})

test('an ARN that was typed stands in the list after Esc: at its own row, or at a row of its own', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    ['Queue (2)', `${down}${down}${enter}`],
    ['Queue (name, URL or ARN):', `${journey.queueArn('orders-dlq')}${enter}`],
    ['Function (1)', esc],
  )
  await screen.asks('Queue (2)')
  await talk(screen, '❯ orders-dlq ')
  screen.type(`${down}${enter}`)
  await talk(
    screen,
    ['Queue (name, URL or ARN):', `${ctrlU}${journey.queueUrl('orders')}${enter}`],
    ['Function (1)', esc],
  )
  await screen.asks('Queue (3)')
  await talk(screen, '❯ http://127.0.0.1:', 'typed before')
  screen.type(enter)
  await screen.asks('Function (1)')
  await leave(screen, ctrlC)
})

test('Esc in a Region that was gone to leads back to the question for it', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', '--region', 'eu-west-1'], { columns: 100 })
  await talk(
    screen,
    ['Look elsewhere?', enter],
    ['Region (', 'us-east-1', '❯ us-east-1 '],
    ['Queue (2)', esc],
  )
  await screen.asks('Region (')
  await talk(screen, '❯ us-east-1 ', ['Region (', enter], ['Queue (2)', esc], ['Region (', esc])
  await screen.asks('Look elsewhere?')
  await leave(screen, ctrlC)
})

test('a list that is throttled is typed instead, and the answers before it stay', async () => {
  const journey = await startJourney()
  journey.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: { kind: 'throttle' } })
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    ['Queue (2)', `orders${enter}`],
    'So type the name of the function.',
    ['Function (name, name:alias or ARN):', `worker${enter}`],
    ['Settings', enter],
  )
  await screen.asks('Connect orders to worker')
  screen.type(ctrlC)
  await expectEnd(screen, 130)
})

test('a queue of another Region is refused where it is typed', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire'], { columns: 100 })
  await talk(
    screen,
    ['Queue (2)', `arn:aws:sqs:eu-west-1:111122223333:orders${enter}`],
    'This queue is in eu-west-1, and Lambda polls only queues of its own Region',
    ['Queue (0 of 2)', `${ctrlU}${enter}`],
  )
  await screen.asks('Function (1)')
  await leave(screen, ctrlC)
})
