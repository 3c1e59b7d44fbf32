import { describe, expect, test } from 'vitest'
import { matching, openPrompter, type Prompter } from '../../src/cli/prompter.js'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import { askTarget } from '../../src/wizard/ask-target.js'
import { askTestMessage } from '../../src/wizard/ask-test-message.js'
import { fakeHost } from './fake-host.js'

/** Answers from a list, and remembers what it was asked. */
function scripted(answers: readonly (string | boolean)[]) {
  const asked: string[] = []
  const left = [...answers]
  const next = (question: string) => {
    asked.push(question)
    return left.shift()
  }
  const prompter: Prompter = {
    interactive: true,
    confirm: async (message, preset) => next(`${message} ${preset ? 'Y/n' : 'y/N'}`) === true,
    ask: async (message) => String(next(message)),
    choose: async (message, choices) => {
      const answer = String(next(`${message} ${choices.map(({ value, name = value }) => name).join(', ')}`))
      return choices.find(({ value }) => value === answer)?.value ?? ''
    },
  }
  return { prompter, asked }
}

const source = {
  queues: async () => ['orders', 'billing.fifo'],
  functions: async () => ['order-worker'],
}
const refused = async (): Promise<never> => {
  throw new SqsTriggerError('ACCESS_DENIED', 'AWS refused lambda:ListFunctions.')
}

describe('queue and function', () => {
  test('are chosen from live lists', async () => {
    const { prompter, asked } = scripted(['billing.fifo', 'order-worker'])
    const answers = await askTarget({ queue: undefined, function: undefined }, source, prompter, () => {})
    expect(answers).toEqual({ queue: 'billing.fifo', function: 'order-worker' })
    expect(asked).toEqual([
      'Queue (2 found, type to filter): billing.fifo, orders, Type a name or an ARN instead',
      'Function (1 found, type to filter): order-worker, Type a name or an ARN instead',
    ])
  })

  test('are not asked for when they were given', async () => {
    const { prompter, asked } = scripted(['order-worker'])
    const answers = await askTarget({ queue: 'orders', function: undefined }, source, prompter, () => {})
    expect(answers).toEqual({ queue: 'orders', function: 'order-worker' })
    expect(asked).toHaveLength(1)
  })

  test('are typed when the list is refused or empty, or when the person wants to', async () => {
    const notes: string[] = []
    const typed = scripted(['', ' arn:aws:sqs:eu-west-1:111122223333:orders ', 'worker'])
    const lists = { queues: source.queues, functions: refused }
    const answers = await askTarget(
      { queue: undefined, function: undefined },
      lists,
      typed.prompter,
      (line) => notes.push(line),
    )
    expect(answers).toEqual({ queue: 'arn:aws:sqs:eu-west-1:111122223333:orders', function: 'worker' })
    expect(notes).toEqual(['AWS does not let you list functions; type the name.'])

    const nothing = scripted(['orders'])
    await askTarget(
      { queue: undefined, function: 'f' },
      { ...source, queues: async () => [] },
      nothing.prompter,
      (line) => notes.push(line),
    )
    expect(notes.at(-1)).toBe('There are no queues in this account and Region.')
    expect(nothing.asked).toEqual(['Queue (name, URL or ARN):'])
  })

  test('end the run when reading them fails for another reason', async () => {
    const expired = async (): Promise<never> => {
      throw new SqsTriggerError('CREDENTIALS_EXPIRED', 'The session has expired.')
    }
    const asking = askTarget(
      { queue: undefined, function: undefined },
      { ...source, queues: expired },
      scripted([]).prompter,
      () => {},
    )
    await expect(asking).rejects.toMatchObject({ code: 'CREDENTIALS_EXPIRED' })
  })
})

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

test('names that begin with what was typed come first', () => {
  const choices = ['orders', 'old-orders', 'billing', 'Orders-eu'].map((value) => ({ value }))
  expect(matching(choices, 'ORD').map(({ value }) => value)).toEqual(['orders', 'Orders-eu', 'old-orders'])
  expect(matching(choices, undefined)).toHaveLength(4)
  expect(
    matching(
      Array.from({ length: 3000 }, (_, index) => ({ value: `queue-${index}` })),
      '',
    ),
  ).toHaveLength(50)
})

test('off a terminal nobody is asked, and inquirer is never loaded', async () => {
  const { host, stdout, stderr } = fakeHost([])
  const streams = openStreams(host, { color: undefined, ascii: false, input: true })
  const prompter = openPrompter(streams, new AbortController().signal)
  expect(prompter.interactive).toBe(false)
  await expect(prompter.confirm('Create it?', true)).rejects.toThrow('nobody can be asked')
  expect(stdout() + stderr()).toBe('')
})
