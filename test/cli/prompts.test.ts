import { describe, expect, test } from 'vitest'
import { openPrompter } from '../../src/cli/prompts/prompter.js'
import { openStreams } from '../../src/cli/streams.js'
import { askTestMessage } from '../../src/wizard/ask-test-message.js'
import { scripted } from '../support/scripted-prompter.js'
import { fakeHost } from './fake-host.js'

describe('the test message', () => {
  test.each([
    [
      { waiting: 12, otherConsumers: 1, returnsFor: '4 days' },
      [
        'A test message makes the function really run, with that message in its event.',
        '1 other function reads from this queue, and may get the message instead.',
        'About 12 messages wait in the queue now.',
        'The queue has no dead-letter queue: a message that the function rejects comes back for 4 days.',
      ],
    ],
    [
      { waiting: null, otherConsumers: null, returnsFor: null },
      [
        'A test message makes the function really run, with that message in its event.',
        'Whether others read from this queue could not be read.',
        'How many messages wait could not be read.',
      ],
    ],
  ])('%j is told before the question', async (facts, lines) => {
    const notes: string[] = []
    const { prompter, asked } = scripted([true])
    await expect(askTestMessage(facts, false, prompter, (line) => notes.push(line))).resolves.toBe(true)
    expect(notes).toEqual(lines)
    expect(asked).toEqual(['Send a test message once it is enabled? y/N'])
  })
})

test('off a terminal nobody is asked, and inquirer is never loaded', async () => {
  const { host, stdout, stderr } = fakeHost([])
  const streams = openStreams(host, { color: undefined, ascii: false, input: true })
  const prompter = openPrompter(streams, new AbortController().signal)
  expect(prompter.interactive).toBe(false)
  await expect(prompter.confirm('Create it?', true)).rejects.toThrow('nobody can be asked')
  expect(stdout() + stderr()).toBe('')
})
