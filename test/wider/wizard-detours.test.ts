import { describe, expect, test } from 'vitest'
import { startFixJourney } from '../support/fix-journey.js'
import { startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'
import { ctrlC, ctrlD, enter, forbid, walk } from '../support/wizard-walk.js'

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
    screen.type(key)
    expect(await screen.exited).toBe(130)
    await screen.shows('Cancelled. Nothing was changed.')
    expectSane(screen.raw())
    expect((await journey.json('list')).document.result.mappings).toEqual([])
  })

  test('the test message: what was created is said, and how it is undone', async () => {
    const journey = await startJourney()
    const screen = openScreen(journey.env, ['wire'], { columns: 120 })
    await walk(screen, 4)
    screen.type(ctrlC)
    expect(await screen.exited).toBe(130)
    const [mapping] = (await journey.json('list')).document.result.mappings
    await screen.shows(`Cancelled. Created event source mapping ${mapping.uuid}.`)
    await screen.shows(`sqs-trigger unwire ${mapping.uuid}`)
    expectSane(screen.raw())
  })
})

test('refused lists: the reason is said, names are typed, and a name that is not there is asked for again', async () => {
  const journey = await startJourney()
  await forbid(journey, 'sqs:ListQueues', 'lambda:ListFunctions')
  const screen = openScreen(journey.env, ['wire'])
  await screen.shows('So type the name of the queue.')
  await screen.asks('Queue (name, URL or ARN):')
  screen.type(`ordres${enter}`)
  await screen.shows('Queue "ordres" does not exist in us-east-1.')
  await screen.asks('Queue (name, URL or ARN):')
  screen.type(`${journey.queueArn('orders')}${enter}`)
  await screen.shows('So type the name of the function.')
  await screen.asks('Function (name, name:alias or ARN):')
  screen.type(`worker${enter}`)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('Connect orders to worker')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
})

test('an empty list offers another Region, and the command to come names it', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', '--region', 'eu-west-1'], { columns: 100 })
  await screen.shows('There are no queues in account 111122223333, eu-west-1.')
  await screen.asks('Look elsewhere?')
  screen.type(enter)
  await screen.asks('Region (')
  await screen.shows('❯ ')
  screen.type('virginia\u007f\u007f\u007f\u007f\u007f\u007f\u007f\u007fus-east-1')
  await screen.shows('❯ us-east-1  US East (N. Virginia)')
  screen.type(enter)
  await screen.shows('Account 111122223333 · us-east-1 · user/developer')
  await walk(screen, 3)
  await screen.shows('  sqs-trigger wire orders worker --yes --region us-east-1')
  screen.type(ctrlC)
  expect(await screen.exited).toBe(130)
})

test('names that were given are not asked for, nor are settings', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', 'orders', '--batch-size', '5'])
  await screen.asks('Function (1)')
  screen.type(enter)
  await screen.asks('Connect orders to worker')
  await screen.shows('  sqs-trigger wire orders --batch-size 5 worker --yes')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  const { document } = await journey.json('list')
  expect(document.result.mappings).toMatchObject([{ batchSize: 5 }])
})

test('what was found is mended one by one, and then it is wired', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const screen = openScreen(fixerEnv, ['wire', 'orders'], { rows: 60 })
  await screen.asks('Function (4)')
  screen.type(`reader${enter}`)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.shows('"sqs:ReceiveMessage"')
  await screen.asks('Make this change in account 111122223333, us-east-1?')
  screen.type(`y${enter}`)
  await screen.shows('Fix 2 of 2')
  await screen.asks('Make this change in account 111122223333, us-east-1?')
  screen.type(`n${enter}`)
  await screen.asks('Connect orders to reader')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  await screen.shows('✓ Fixed: ')
  await screen.shows('Not fixed, as you said')
  expect(changingCalls()).toEqual(['iam:PutRolePolicy', 'lambda:CreateEventSourceMapping'])
})

test('on 40 columns, in ASCII, without colours, resized in between: nothing is left over', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', '--ascii', '--no-color'], { columns: 100, rows: 24 })
  await screen.asks('Queue (2)')
  await screen.shows('> orders      standard  0 waiting  visibility 30 s')
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
