import { render } from '@inquirer/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { type ListQuestion, listPrompt } from '../../src/wizard/list-prompt.js'

/** A list whose pages the test hands out. */
function growing(names: readonly string[]) {
  const listeners = new Set<() => void>()
  let rows = names.map((name) => ({
    key: name,
    name,
    aliases: [`arn:aws:sqs:eu-west-1:111122223333:${name}`],
  }))
  let reading = true
  const seen: string[][] = []
  const change = () => {
    for (const listener of listeners) listener()
  }
  return {
    seen,
    page: (more: readonly string[], last = false) => {
      rows = [...rows, ...more.map((name) => ({ key: name, name, aliases: [] }))]
      reading = !last
      change()
    },
    source: {
      rows: () => rows,
      cells: ({ name }) => [name.endsWith('.fifo') ? 'FIFO' : 'standard'],
      look: (looked) => seen.push(looked.map(({ key }) => key)),
      reading: () => reading,
      onChange: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    } satisfies ListQuestion['source'],
  }
}

async function open(
  names: readonly string[],
  more: Partial<ListQuestion> = {},
  columns = 79,
  unicode = true,
) {
  const list = growing(names)
  const drawn = await render(listPrompt, {
    label: 'Queue',
    plural: 'queues',
    source: list.source,
    typeInstead: 'Type a name, URL or ARN',
    judge: (text) => (/^[\w.:-]+$/.test(text) ? undefined : 'No queue has such a name.'),
    canGoBack: true,
    ...more,
    screen: {
      page: () => openPage(columns, unicode, plainPalette),
      lines: () => 24,
      onResize: () => () => {},
    },
  })
  return { list, ...drawn }
}

/** What a renderer of terminals would show: lines without what stands behind them. */
const linesOf = (screen: string) => screen.split('\n').map((line) => line.trimEnd())

describe('a list that is still being read', () => {
  test('shows the first page, and how many there are so far', async () => {
    const { getScreen } = await open(['orders', 'billing.fifo'])
    expect(linesOf(getScreen())).toEqual([
      '? Queue (2 so far…)',
      '❯ billing.fifo  FIFO',
      '  orders        standard',
      '  Type a name, URL or ARN instead',
      '↑↓ move · type to filter · Enter selects · Esc goes back · Ctrl-C leaves',
    ])
  })

  test('shows later pages as they come, and keeps the row that is under the finger', async () => {
    const { list, getScreen, nextRender, events, answer } = await open(['orders'])
    list.page(['aardvark', 'zebra'], true)
    await nextRender()
    expect(linesOf(getScreen()).slice(0, 4)).toEqual([
      '? Queue (3)',
      '  aardvark  standard',
      '❯ orders    standard',
      '  zebra     standard',
    ])
    events.keypress('enter')
    await expect(answer).resolves.toMatchObject({ kind: 'row', row: { key: 'orders' } })
  })

  test('reads no more than is seen', async () => {
    const { list } = await open(Array.from({ length: 3000 }, (_, index) => `queue-${1000 + index}`))
    expect(list.seen.at(-1)).toHaveLength(10)
  })

  test('that turns out to be empty says so to who asked', async () => {
    const { list, answer } = await open([])
    list.page([], true)
    await expect(answer).resolves.toEqual({ kind: 'nothing' })
  })

  test('while nothing came yet, Enter does nothing', async () => {
    const { list, events, answer, getScreen, nextRender } = await open([])
    expect(getScreen()).toContain('Reading the queues…')
    events.keypress('enter')
    list.page(['orders'], true)
    await nextRender()
    events.keypress('enter')
    await expect(answer).resolves.toMatchObject({ kind: 'row' })
  })
})

describe('keys', () => {
  test('typing filters: the same name, then beginnings, then words, then the rest', async () => {
    const { events, getScreen, answer } = await open(['my-orders', 'preorders', 'orders-eu', 'orders', 'x'])
    events.type('orders')
    expect(linesOf(getScreen()).slice(0, 6)).toEqual([
      '? Queue (4 of 5 so far…) orders',
      '❯ orders     standard',
      '  orders-eu  standard',
      '  my-orders  standard',
      '  preorders  standard',
      '  Use “orders” as it is',
    ])
    events.keypress('down')
    events.keypress('enter')
    await expect(answer).resolves.toMatchObject({ row: { key: 'orders-eu' } })
  })

  test('after a move, typing goes on where it was', async () => {
    const { events, getScreen } = await open(['orders', 'orders-eu', 'orders-us'])
    events.type('ord')
    events.keypress('down')
    events.type('ers-u')
    expect(linesOf(getScreen())[0]).toBe('? Queue (1 of 3 so far…) orders-u')
  })

  test('up from the first row reaches the last, which asks for typing', async () => {
    const { events, answer } = await open(['orders'])
    events.keypress('up')
    events.keypress('enter')
    await expect(answer).resolves.toEqual({ kind: 'type' })
  })

  test('an ARN that is listed finds its row, another is taken as it is', async () => {
    const listed = await open(['orders', 'billing'])
    listed.events.type('arn:aws:sqs:eu-west-1:111122223333:orders')
    listed.events.keypress('enter')
    await expect(listed.answer).resolves.toMatchObject({ kind: 'row', row: { key: 'orders' } })
    const other = await open(['orders'])
    other.events.type('arn:aws:sqs:eu-west-1:444455556666:orders')
    other.events.keypress('enter')
    await expect(other.answer).resolves.toEqual({
      kind: 'typed',
      text: 'arn:aws:sqs:eu-west-1:444455556666:orders',
    })
  })

  test('what can be no name is refused with the reason, and can be corrected', async () => {
    const { events, getScreen, nextRender, answer } = await open(['orders'])
    events.type('b?')
    events.keypress('enter')
    await nextRender()
    expect(getScreen()).toContain('> No queue has such a name.')
    events.keypress('backspace')
    events.keypress('enter')
    await expect(answer).resolves.toEqual({ kind: 'typed', text: 'b' })
  })

  test('Esc goes back where that is possible', async () => {
    const { events, answer } = await open(['orders'])
    events.keypress('escape')
    await expect(answer).resolves.toEqual({ kind: 'back' })
    const first = await open(['orders'], { canGoBack: false })
    first.events.keypress('escape')
    first.events.keypress('enter')
    await expect(first.answer).resolves.toMatchObject({ kind: 'row' })
  })

  test('the kept answer is under the cursor', async () => {
    const { events, answer } = await open(['orders', 'billing', 'zoo'], { preset: 'orders' })
    events.keypress('enter')
    await expect(answer).resolves.toMatchObject({ row: { key: 'orders' } })
  })
})

test('on 40 columns names stand alone, and what helps to choose below them', async () => {
  const { getScreen } = await open(['orders', `a-${'very-'.repeat(10)}long-name`], {}, 39)
  expect(linesOf(getScreen())).toEqual([
    '? Queue (2 so far…)',
    '❯ a-very-very-very-v…ry-very-long-name',
    '  orders',
    '  Type a name, URL or ARN instead',
    '    standard',
    '↑↓ move · type to filter · Enter',
    '  selects · Esc goes back · Ctrl-C',
    '  leaves',
  ])
})

test('the last row keeps its words where the window is narrow', async () => {
  const { getScreen, events } = await open(['orders'], { typeInstead: 'Type a name, name:alias or ARN' }, 39)
  expect(linesOf(getScreen())).toContain('  Type a name instead')
  events.type('arn:aws:sqs:eu-west-1:111122223333:not-there')
  expect(linesOf(getScreen())).toContainEqual(
    expect.stringMatching(/^❯ Use “arn:aws:sq\S*…\S+there” as it is$/),
  )
})

test('in ASCII nothing else is written', async () => {
  const { getScreen, events } = await open(['orders'], {}, 79, false)
  events.type('x')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is meant
  expect(getScreen()).toMatch(/^[\u0000-\u007f]*$/)
})

test('whatever is pressed, no line is longer than the page, and one row at most is active', async () => {
  const key = fc.constantFrom(
    'up',
    'down',
    'pageup',
    'pagedown',
    'tab',
    'backspace',
    'home',
    'left',
    'o',
    'r',
    '-',
    '?',
  )
  const keys = fc.array(key, { maxLength: 25 })
  await fc.assert(
    fc.asyncProperty(keys, fc.constantFrom(25, 39, 79), async (pressed, columns) => {
      const names = Array.from({ length: 30 }, (_, index) => `${'or-'.repeat(index)}${index}`)
      const { events, getScreen, answer } = await open(names, {}, columns)
      for (const one of pressed) one.length === 1 ? events.type(one) : events.keypress(one)
      const lines = linesOf(getScreen())
      expect(Math.max(...lines.slice(1).map((line) => line.length))).toBeLessThanOrEqual(columns)
      expect(lines.filter((line) => line.startsWith('❯')).length).toBeLessThanOrEqual(1)
      events.keypress('escape')
      await expect(answer).resolves.toEqual({ kind: 'back' })
    }),
    { numRuns: 40 },
  )
})
