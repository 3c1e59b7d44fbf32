import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { runByLine } from '../support/line-run.js'
import { openScreen } from '../support/live-screen.js'
import { settled } from '../support/settled-text.js'
import { expectOnlyLines, openTerminal } from '../support/terminal.js'

const enter = '\r'
const esc = '\u001b'
const ctrlC = '\u0003'
const ctrlD = '\u0004'

test.each<[string, readonly string[], Record<string, string>, RegExp]>([
  ['--accessible', ['--accessible'], {}, /\nok: orders to worker is Enabled/],
  ['TERM=dumb', [], { TERM: 'dumb' }, /\n✓ orders → worker is Enabled/],
])('%s: from wire to proof by lines, on a real terminal', async (_, flags, env, answer) => {
  const journey = await startJourney()
  const terminal = openTerminal({ ...journey.env, NO_COLOR: '1', ...env }, ['wire', ...flags])
  await terminal.until('Queue: ')
  terminal.type(`dlq${enter}`)
  await terminal.until('Queue, or Enter for orders-dlq: ')
  // The terminal itself takes back what was typed.
  terminal.type(`ordersx\u007f${enter}`)
  await terminal.until('Chosen: orders')
  await terminal.until('Function, or Enter for worker: ')
  terminal.type(`${esc}${enter}`)
  await terminal.until('Queue, or Enter for orders: ')
  terminal.type(enter)
  await terminal.until('Function, or Enter for worker: ')
  terminal.type(`1${enter}`)
  await terminal.until('Number from 1 to 3, or Enter for 1: ')
  terminal.type(enter)
  await terminal.until('Connect orders to worker in account 111122223333, us-east-1? (Y/n) ')
  terminal.type(`perhaps${enter}`)
  await terminal.until('Type y for yes, or n for no.')
  await terminal.until('(Y/n) ')
  terminal.type(`y${enter}`)
  await terminal.until('Send a test message now? (y/N) ')
  terminal.type(`y${enter}`)
  await terminal.until('Proof strong')
  await terminal.until('sqs-trigger unwire')
  expect(await terminal.exited).toBe(0)
  // What a person typed is echoed by the terminal, which shows Esc and Backspace in ways of its own.
  const written = terminal.raw().replaceAll('^[', '').replaceAll('\b \b', '')
  expectOnlyLines(written)
  expect(written.replaceAll('\r', '')).toMatch(answer)
})

test.each([
  ['Ctrl-C', `y${ctrlC}`, 'Cancelled. Nothing was changed.'],
  // Once for what was typed, once for the end.
  ['Ctrl-D', `y${ctrlD}${ctrlD}`, 'Cancelled. Nothing was changed.'],
])('%s at a question answered by lines: a true sentence on a line of its own, 130', async (_, keys, said) => {
  const journey = await startJourney()
  const screen = openScreen(journey.env, ['wire', 'orders', 'worker', '--accessible'])
  await screen.shows('Send a test message once it is enabled? (y/N)')
  screen.type(keys)
  expect(await screen.exited).toBe(130)
  await screen.shows(said)
  expect(screen.lines()).toContain(said)
  expect((await journey.json('list')).document.result.mappings).toEqual([])
})

test.each([
  ['80', 80, {}],
  ['40', 40, {}],
  ['ascii', 80, { LANG: 'C' }],
] as const)('a whole run read aloud, at %s', async (name, columns, env) => {
  const journey = await startJourney()
  const lines = ['orders', 'back', 'more', '', '1', '', '', '']
  const given = { ...journey.env, TERM: 'xterm-256color', NO_COLOR: '1', ...env }
  const ran = await runByLine(given, ['wire', '--accessible'], lines, columns)
  expect(ran.code).toBe(0)
  const text = settled(`${ran.stderr}--- stdout\n${ran.stdout}`, journey)
  await expect(text).toMatchFileSnapshot(`./snapshots/wizard-accessible-${name}.txt`)
  // No symbol stands for a word, and none draws.
  expect(text).not.toMatch(/[✓✗→▶·–│─└├❯]/)
})
