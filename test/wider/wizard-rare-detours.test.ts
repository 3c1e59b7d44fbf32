import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pollingPolicySeed } from '../../src/sandbox/seeds.js'
import { startFixJourney } from '../support/fix-journey.js'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { ctrlC, down, enter, esc, expectEnd, forbid, leave, talk, walk } from '../support/wizard-walk.js'

test('lists that never answer: a name can be typed, and Ctrl-C does not wait for them', async () => {
  const journey = await startJourney()
  const hang = { kind: 'hang' } as const
  journey.faults.inject({ service: 'sqs', operation: 'ListQueues', effect: hang })
  journey.faults.inject({ service: 'lambda', operation: 'ListFunctions', effect: hang })
  const screen = openScreen(journey.env, ['wire'])
  await talk(screen, 'Reading the queues…', ['Queue (0 so far…)', `orders${enter}`])
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
  await talk(screen, ['Function (56)', ctrlC])
  await expectEnd(screen, 130)
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
  await talk(again, '> The list broke off: ', ['Function (50)', `job-1${enter}`], ['Settings', ctrlC])
  await expectEnd(again, 130)
})

test('with --json the questions stand on stderr, and the document alone on stdout', async () => {
  const journey = await startJourney()
  const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-stdout-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const stdoutFile = join(folder, 'stdout')
  const screen = openScreen(journey.env, ['wire', '--json'], { stdoutFile })
  await walk(screen, 3)
  await screen.shows('  orders ── batch 10 ──▶ worker')
  await leave(screen, ctrlC)
  const document = JSON.parse(readFileSync(stdoutFile, 'utf8'))
  expect(document).toMatchObject({ command: 'wire', exitCode: 130, changed: [] })
})

test('where no Region is set, one is chosen', async () => {
  const journey = await startJourney()
  const { AWS_REGION: _region, AWS_DEFAULT_REGION: _default, ...env } = journey.env
  const screen = openScreen(env, ['wire'])
  await talk(screen, 'No AWS Region is set.', ['Region (', 'us-east-1', '❯ us-east-1'], ['Queue (2)', ctrlC])
  await expectEnd(screen, 130)
})

test('who may not mend it goes on: it is mended elsewhere, checked again, and wired', async () => {
  const journey = await startFixJourney()
  await forbid(journey, 'iam:PutRolePolicy')
  const { seed, world, env, fixerEnv } = journey
  const { XDG_STATE_HOME = '' } = fixerEnv
  const screen = openScreen({ ...env, XDG_STATE_HOME }, ['wire', 'orders'], { rows: 60 })
  await talk(
    screen,
    ['Function (4)', `reader${enter}`],
    ['Settings', enter],
    ['Make this change', `y${enter}`],
    'developer may not call iam:PutRolePolicy',
  )
  await screen.asks('What now?')
  await seed([pollingPolicySeed('reader-role', world.partition)])
  await talk(screen, ['What now?', enter])
  await screen.asks('Connect orders to reader')
  await leave(screen, ctrlC, 'Nothing was changed.')
})

test('what stands in the way can be left: exit 3, or another function chosen', async () => {
  const { fixerEnv, changingCalls } = await startFixJourney()
  const screen = openScreen(fixerEnv, ['wire', 'orders'], { rows: 60 })
  await talk(
    screen,
    ['Function (4)', `reader${enter}`],
    ['Settings', enter],
    ['Make this change', esc],
    ['Settings', enter],
    ['Make this change', enter],
    'Fix 2 of 2',
    ['Make this change', enter],
    // Nothing is offered a second time.
    ['What now?', enter],
    'What now? check again',
    ['What now?', `${down}${down}${enter}`],
    ['Settings', enter],
    ['What now?', `${down}${down}${down}${enter}`],
  )
  await expectEnd(screen, 3)
  expect(changingCalls()).toEqual([])
})

test('who declined a fix may have it offered again, and the command without questions then makes all of them', async () => {
  const { fixerEnv } = await startFixJourney()
  const screen = openScreen(fixerEnv, ['wire', 'orders'], { rows: 60 })
  await talk(
    screen,
    ['Function (4)', `reader${enter}`],
    ['Settings', enter],
    ['Make this change', enter],
    'Fix 2 of 2',
    ['Make this change', enter],
    ['What now?', `${down}${enter}`],
    'What now? offer the fixes again',
    ['Make this change', `y${enter}`],
    '✓ Wrote policy',
    ['Make this change', `y${enter}`],
    '  sqs-trigger wire orders reader --fix --yes',
    ['Connect orders to reader', ctrlC],
  )
  await expectEnd(screen, 130)
})
