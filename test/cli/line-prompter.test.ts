import { PassThrough } from 'node:stream'
import { describe, expect, test } from 'vitest'
import { linePrompter } from '../../src/cli/prompts/line-prompter.js'
import { openPrompter, type Prompter } from '../../src/cli/prompts/prompter.js'
import { StoppedAtQuestion } from '../../src/cli/stopped.js'
import { openStreams } from '../../src/cli/streams.js'
import { WentBack } from '../../src/wizard/step-machine.js'
import { fakeHost } from './fake-host.js'

/** What a person types line by line; the input stays open unless it is ended. */
function sitting(lines: readonly string[] = []) {
  const { host, stderr, stdout } = fakeHost([], { terminal: true, env: { ACCESSIBLE: '1' } })
  const stdin = Object.assign(new PassThrough(), { isTTY: true })
  const streams = openStreams({ ...host, stdin }, { color: undefined, ascii: false, input: true })
  const controller = new AbortController()
  for (const line of lines) stdin.write(`${line}\n`)
  const prompter = linePrompter(streams, controller.signal)
  return { prompter, streams, stdin, stderr, stdout, controller }
}

const colours = [
  { value: 'red', name: 'Red, as tomatoes', short: 'red' },
  { value: 'blue', name: 'Blue' },
] as const
const even = (text: string) => (Number(text) % 2 === 0 ? undefined : 'An even number.')

test.each<[string, readonly string[], (prompter: Prompter) => Promise<unknown>, unknown, string]>([
  ['yes', ['y'], ({ confirm }) => confirm('Go?', false), true, 'Go? (y/N) '],
  ['no', ['NO'], ({ confirm }) => confirm('Go?', true), false, 'Go? (Y/n) '],
  ['Enter alone', [''], ({ confirm }) => confirm('Go?', true), true, 'Go? (Y/n) '],
  [
    'neither',
    ['maybe', 'yes'],
    ({ confirm }) => confirm('Go?', false),
    true,
    'Go? (y/N) Type y for yes, or n for no.\nGo? (y/N) ',
  ],
  ['a text', [' 4 '], ({ ask }) => ask('Number:', even), '4', 'Number: '],
  ['a wrong text', ['3', '4'], ({ ask }) => ask('Number:', even), '4', 'Number: An even number.\nNumber: '],
  [
    'Enter for what was there',
    [''],
    ({ ask }) => ask('Number:', even, { preset: '8' }),
    '8',
    'Number, or Enter for 8: ',
  ],
  [
    'the number of a choice',
    ['2'],
    ({ pick }) => pick('Colour', colours),
    'blue',
    'Colour\n  1. Red, as tomatoes\n  2. Blue\nNumber from 1 to 2, or Enter for 1: Chosen: Blue\n',
  ],
  [
    'no number of a choice',
    ['3', 'RED'],
    ({ pick }) => pick('Colour', colours, { preset: 'blue' }),
    'red',
    'Colour\n  1. Red, as tomatoes\n  2. Blue\nNumber from 1 to 2, or Enter for 2: Number from 1 to 2, not “3”.\nNumber from 1 to 2, or Enter for 2: Chosen: red\n',
  ],
  ['an answer with a line end of Windows', ['4\r'], ({ ask }) => ask('Number:', even), '4', 'Number: '],
])('%s', async (_, lines, put, answer, written) => {
  const { prompter, stderr, stdout } = sitting(lines)
  expect(await put(prompter)).toBe(answer)
  expect([stderr(), stdout()]).toEqual([written, ''])
})

describe('leaving', () => {
  test.each(['back', '<', '\u001b'])(
    '%j goes back where there is a question before, which is said once',
    async (typed) => {
      const { prompter, stderr } = sitting([typed, typed])
      await expect(prompter.confirm('Go?', true, { canGoBack: true })).rejects.toThrow(WentBack)
      await expect(prompter.pick('Colour', colours, { canGoBack: true })).rejects.toThrow(WentBack)
      expect(stderr().match(/Type back to return to the question before\./g)).toHaveLength(1)
    },
  )

  test('where there is none, it is an answer like any other', async () => {
    const { prompter, stderr } = sitting(['back', 'y'])
    expect(await prompter.confirm('Go?', true)).toBe(true)
    expect(stderr()).not.toContain('return to the question')
  })

  test('Ctrl-D leaves; what was typed before it without Enter is no answer', async () => {
    const { prompter, stdin, stderr } = sitting()
    const asked = prompter.confirm('Delete it?', false)
    stdin.end('y')
    await expect(asked).rejects.toMatchObject({
      code: 'INTERRUPTED',
      message: 'Cancelled. Nothing was changed.',
    })
    // The next thing begins on a line of its own.
    expect(stderr()).toBe('Delete it? (y/N) \n')
    await expect(prompter.confirm('And this?', true)).rejects.toMatchObject({ code: 'INTERRUPTED' })
  })

  test('a signal ends the question, and nothing listens any more', async () => {
    const { prompter, stdin, controller } = sitting()
    const asked = prompter.ask('Name:', () => undefined)
    await new Promise(setImmediate)
    controller.abort()
    await expect(asked).rejects.toBeInstanceOf(StoppedAtQuestion)
    expect([stdin.listenerCount('data'), stdin.listenerCount('end'), stdin.isPaused()]).toEqual([0, 0, true])
  })
})

test('between two questions the terminal belongs to whoever else reads it', async () => {
  const { prompter, stdin } = sitting(['y'])
  await prompter.confirm('Go?', true)
  expect([stdin.listenerCount('data'), stdin.isPaused()]).toEqual([0, true])
})

test('nothing but text is written: no control sequence of ours, and none that was typed', async () => {
  const { streams, stdin, stderr } = sitting(['\u001b[A\u0007', 'y', '\u001b[2J', '1'])
  const prompter = openPrompter(streams, new AbortController().signal)
  await prompter.confirm('Go?', true)
  await prompter.pick('Colour', colours)
  stdin.end()
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are looked for
  expect(stderr()).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/)
})
