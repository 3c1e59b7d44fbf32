import { expect, test } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { hopLines, proofLines } from '../../src/report/text/proof.js'
import { proof } from './samples.js'

const page = (columns: number) => openPage(columns, true, plainPalette)

test('the line of the handler stands by itself as it was written, and cannot drive the terminal', () => {
  const hop = { hop: 'log', outcome: 'seen', detail: 'it stands in the log', elapsedMs: 1 } as const
  const file = openPage(30, true, plainPalette, Number.POSITIVE_INFINITY)
  const shownAs = (line: string, on = file) => hopLines(on, { ...hop, line })
  expect(shownAs('INFO  two  blanks, and longer than the page is wide\n')).toEqual([
    '✓ Log           0.0 s  it',
    '    stands in the log',
    '    INFO  two  blanks, and longer than the page is wide',
  ])
  const id = '5f0e1d6c-1111-4222-8333-444455556666'
  expect(shownAs(`INFO got message ${id}, {"a":1,"b":"${id}"}`, page(60)).slice(1)).toEqual([
    `    INFO got message ${id},`,
    `    {"a":1,"b":"${id}"}`,
  ])
  expect(shownAs(`INFO got message ${id} and more`, page(50)).slice(1)).toEqual([
    '    INFO got message',
    `    ${id} and more`,
  ])
  expect(shownAs('x'.repeat(99), page(50)).at(-1)).toBe(`    ${'x'.repeat(99)}`)
  expect(shownAs('a\u001b[2Jb').at(-1)).toBe('    ab')
  expect(shownAs('x'.repeat(5000)).at(-1)).toBe(`    ${'x'.repeat(400)}…`)
})

test('the stack of a handler keeps its indentation, cannot drive the terminal, and is cut', () => {
  const errorLines = [
    'Error: \u001b[31mno\u0007',
    '    at handler (a.mjs:3:11)',
    ...Array(20).fill('    at more'),
  ]
  const hop = {
    hop: 'invoked',
    outcome: 'failed',
    detail: 'it failed',
    elapsedMs: 61_000,
    errorLines,
  } as const
  const [first, ...stack] = hopLines(page(80), hop)
  expect(first).toBe('✗ Invoked        1:01  it failed')
  expect(stack.slice(0, 2)).toEqual(['    Error: no', '        at handler (a.mjs:3:11)'])
  expect(stack).toHaveLength(6)
  expect(stack.join()).not.toMatch(/node:|runtime/)
  expect(hopLines(page(80), { ...hop, detail: errorLines[0] ?? '' })[1]).toBe(
    '        at handler (a.mjs:3:11)',
  )
})

test('what could explain a doubt stands below the verdict', () => {
  const doubts = ['orders held 4 other messages, which may come first.']
  expect(proofLines(page(80), { ...proof, level: 'none', doubts }).slice(-2)).toEqual([
    'What could explain it:',
    '  orders held 4 other messages, which may come first.',
  ])
})

test('a message that reached a function which failed on it is told as delivered', () => {
  const failed = { hop: 'invoked', outcome: 'failed', detail: 'it failed', elapsedMs: 1 } as const
  const strong = { ...proof, level: 'strong', functionFailed: true, evidence: [failed] } as const
  expect(proofLines(page(100), strong)[0]).toBe(
    '✗ Delivered, evidence strong: the message reached the function, which failed on it',
  )
  expect(proofLines(page(120), { ...strong, level: 'none' })[0]).toMatch(/^✗ Failed, evidence none: /)
  expect(proofLines(page(120), proof, 25)[0]).toMatch(/^✓ Proof strong for the first of 25 messages: /)
})
