import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen, type Screen } from '../support/live-screen.js'
import { ctrlC, down, enter, expectEnd, talk } from '../support/wizard-walk.js'

/** The window is made this wide, and the question that is open stands there once, with nothing of its frames. */
async function resized(screen: Screen, columns: number, shown: string, once: RegExp) {
  screen.resize(columns, 40)
  await screen.shows(shown)
  expect(screen.lines().filter((line) => line.startsWith('? '))).toHaveLength(1)
  expect(screen.lines().filter((line) => once.test(line))).toHaveLength(1)
  const widest = Math.max(...screen.lines().map((line) => line.length))
  expect(widest).toBeLessThanOrEqual(columns)
}

test('a window that is resized: every question is laid out anew, and nothing of the old one is left', async () => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire'], { columns: 100, rows: 40 })
  await screen.shows('❯ orders      standard  0 waiting')
  await screen.shows('dead-letter queue of orders')
  await resized(screen, 60, '    standard · 0 waiting · visibility 30 s', /Type a name/)
  await resized(screen, 40, '  selects · Ctrl-C leaves', /Type a name/)
  await resized(screen, 100, '❯ orders      standard  0 waiting', /Type a name/)
  await talk(screen, ['Queue (2)', enter], ['Function (1)', enter])
  await screen.asks('Settings')
  await resized(screen, 50, '  batch responses', /^. Recommended$/)
  screen.type(down)
  await screen.shows('❯ Recommended, and the handler returns partial')
  await resized(screen, 100, '❯ Recommended, and the handler returns partial batch responses', /One by one/)
  await talk(screen, [`Settings`, `${down}${enter}`])
  await screen.asks('Most messages')
  screen.type('12')
  await screen.shows('(--batch-size): 12')
  await resized(screen, 45, '  (--batch-size): 12', /Most messages/)
  await resized(screen, 90, '? Most messages in one invocation (--batch-size): 12', /Most messages/)
  await talk(screen, ['Most messages', enter], ['Seconds', enter], ['Most invocations', enter])
  await talk(screen, ['Does the handler', enter], ['Keep only', enter])
  await screen.asks('Connect orders to worker')
  await resized(screen, 50, '  111122223333, us-east-1? (Y/n)', /^\? Connect/)
  await resized(
    screen,
    100,
    '? Connect orders to worker in account 111122223333, us-east-1? (Y/n)',
    /^\? Connect/,
  )
  await screen.shows('✓ Settings  one by one')
  screen.resize(50, 40)
  await screen.shows('  111122223333, us-east-1? (Y/n)')
  screen.type(ctrlC)
  await expectEnd(screen, 130)
})
