import { stripVTControlCharacters } from 'node:util'
import { spawn } from '@lydell/node-pty'
import { expect, onTestFinished, test } from 'vitest'
import { type Journey, startJourney } from '../support/journey.js'
import { bin, cleanEnv } from '../support/run-command.js'

interface Terminal {
  /** Resolves once the text was printed after the last one that was waited for. */
  until(text: string): Promise<void>
  type(keys: string): void
  /** Everything that was printed, with its control sequences. */
  readonly raw: () => string
  readonly exited: Promise<number>
}

/** Runs the built command in a real pseudo-terminal. */
function openTerminal(journey: Journey, args: readonly string[], columns = 80): Terminal {
  const env = { ...cleanEnv, ...journey.env, TERM: 'xterm-256color' }
  const set = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  const child = spawn(process.execPath, [bin, ...args], {
    cols: columns,
    rows: 40,
    env: Object.fromEntries(set),
  })
  let printed = ''
  let seen = 0
  let look = () => {}
  child.onData((data) => {
    printed += data
    look()
  })
  const exited = new Promise<number>((resolve) => child.onExit(({ exitCode }) => resolve(exitCode)))
  onTestFinished(() => child.kill())
  return {
    raw: () => printed,
    exited,
    type: (keys) => child.write(keys),
    until: (text) =>
      new Promise((resolve, reject) => {
        look = () => {
          const at = stripVTControlCharacters(printed).indexOf(text, seen)
          if (at < 0) return
          seen = at + text.length
          resolve()
        }
        setTimeout(
          () => reject(new Error(`no “${text}” after 8 s:\n${stripVTControlCharacters(printed)}`)),
          8_000,
        ).unref()
        exited.then((code) => reject(new Error(`ended with ${code} before “${text}”:\n${printed}`)))
        look()
      }),
  }
}

const enter = '\r'
const ctrlC = '\u0003'
const ctrlD = '\u0004'

test('wire without names: choose, be told, confirm, wired', async () => {
  const journey = await startJourney()
  const terminal = openTerminal(journey, ['wire'])
  await terminal.until('Queue')
  await terminal.until('orders-dlq')
  terminal.type(enter)
  await terminal.until('Function')
  await terminal.until('worker')
  terminal.type(enter)
  await terminal.until('sqs-trigger wire orders worker --yes')
  await terminal.until('Send a test message')
  terminal.type(`y${enter}`)
  await terminal.until('Connect orders to worker')
  terminal.type(enter)
  await terminal.until('is Enabled')
  await terminal.until('Proof strong')
  expect(await terminal.exited).toBe(0)
  expectSane(terminal.raw())
})

test.each([
  ['Ctrl-C', ctrlC],
  ['Ctrl-D', ctrlD],
])('%s at the first question: nothing was changed, exit 130, a sane terminal', async (_key, key) => {
  const journey = await startJourney()
  const terminal = openTerminal(journey, ['wire'])
  await terminal.until('orders-dlq')
  terminal.type(key)
  await terminal.until('Nothing was changed')
  expect(await terminal.exited).toBe(130)
  expectSane(terminal.raw())
})

test('"no" at the confirmation: nothing was changed, exit 130', async () => {
  const journey = await startJourney()
  const terminal = openTerminal(journey, ['wire', 'orders', 'worker', '--no-color'], 40)
  await terminal.until('Send a test')
  terminal.type(enter)
  await terminal.until('Connect orders')
  terminal.type(`n${enter}`)
  await terminal.until('Nothing was changed')
  expect(await terminal.exited).toBe(130)
  expect((await journey.json('list')).document.result.mappings).toEqual([])
})

test('where listing is refused, names are typed', async () => {
  const journey = await startJourney()
  await journey.seed([
    {
      service: 'iam',
      operation: 'PutUserPolicy',
      input: {
        UserName: 'developer',
        PolicyName: 'no-lists',
        PolicyDocument: JSON.stringify({
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: ['sqs:ListQueues', 'lambda:ListFunctions'], Resource: '*' }],
        }),
      },
    },
  ])
  const terminal = openTerminal(journey, ['wire'])
  await terminal.until('type the name')
  await terminal.until('Queue (name')
  terminal.type(`orders${enter}`)
  await terminal.until('Function (name')
  terminal.type(`worker${enter}`)
  await terminal.until('Send a test message')
  terminal.type(enter)
  await terminal.until('Connect orders to worker')
  terminal.type(enter)
  await terminal.until('is Enabled')
  expect(await terminal.exited).toBe(0)
})

test('the spinner shows time and reason, and is gone when it is over', async () => {
  const journey = await startJourney({ running: false })
  const terminal = openTerminal(journey, ['wire', 'orders', 'worker', '--yes'])
  await terminal.until('Creating')
  await terminal.until('USER_INITIATED')
  await journey.advance(60_000)
  await terminal.until('is Enabled')
  expect(await terminal.exited).toBe(0)
  expectSane(terminal.raw())
})

/** Whatever hid the cursor has shown it again. */
function expectSane(raw: string): void {
  expect(raw.lastIndexOf('\u001b[?25h')).toBeGreaterThanOrEqual(raw.lastIndexOf('\u001b[?25l'))
}
