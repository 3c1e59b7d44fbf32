import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { pollingPolicySeed } from '../../src/sandbox/seeds.js'
import { startFixJourney } from '../support/fix-journey.js'
import { type Journey, ordinaryHandler, startJourney } from '../support/journey.js'
import { openScreen, type Screen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'
const ctrlC = '\u0003'
const ctrlD = '\u0004'
const esc = '\u001b'
const down = '\u001b[B'

/** What a person answers on the way to the step that is left. */
const way: readonly (readonly [question: string, answer: string])[] = [
  ['Queue (2)', `orders${enter}`],
  ['Function (1)', enter],
  ['Settings', enter],
  ['Connect orders to worker', enter],
  ['Send a test message now?', enter],
]

async function walk(screen: Screen, steps: number) {
  for (const [question, answer] of way.slice(0, steps)) {
    await screen.asks(question)
    screen.type(answer)
  }
  await screen.asks(way[steps]?.[0] ?? '')
}

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

async function forbid(journey: Pick<Journey, 'seed'>, ...actions: readonly string[]) {
  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Deny', Action: actions, Resource: '*' }],
  })
  const input = { UserName: 'developer', PolicyName: 'forbidden', PolicyDocument }
  await journey.seed([{ service: 'iam', operation: 'PutUserPolicy', input }])
}

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

test('lists that never answer: a name can be typed, and Ctrl-C does not wait for them', async () => {
  const journey = await startJourney()
  const hang = { kind: 'hang' } as const
  journey.faults.inject({ service: 'sqs', operation: 'ListQueues', effect: hang })
  journey.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: hang })
  const screen = openScreen(journey.env, ['wire'])
  await screen.shows('Reading the queues…')
  await screen.asks('Queue (0 so far…)')
  screen.type(`orders${enter}`)
  await screen.asks('Function (0 so far…)')
  journey.faults.inject({ service: 'lambda', operation: 'GetFunctionConfiguration', effect: hang })
  screen.type(ctrlC)
  const pressed = performance.now()
  expect(await screen.exited).toBe(130)
  expect(performance.now() - pressed).toBeLessThan(2_000)
})

test('a list that breaks off says so, and what came before can be chosen', async () => {
  const journey = await startJourney()
  for (let index = 0; index < 55; index++) await journey.addFunction(`job-${index}`, ordinaryHandler)
  const screen = openScreen(journey.env, ['wire', 'orders'])
  await screen.asks('Function (56)')
  screen.type(ctrlC)
  await screen.exited
  const failing = {
    kind: 'error',
    code: 'ServiceException',
    message: 'The service encountered an internal error.',
    status: 500,
  } as const
  const delay = { kind: 'delay', ms: 0 } as const
  journey.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: delay, times: 1 })
  journey.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: failing })
  const again = openScreen(journey.env, ['wire', 'orders'])
  await again.shows('> The list broke off: ')
  await again.asks('Function (50)')
  again.type(`job-1${enter}`)
  await again.asks('Settings')
  again.type(ctrlC)
  expect(await again.exited).toBe(130)
})

test('with --json the questions stand on stderr, and the document alone on stdout', async () => {
  const journey = await startJourney()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-stdout-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stdoutFile = join(folder, 'stdout')
  const screen = openScreen(journey.env, ['wire', '--json'], { stdoutFile })
  await walk(screen, 3)
  await screen.shows('  orders ── batch 10 ──▶ worker')
  screen.type(ctrlC)
  expect(await screen.exited).toBe(130)
  const document = JSON.parse(readFileSync(stdoutFile, 'utf8'))
  expect(document).toMatchObject({ command: 'wire', exitCode: 130, changed: [] })
})

test('where no Region is set, one is chosen', async () => {
  const journey = await startJourney()
  const { AWS_REGION: _region, AWS_DEFAULT_REGION: _default, ...env } = journey.env
  const screen = openScreen(env, ['wire'])
  await screen.shows('No AWS Region is set.')
  await screen.asks('Region (')
  screen.type('us-east-1')
  await screen.shows('❯ us-east-1')
  screen.type(enter)
  await screen.asks('Queue (2)')
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

test('who may not mend it goes on: it is mended elsewhere, checked again, and wired', async () => {
  const journey = await startFixJourney()
  await forbid(journey, 'iam:PutRolePolicy')
  const { seed, world, env, fixerEnv } = journey
  const { XDG_STATE_HOME = '' } = fixerEnv
  const screen = openScreen({ ...env, XDG_STATE_HOME }, ['wire', 'orders'], { rows: 60 })
  await screen.asks('Function (4)')
  screen.type(`reader${enter}`)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('Make this change')
  screen.type(`y${enter}`)
  await screen.shows('developer may not call iam:PutRolePolicy')
  await screen.asks('What now?')
  await seed([pollingPolicySeed('reader-role', world.partition)])
  screen.type(enter)
  await screen.asks('Connect orders to reader')
  screen.type(ctrlC)
  expect(await screen.exited).toBe(130)
  await screen.shows('Nothing was changed.')
})

test('what stands in the way can be left: exit 3, or another function chosen', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const screen = openScreen(fixerEnv, ['wire', 'orders'], { rows: 60 })
  await screen.asks('Function (4)')
  screen.type(`reader${enter}`)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('Make this change')
  screen.type(esc)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('Make this change')
  screen.type(enter)
  await screen.shows('Fix 2 of 2')
  await screen.asks('Make this change')
  screen.type(enter)
  await screen.asks('What now?')
  // Nothing is offered a second time.
  screen.type(enter)
  await screen.shows('What now? check again')
  await screen.asks('What now?')
  screen.type(`${down}${enter}`)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('What now?')
  screen.type(`${down}${down}${enter}`)
  expect(await screen.exited).toBe(3)
  expect(changingCalls()).toEqual([])
  expectSane(screen.raw())
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
