import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { expectSane, openTerminal, runInShell } from '../support/terminal.js'

const enter = '\r'
const ctrlC = '\u0003'
const ctrlD = '\u0004'

test.each([
  ['Ctrl-C', ctrlC],
  ['Ctrl-D', ctrlD],
])('%s at the first question: nothing was changed, exit 130, a sane terminal', async (_key, key) => {
  const journey = await startJourney()
  const terminal = openTerminal(journey.env, ['wire'])
  await terminal.until('orders-dlq')
  terminal.type(key)
  await terminal.until('Nothing was changed')
  expect(await terminal.exited).toBe(130)
  expectSane(terminal.raw())
})

test.each([
  ['left in a list', ['wire'], 'orders-dlq', ctrlC],
  ['left in a question', ['wire', 'orders', 'worker'], 'Send a test message', ctrlD],
  ['left while it waits', ['wire', 'orders', 'worker', '--yes'], 'USER_INITIATED', ctrlC],
])('the terminal is as it was after a run %s', async (_name, args, shown, key) => {
  // The clock stands still: the mapping stays Creating.
  const journey = await startJourney({ running: false })
  const settings = runInShell(journey.env, args, shown, key)
  await expect(settings).resolves.toMatch(/(?<!-)icanon/)
  await expect(settings).resolves.toMatch(/(?<!-)\becho\b/)
  await expect(settings).resolves.toMatch(/(?<!-)isig/)
})

test('"no" at the confirmation: nothing was changed, exit 130', async () => {
  const journey = await startJourney()
  const terminal = openTerminal(journey.env, ['wire', 'orders', 'worker', '--no-color'], 40)
  await terminal.until('Send a test')
  terminal.type(enter)
  await terminal.until('Connect orders')
  terminal.type(`n${enter}`)
  await terminal.until('Nothing was changed')
  expect(await terminal.exited).toBe(130)
  expect((await journey.json('list')).document.result.mappings).toEqual([])
})

test('the spinner shows time and reason, and is gone when it is over', async () => {
  const journey = await startJourney({ running: false })
  const terminal = openTerminal(journey.env, ['wire', 'orders', 'worker', '--yes'])
  await terminal.until('Creating')
  await terminal.until('USER_INITIATED')
  await journey.advance(60_000)
  await terminal.until('is Enabled')
  expect(await terminal.exited).toBe(0)
  expectSane(terminal.raw())
})

test('a terminal of 0 columns: the run ends, and nothing is repainted', async () => {
  const journey = await startJourney()
  const terminal = openTerminal(journey.env, ['preflight', 'orders', 'worker'], 0)
  expect(await terminal.exited).toBeTypeOf('number')
  expect(terminal.raw().length).toBeLessThan(10_000)
  expectSane(terminal.raw())
})
