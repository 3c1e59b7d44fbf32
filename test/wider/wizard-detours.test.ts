import { describe, expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'
import {
  agreeing,
  ctrlC,
  ctrlD,
  down,
  enter,
  expectEnd,
  forbid,
  leave,
  talk,
  walk,
} from '../support/wizard-walk.js'

describe('left at', () => {
  test.each([
    ['the queue', 0, ctrlC],
    ['the function', 1, ctrlD],
    ['the settings', 2, ctrlC],
    ['the agreement', 3, ctrlD],
  ])('%s: nothing was changed, exit 130, a sane terminal', async (_name, steps, key) => {
    const journey = await startJourney()
    const screen = openScreen(journey.env, ['wire'])
    await walk(screen, steps)
    await leave(screen, key, 'Cancelled. Nothing was changed.')
    expect((await journey.json('list')).document.result.mappings).toEqual([])
  })

  test.each([
    ['Most messages in one invocation', ctrlC],
    ['Seconds to wait', ctrlD],
    ['Most invocations', ctrlC],
    ['Does the handler', ctrlD],
    ['Keep only messages', ctrlC],
  ])('the setting “%s”', async (question, key) => {
    const journey = await startJourney()
    const screen = openScreen(journey.env, ['wire', 'orders'])
    await talk(screen, ['Function (1)', enter], ['Settings', `${down}${down}${enter}`])
    const before = ['Most messages', 'Seconds', 'Most invocations', 'Does the', 'Keep only']
    const answered = before.slice(
      0,
      before.findIndex((words) => question.startsWith(words)),
    )
    await talk(screen, ...answered.map((words) => [words, enter] as const))
    await screen.asks(question)
    await leave(screen, key, 'Cancelled. Nothing was changed.')
  })

  test('the first fix: nothing was changed; the second: what the first did is said', async () => {
    const { fixerEnv, changingCalls } = await startFixJourney()
    const open = () => openScreen(fixerEnv, ['wire', 'orders'], { rows: 60, columns: 120 })
    const toFix = [
      ['Function (4)', `reader${enter}`],
      ['Settings', enter],
    ] as const
    const first = open()
    await talk(first, ...toFix)
    await first.asks('Make this change')
    await leave(first, ctrlC, 'Cancelled. Nothing was changed.')
    expect(changingCalls()).toEqual([])
    const second = open()
    await talk(second, ...toFix, ['Make this change', `y${enter}`], 'Fix 2 of 2')
    await second.asks('Make this change')
    await leave(second, ctrlD, 'Cancelled. Wrote policy sqs-trigger-orders-', 'sqs-trigger rollback ')
    expect(changingCalls()).toEqual(['iam:PutRolePolicy'])
  })

  test('the test message: what was created is said, and how it is undone', async () => {
    const journey = await startJourney()
    const screen = openScreen(journey.env, ['wire'], { columns: 120 })
    await walk(screen, 4)
    await leave(screen, ctrlC)
    const [mapping] = (await journey.json('list')).document.result.mappings
    await talk(
      screen,
      `Cancelled. Created event source mapping ${mapping.uuid}.`,
      `sqs-trigger unwire ${mapping.uuid}`,
    )
  })

  test('the wait: AWS goes on, and how to go on or undo it is said', async () => {
    // The clock stands still: the mapping stays Creating.
    const journey = await startJourney({ running: false })
    const screen = openScreen(journey.env, ['wire'], { columns: 120 })
    await walk(screen, 3)
    screen.type(enter)
    await screen.shows('USER_INITIATED')
    await leave(screen, ctrlC)
    const [mapping] = (await journey.json('list')).document.result.mappings
    expect(mapping).toMatchObject({ state: 'Creating' })
    await talk(
      screen,
      'Stopped waiting',
      `sqs-trigger wait ${mapping.uuid}`,
      `sqs-trigger unwire ${mapping.uuid}`,
    )
  })
})

test('refused lists: the reason is said, names are typed, and a name that is not there is asked for again', async () => {
  const journey = await startJourney()
  await forbid(journey, 'sqs:ListQueues', 'lambda:ListFunctions')
  const screen = openScreen(journey.env, ['wire'])
  await talk(
    screen,
    'So type the name of the queue.',
    ['Queue (name, URL or ARN):', `ordres${enter}`],
    'Queue "ordres" does not exist in us-east-1.',
    ['Queue (name, URL or ARN):', `${journey.queueArn('orders')}${enter}`],
    'So type the name of the function.',
    ['Function (name, name:alias or ARN):', `worker${enter}`],
    ...agreeing('orders to worker'),
  )
  await expectEnd(screen, 0)
})

test('an empty list offers another Region, and the command to come names it', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', '--region', 'eu-west-1'], { columns: 100 })
  await talk(
    screen,
    'There are no queues in account 111122223333, eu-west-1.',
    ['Look elsewhere?', enter],
    '❯ ',
    ['Region (', `virginia${'\u007f'.repeat(8)}us-east-1`, '❯ us-east-1  US East (N. Virginia)'],
    'Account 111122223333 · us-east-1 · user/developer',
  )
  await walk(screen, 3)
  await screen.shows('  sqs-trigger wire orders worker --yes --region us-east-1')
  await leave(screen, ctrlC)
})

test('names that were given are not asked for, nor are settings', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', 'orders', '--batch-size', '5'])
  await talk(
    screen,
    ['Function (1)', enter],
    '  sqs-trigger wire orders --batch-size 5 worker --yes',
    ['Connect orders to worker', enter],
    ['Send a test message now?', enter],
  )
  await expectEnd(screen, 0)
  const { document } = await journey.json('list')
  expect(document.result.mappings).toMatchObject([{ batchSize: 5 }])
})

test('what was found is mended one by one, and then it is wired', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const screen = openScreen(fixerEnv, ['wire', 'orders'], { rows: 60 })
  await talk(
    screen,
    ['Function (4)', `reader${enter}`],
    ['Settings', enter],
    '"sqs:ReceiveMessage"',
    ['Make this change in account 111122223333, us-east-1?', `y${enter}`],
    'Fix 2 of 2',
    ['Make this change in account 111122223333, us-east-1?', `n${enter}`],
    // Not --fix: it would make the fix that was declined.
    '  sqs-trigger wire orders reader --yes',
    ['Connect orders to reader', enter],
    ['Send a test message now?', enter],
  )
  await expectEnd(screen, 0)
  await talk(screen, '✓ Fixed: ', 'Not fixed, because you said no')
  expect(changingCalls()).toEqual(['iam:PutRolePolicy', 'lambda:CreateEventSourceMapping'])
})

test('on 40 columns, in ASCII, without colours, resized in between: nothing is left over', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', '--ascii', '--no-color'], { columns: 100, rows: 24 })
  await screen.asks('Queue (2)')
  await screen.shows('> orders      standard  0 waiting  visibility 30 s')
  await screen.shows('! dead-letter queue of orders')
  screen.resize(40, 24)
  await screen.shows('    standard | 0 waiting | visibility')
  expect(screen.lines().filter((line) => line.startsWith('?'))).toHaveLength(1)
  expect(screen.lines().filter((line) => line.includes('orders-dlq'))).toHaveLength(1)
  screen.resize(90, 20)
  await screen.shows('> orders      standard  0 waiting  visibility 30 s')
  expect(screen.lines().filter((line) => line.startsWith('?'))).toHaveLength(1)
  screen.resize(40, 24)
  await screen.shows('    standard | 0 waiting | visibility')
  await walk(screen, 3)
  await screen.shows('6 x 3 s')
  await screen.shows('  orders -- batch 10 --> worker')
  screen.type(`n${enter}`)
  expect(await screen.exited).toBe(130)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII, and the movements of the cursor
  expect(screen.raw()).toMatch(/^[\u0000-\u007f]*$/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the sequence that sets a colour
  expect(screen.raw()).not.toMatch(/\u001b\[[0-9;]*[1-9][0-9;]*m/)
  expectSane(screen.raw())
})
