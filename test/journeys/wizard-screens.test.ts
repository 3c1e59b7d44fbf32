import { expect, test } from 'vitest'
import { startJourney } from '../support/journey.js'
import { openScreen, type Screen } from '../support/live-screen.js'
import { settled } from '../support/settled-text.js'
import { enter } from '../support/wizard-walk.js'

test.each([
  // There is room for what is known of one row, or of all.
  ['40', 40, [], 'waiting · visibility'],
  ['ascii', 80, ['--ascii'], 'dead-letter queue of orders'],
] as const)('what the wizard shows, question by question, at %s', async (name, columns, flags, known) => {
  const journey = await startJourney()
  // Nothing to warn of: the commands of fixes hold the address of the sandbox, which a narrow screen breaks anywhere.
  await journey.seed([
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: {
        QueueUrl: journey.queueUrl('orders-dlq'),
        Attributes: { MessageRetentionPeriod: '1209600' },
      },
    },
  ])
  const screen = openScreen({ ...journey.env, NO_COLOR: '1' }, ['wire', ...flags], { columns })
  const seen: string[] = []
  const look = async (question: string, ...shown: readonly string[]) => {
    await screen.asks(question)
    for (const text of shown) await screen.shows(text)
    seen.push(`--- ${question}`, ...openQuestion(screen))
  }
  await look('Queue (2)', known, name === '40' ? 'orders-dlq !' : '! dead-letter queue of orders')
  screen.type(enter)
  await look('Function (1)', 'Active')
  screen.type(enter)
  await look('Settings')
  screen.type(enter)
  await look('Connect orders to worker')
  screen.type(enter)
  await look('Send a test message now?')
  screen.type(enter)
  expect(await screen.exited).toBe(0)
  await screen.shows('undo')
  const text = settled([...seen, '--- in the end', ...screen.lines(), ''].join('\n'), journey)
  await expect(text).toMatchFileSnapshot(`./snapshots/wizard-${name}.txt`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is looked for
  if (name === 'ascii') expect(text).not.toMatch(/[^\u0000-\u007f]/)
  else expect(text.split('\n').filter((line) => line.length > columns)).toEqual([])
})

/** From the question to the end of the screen. */
function openQuestion(screen: Screen): readonly string[] {
  const lines = screen.lines()
  return lines.slice(lines.findLastIndex((line) => line.startsWith('? ')))
}
