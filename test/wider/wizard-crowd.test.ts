import { expect, test } from 'vitest'
import { openScreen, type Screen } from '../support/live-screen.js'
import { control } from '../support/sandbox.js'
import { ctrlU, down, enter, expectEnd, startCrowd, talk } from '../support/wizard-walk.js'

/** Milliseconds from a key to what it changes on the screen. */
async function timed(screen: Screen, keys: string, shown: string): Promise<number> {
  const started = performance.now()
  screen.type(keys)
  await screen.shows(shown)
  return performance.now() - started
}

test('3,000 queues and 3,000 functions: usable after the first page, and no key waits', async () => {
  const journey = await startCrowd(3_000, 3_000)
  const effect = { kind: 'delay', ms: 100 }
  await control(journey, 'POST', 'faults', { service: 'lambda', operation: 'ListFunctions', effect })
  const screen = openScreen(journey.env, ['wire'])
  await screen.shows('❯ orders ')
  await screen.asks('Queue (3,000)')
  const times = [
    await timed(screen, 't', ') t'),
    await timed(screen, 'eam-2', ') team-2'),
    await timed(screen, '99', '❯ team-2990'),
    await timed(screen, down, '❯ team-2991'),
    await timed(screen, `${ctrlU}orders`, '❯ orders '),
  ]
  screen.type(enter)
  // Chosen while the other pages still arrive.
  await screen.asks(' so far…)')
  times.push(await timed(screen, 'job-0', '❯ job-00'))
  // In the order of Lambda the worker comes last of all; it appears when its page does.
  await talk(
    screen,
    [' so far…) job-0', `${ctrlU}work`, '❯ worker '],
    ['Settings', enter],
    ['Connect orders to worker', enter],
    ['Send a test message now?', `y${enter}`],
  )
  await expectEnd(screen, 0)
  await screen.shows('✓ Proof strong')
  // The sandbox runs in this very process, so that this bounds more than the wizard; `npm run bench` measures it apart.
  expect(Math.max(...times)).toBeLessThan(400)
})
