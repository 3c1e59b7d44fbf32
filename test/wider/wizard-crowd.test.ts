import { join } from 'node:path'
import { expect, test } from 'vitest'
import { addFunctionFromFile } from '../../src/sandbox/lambda/function-from-file.js'
import { queueSeed } from '../../src/sandbox/seeds.js'
import { type Journey, startJourney } from '../support/journey.js'
import { openScreen, type Screen } from '../support/live-screen.js'
import { control } from '../support/sandbox.js'
import { expectSane } from '../support/terminal.js'

const enter = '\r'
const number = (index: number) => String(index).padStart(4, '0')

/** 3,000 queues and 3,000 functions beside the pair of the journey; each page of functions takes its time. */
async function startCrowd(): Promise<Journey> {
  const journey = await startJourney()
  const { world, region, seed } = journey
  await seed(Array.from({ length: 2998 }, (_, index) => queueSeed({ name: `team-${number(index)}` })))
  for (let index = 0; index < 2999; index++) {
    addFunctionFromFile(world, {
      name: `job-${number(index)}`,
      file: join(import.meta.dirname, '../../src/sandbox/demo-handler.mjs'),
      region,
      roleArn: `arn:aws:iam::${world.account}:role/worker-role`,
    })
  }
  const effect = { kind: 'delay', ms: 100 }
  await control(journey, 'POST', 'faults', { service: 'lambda', operation: 'ListFunctions', effect })
  return journey
}

/** Milliseconds from a key to what it changes on the screen. */
async function timed(screen: Screen, keys: string, shown: string): Promise<number> {
  const started = performance.now()
  screen.type(keys)
  await screen.shows(shown)
  return performance.now() - started
}

test('3,000 queues and 3,000 functions: usable after the first page, and no key waits', async () => {
  const journey = await startCrowd()
  const screen = openScreen(journey.env, ['wire'])
  await screen.shows('❯ orders ')
  await screen.asks('Queue (3,000)')
  const times = [
    await timed(screen, 't', ') t'),
    await timed(screen, 'eam-2', ') team-2'),
    await timed(screen, '99', '❯ team-2990'),
    await timed(screen, '\u001b[B', '❯ team-2991'),
    await timed(screen, '\u0015orders', '❯ orders '),
  ]
  screen.type(enter)
  // Chosen while the other pages still arrive.
  await screen.asks(' so far…)')
  times.push(await timed(screen, 'job-0', '❯ job-00'))
  await screen.asks(' so far…) job-0')
  // In the order of Lambda this one comes last of all; it appears when its page does.
  screen.type('\u0015work')
  await screen.shows('❯ worker ')
  screen.type(enter)
  await screen.asks('Settings')
  screen.type(enter)
  await screen.asks('Connect orders to worker')
  screen.type(enter)
  await screen.asks('Send a test message now?')
  screen.type(`y${enter}`)
  expect(await screen.exited).toBe(0)
  await screen.shows('✓ Proof strong')
  expectSane(screen.raw())
  // The sandbox runs in this very process, so that this bounds more than the wizard; `npm run bench` measures it apart.
  expect(Math.max(...times)).toBeLessThan(400)
})
