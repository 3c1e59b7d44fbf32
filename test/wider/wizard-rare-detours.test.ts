import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { pollingPolicySeed } from '../../src/sandbox/seeds.js'
import { startFixJourney } from '../support/fix-journey.js'
import { ordinaryHandler, startJourney } from '../support/journey.js'
import { openScreen } from '../support/live-screen.js'
import { expectSane } from '../support/terminal.js'
import { ctrlC, down, enter, esc, forbid, walk } from '../support/wizard-walk.js'

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
