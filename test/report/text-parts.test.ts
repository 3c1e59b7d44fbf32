import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { cleanLines, cleanText } from '../../src/report/clean-text.js'
import { toAscii } from '../../src/report/glyphs.js'
import { fill, openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { commandLines } from '../../src/report/text/command-lines.js'
import { failureLines } from '../../src/report/text/failure-lines.js'
import { countsOf } from '../../src/report/text/findings.js'
import { proofLines } from '../../src/report/text/proof.js'
import { elapsed, joined, nameIn } from '../../src/report/text/sentences.js'
import { tableLines } from '../../src/report/text/table.js'
import { findings, functionArn, proof, queueArn } from './samples.js'

const page = (columns: number) => openPage(columns, true, plainPalette)

test.each([
  ['orders', 'orders'],
  ['\u001b[31mred\u001b[0m', 'red'],
  ['\u001b]0;title\u0007after', 'after'],
  ['\u001b]8;;http://x\u001b\\link', 'link'],
  ['a\u0007b\u0000c\u009bd', 'abcd'],
  ['one\ntwo\tthree', 'one two three'],
  ['abc\u202egnp.exe', 'abcgnp.exe'],
  ['ünïcödé ✓', 'ünïcödé ✓'],
])('%j is shown as %j', (text, clean) => {
  expect(cleanText(text)).toBe(clean)
})

test('line breaks may stay, and ASCII is ASCII', () => {
  expect(cleanLines('a\u001b[1m\r\nb')).toBe('a\nb')
  expect(toAscii('✓ a → b · c – “d” ü')).toBe('ok a -> b | c - "d" ?')
})

test.each([
  [80, ['  aws sqs create-queue --queue-name orders --region eu-west-1']],
  [44, ['  aws sqs create-queue --queue-name orders \\', '    --region eu-west-1']],
  [20, ['  aws sqs \\', '    create-queue \\', '    --queue-name orders \\', '    --region eu-west-1']],
])('a command at %i columns is the same command', (columns, lines) => {
  const command = 'aws sqs create-queue --queue-name orders --region eu-west-1'
  expect(commandLines(page(columns), command, 2)).toEqual(lines)
})

test('two commands in a row begin a line each', () => {
  expect(commandLines(page(40), 'aws sqs create-queue --queue-name q && aws sqs tag-queue', 0)).toEqual([
    'aws sqs create-queue --queue-name q && \\',
    'aws sqs tag-queue',
  ])
})

test.each([
  `aws x --policy '{"a": "b c", "d": [1, 2]}' --region eu-west-1 --profile "my profile"`,
  `sqs-trigger wire orders 'it'\\''s mine' --filter '{"body":{"kind":["a b"]}}' --yes`,
])('what stands in quotes is never broken: %s', (command) => {
  const lines = commandLines(page(20), command, 4)
  expect(lines.map((line) => line.replace(/ \\$/, '').trim()).join(' ')).toBe(command)
  expect(
    lines.every((line) => (line.replaceAll(String.raw`\'`, '').match(/'/g) ?? []).length % 2 === 0),
  ).toBe(true)
})

test('words are filled, long ones stay whole', () => {
  expect(fill(page(20), 'one two three four five six', 2, 4)).toEqual([
    '  one two three four',
    '    five six',
  ])
  expect(fill(page(20), `see ${'x'.repeat(30)} there`)).toEqual(['see', 'x'.repeat(30), 'there'])
})

describe('tables', () => {
  const columns = [
    { title: 'QUEUE', dispensable: 0 },
    { title: 'BATCH', dispensable: 2 },
    { title: 'MAPPING', dispensable: 1 },
  ]
  const rows = [['o'.repeat(20), '10', 'u'.repeat(36)]]
  test.each([
    [100, ['QUEUE', 'BATCH', 'MAPPING']],
    [60, ['QUEUE', 'MAPPING']],
  ])('at %i columns show %j', (width, titles) => {
    expect(tableLines(page(width), columns, rows)[0]?.split(/ +/)).toEqual(titles)
  })

  test('become records where they do not fit', () => {
    expect(tableLines(page(40), columns, rows)).toEqual([
      `QUEUE    ${'o'.repeat(20)}`,
      'BATCH    10',
      `MAPPING  ${'u'.repeat(36)}`,
    ])
  })
})

test.each([
  [queueArn, 'orders'],
  [functionArn, 'order-worker'],
  [`${functionArn}:live`, 'order-worker:live'],
  ['arn:aws:iam::1:role/path/name', 'role/path/name'],
])('%s is called %s', (arn, name) => {
  expect(nameIn(arn)).toBe(name)
})

test('times, lists and counts', () => {
  expect([elapsed(0), elapsed(38_900), elapsed(3_725_000)]).toEqual(['0:00', '0:38', '62:05'])
  expect([joined([]), joined(['a']), joined(['a', 'b', 'c'], 'or')]).toEqual(['', 'a', 'a, b or c'])
  expect(countsOf(findings)).toBe('2 passed, 1 failed, 1 unknown, 1 warning, 1 note')
  expect(countsOf([])).toBe('nothing to check')
})

describe('failures', () => {
  test('say what failed, what AWS answered, and last what to type', () => {
    const error = new SqsTriggerError('ACCESS_DENIED', 'AWS does not let you list queues.', {
      hint: 'Ask for sqs:ListQueues, or run:\ncontinue: sqs-trigger list --region eu-west-1',
      aws: { service: 'sqs', operation: 'ListQueues', code: 'AccessDenied', message: 'no', requestId: 'r-1' },
    })
    expect(failureLines(page(80), error, { debug: false, hint: true })).toEqual([
      '✗ AWS does not let you list queues.',
      '  AccessDenied from sqs:ListQueues, request r-1',
      '  Ask for sqs:ListQueues, or run:',
      '  continue:',
      '  sqs-trigger list --region eu-west-1',
    ])
  })

  test('with --debug show the chain of causes, cleaned', () => {
    const cause = new Error('socket \u001b[31mhang up')
    const lines = failureLines(page(80), new SqsTriggerError('INTERNAL', 'A bug.', { cause }), {
      debug: true,
      hint: true,
    })
    expect(lines).toContain('  caused by Error: socket hang up')
    expect(lines.filter((line) => line.includes('    at ')).length).toBeGreaterThan(1)
  })

  test('an interruption is no failure mark', () => {
    expect(
      failureLines(page(80), new SqsTriggerError('INTERRUPTED', 'Cancelled.'), { debug: false, hint: true }),
    ).toEqual(['Cancelled.'])
  })
})

test.each([
  [
    { ...proof, level: 'medium' },
    '✓ Proof medium: the function ran without error after the send, and the message is gone',
  ],
  [{ ...proof, level: 'weak' }, '? Proof weak: the message is gone; nothing was seen of the function'],
  [{ ...proof, level: 'none' }, '✗ Proof none: nothing was seen of the message after it was sent'],
  [{ ...proof, functionFailed: true }, '✗ Proof strong: the function failed on the message'],
] as const)('the verdict never says more than was seen: %#', (seen, line) => {
  expect(proofLines(page(100), seen)[0]).toBe(line)
})
