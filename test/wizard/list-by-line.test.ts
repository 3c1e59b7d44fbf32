import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { StoppedAtQuestion } from '../../src/cli/stopped.js'
import { listByLine } from '../../src/wizard/list-by-line.js'
import type { ListQuestion, ListRow } from '../../src/wizard/list-prompt.js'

const arn = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`
const rowsOf = (names: readonly string[]): readonly ListRow[] =>
  names.map((name) => ({ key: name, name, aliases: [arn(name)] }))
const teams = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => `team-${String(from + index).padStart(2, '0')}`)

/** A list whose pages the test hands out, and a person who answers; what is said is kept. */
function open(names: readonly string[], answers: readonly string[], more: Partial<ListQuestion> = {}) {
  const listeners = new Set<() => void>()
  let rows = rowsOf(names)
  let reading = false
  const looked: string[][] = []
  const said: string[] = []
  const left = [...answers]
  const events: Record<string, () => void> = {}
  const question: ListQuestion = {
    label: 'Queue',
    plural: 'queues',
    source: {
      rows: () => rows,
      cells: ({ name }) => [name.endsWith('.fifo') ? 'FIFO' : 'standard', '', '3 waiting'],
      look: (seen) => looked.push(seen.map(({ key }) => key)),
      reading: () => reading,
      onChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    typeInstead: 'Type a name, URL or ARN',
    judge: (text) => (/^[\w./:-]+$/.test(text) ? undefined : 'No queue has such a name.'),
    canGoBack: false,
    ...more,
  }
  const controller = new AbortController()
  const once = new Set<string>()
  const talk = {
    say: (text: string) => void said.push(text),
    once: (text: string) => {
      if (!once.has(text)) said.push(text)
      once.add(text)
    },
    answer: async (asked: string) => {
      said.push(`? ${asked}`)
      const answer = left.shift()
      if (answer === undefined) throw new Error(`nobody said what to answer to “${asked}”`)
      events[answer]?.()
      return answer
    },
  }
  return {
    said,
    looked,
    listeners,
    controller,
    events,
    /** The next page; the last one ends the reading. */
    page: (added: readonly string[], last: boolean) => {
      rows = [...rows, ...rowsOf(added)]
      reading = !last
      for (const listener of listeners) listener()
    },
    stillReading: () => {
      reading = true
    },
    answer: () => listByLine(question, talk, controller.signal),
  }
}

const row = (name: string) => ({ kind: 'row', row: { key: name, name, aliases: [arn(name)] } })
const how = 'Type a name, URL or ARN, or a number of the list, or a part of a name to search. Ctrl-C leaves.'

test('the first page is told with numbers and with what helps to choose, and how to answer', async () => {
  const list = open(['orders', ...teams(1, 12)], ['2'])
  expect(await list.answer()).toEqual(row('team-01'))
  expect(list.said).toEqual([
    'Queues: 13. The first 10:',
    '1. orders: standard, 3 waiting',
    ...teams(1, 9).map((name, index) => `${index + 2}. ${name}: standard, 3 waiting`),
    '3 more: type more.',
    how,
    '? Queue:',
    'Chosen: team-01',
  ])
  expect(list.looked).toEqual([['orders', ...teams(1, 9)]])
  expect(list.listeners.size).toBe(0)
})

test.each<[string, readonly string[], unknown, readonly string[]]>([
  ['a whole name', ['orders'], row('orders'), ['Chosen: orders']],
  ['an ARN', [arn('orders-dlq')], row('orders-dlq'), ['Chosen: orders-dlq']],
  ['a name of somewhere else', ['elsewhere'], { kind: 'typed', text: 'elsewhere' }, []],
  ['a URL', ['https://sqs/1/orders'], { kind: 'typed', text: 'https://sqs/1/orders' }, []],
  [
    'a part of a name, then Enter for the only one',
    ['DLQ', ''],
    row('orders-dlq'),
    [
      'Queues with “DLQ”: 1.',
      '1. orders-dlq: standard, 3 waiting',
      'Type the same again to use it as it is.',
      '? Queue, or Enter for orders-dlq:',
      'Chosen: orders-dlq',
    ],
  ],
  [
    'a part of a name, which is a name of somewhere else',
    ['order', 'order'],
    { kind: 'typed', text: 'order' },
    [
      'Queues with “order”: 2.',
      '1. orders: standard, 3 waiting',
      '2. orders-dlq: standard, 3 waiting',
      'Type the same again to use it as it is.',
      '? Queue:',
    ],
  ],
  [
    'nothing',
    ['', '2'],
    row('orders'),
    ['Type a number from 1 to 3, or a name.', '? Queue:', 'Chosen: orders'],
  ],
  [
    'a part of two names, then another part',
    ['ord', 'bill', '1'],
    row('billing'),
    [
      'Queues with “ord”: 2.',
      '1. orders: standard, 3 waiting',
      '2. orders-dlq: standard, 3 waiting',
      'Type the same again to use it as it is.',
      '? Queue:',
      'Queues with “bill”: 1.',
      '1. billing: standard, 3 waiting',
      '? Queue, or Enter for billing:',
      'Chosen: billing',
    ],
  ],
  [
    'no number of the list',
    ['4', '3'],
    row('orders-dlq'),
    ['The numbers go from 1 to 3.', '? Queue:', 'Chosen: orders-dlq'],
  ],
  ['no name', ['a b', '1'], row('billing'), ['No queue has such a name.', '? Queue:', 'Chosen: billing']],
  [
    'more where there is no more',
    ['more', '1'],
    row('billing'),
    ['That was all.', '? Queue:', 'Chosen: billing'],
  ],
  [
    'back where there is nothing before',
    ['<', '1'],
    row('billing'),
    ['There is no question to go back to.', '? Queue:', 'Chosen: billing'],
  ],
])('%s', async (_, answers, wanted, said) => {
  const list = open(['billing', 'orders', 'orders-dlq'], answers)
  expect(await list.answer()).toEqual(wanted)
  const at = list.said.indexOf('? Queue:') + 1
  expect(list.said.slice(at)).toEqual(said)
})

test.each<[string, string, readonly string[], unknown]>([
  ['of the list', 'orders', [''], row('orders')],
  ['from elsewhere', arn('far'), [''], { kind: 'typed', text: arn('far') }],
])('the answer that was given before is kept: %s', async (_, preset, answers, wanted) => {
  const list = open(['billing', 'orders'], answers, { preset })
  expect(await list.answer()).toEqual(wanted)
  expect(list.said).toContain(`? Queue, or Enter for ${preset}:`)
})

test('Enter means the name that it says, also where that is a number of the list', async () => {
  const list = open(['1', '2', '3'], [''], { preset: '3' })
  expect(await list.answer()).toEqual(row('3'))
  const other = open(['2', '3', '4'], [''], { preset: '3' })
  expect(await other.answer()).toEqual(row('3'))
})

test('a page that arrives later changes no number that was told', async () => {
  const list = open(teams(5, 9), ['more', '1'])
  list.stillReading()
  list.events.more = () => list.page(['billing', 'orders'], true)
  vi.useFakeTimers()
  const answer = list.answer()
  await vi.advanceTimersByTimeAsync(1_000)
  vi.useRealTimers()
  expect(await answer).toEqual(row('team-05'))
  expect(list.said[0]).toBe('Queues: 5 so far, more are being read.')
  expect(list.said.slice(-5)).toEqual([
    '? Queue:',
    '6. billing: standard, 3 waiting',
    '7. orders: standard, 3 waiting',
    '? Queue:',
    'Chosen: team-05',
  ])
})

test('where only a row may be chosen, no name is taken as it is', async () => {
  const list = open(['orders'], ['nosuch', '1'], { typeInstead: null })
  expect(await list.answer()).toEqual(row('orders'))
  expect(list.said).toContain('No name holds “nosuch”.')
})

describe('while nothing has arrived', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  test('it says that it reads, and tells the first page once it is there', async () => {
    const list = open([], ['1'])
    list.stillReading()
    const answer = list.answer()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(list.said).toEqual(['Reading the queues.'])
    list.page(['orders'], true)
    expect(await answer).toEqual(row('orders'))
  })

  test('nothing at all is no question', async () => {
    expect(await open([], []).answer()).toEqual({ kind: 'nothing' })
  })

  test('what helps to choose is waited for, but not for ever', async () => {
    const source = { rows: () => rowsOf(['orders']), cells: () => [], look: () => {}, reading: () => false }
    const unsettled = open(['orders'], ['1'], {
      source: { ...source, settled: () => false, onChange: () => () => {} },
    })
    const answer = unsettled.answer()
    await vi.advanceTimersByTimeAsync(1_999)
    expect(unsettled.said).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    expect(await answer).toEqual(row('orders'))
  })

  test('a signal ends it', async () => {
    const list = open([], [])
    list.stillReading()
    const answer = list.answer()
    list.controller.abort()
    await expect(answer).rejects.toBeInstanceOf(StoppedAtQuestion)
    expect([list.listeners.size, vi.getTimerCount()]).toEqual([0, 0])
  })
})
