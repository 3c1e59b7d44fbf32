import { expect, test } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { listLines } from '../../src/wizard/list-lines.js'

const rows = [
  { name: 'import-of-orders-from-the-old-shop', cells: ['nodejs22.x', 'timeout 900 s', 'Active'] },
  { name: 'worker', cells: ['python3.13', 'timeout 3 s', 'Active, being updated'] },
].map((row, index) => ({
  ...row,
  mark: index === 0 ? "times out after the queue's 1 s" : '',
  active: index === 0,
}))

const lines = (columns: number, unicode = true) =>
  listLines(openPage(columns, unicode, plainPalette), { rows, empty: null, problem: null, canGoBack: false })

test.each([
  [
    140,
    [
      "❯ import-of-orders-from-the-old-shop  nodejs22.x  timeout 900 s  Active                 ! times out after the queue's 1 s",
      '  worker                              python3.13  timeout 3 s    Active, being updated',
    ],
  ],
  [
    79,
    [
      "❯ import-of-orders-from-the-old-shop  ! times out after the queue's 1 s",
      '  worker                              python3.13  timeout 3 s',
    ],
  ],
  [
    62,
    [
      '❯ import-of-orde…m-the-old-shop  ! times out after the queue…',
      '  worker                         python3.13  timeout 3 s',
    ],
  ],
  [
    40,
    [
      '❯ import-of-orders-from-the-old-shop !',
      '  worker',
      '    nodejs22.x · timeout 900 s · Active',
      "    · times out after the queue's 1 s",
    ],
  ],
])('on %i columns the reason against a row has room first, and is cut at its end', (columns, expected) => {
  const drawn = lines(columns)
  expect(drawn.slice(0, expected.length)).toEqual(expected)
  expect(Math.max(...drawn.map(({ length }) => length))).toBeLessThanOrEqual(columns)
})

test('in ASCII the symbol is one column wide', () => {
  expect(lines(79, false)[0]).toContain(" ! times out after the queue's 1 s")
})
