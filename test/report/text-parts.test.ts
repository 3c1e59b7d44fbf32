import { describe, expect, test } from 'vitest'
import { nameIn } from '../../src/arn.js'
import { SqsTriggerError } from '../../src/errors.js'
import { cleanLines, cleanText } from '../../src/report/clean-text.js'
import { toAscii } from '../../src/report/glyphs.js'
import { fill, openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { commandLines, isCommand } from '../../src/report/text/command-lines.js'
import { failureLines } from '../../src/report/text/failure-lines.js'
import { countsOf, findingsLines } from '../../src/report/text/findings.js'
import { gapBlocks } from '../../src/report/text/gap-lines.js'
import { proofLines } from '../../src/report/text/proof.js'
import { elapsed, joined } from '../../src/report/text/sentences.js'
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

test.each<[string, boolean]>([
  ['aws sts get-caller-identity --region eu-west-1', true],
  ["sqs-trigger send orders --body 'Really? Yes. No.'", true],
  ['aws sts get-caller-identity. If they are good, is the Region af-south-1 enabled in the account?', false],
  ['sqs-trigger list shows what exists.', false],
])('%j is a command: %s', (line, is) => {
  expect(isCommand(line)).toBe(is)
})

test('a hint in prose is filled, however it begins', () => {
  const hint =
    'Check the keys with: aws sts get-caller-identity. If they are good, is the Region eu-south-2 enabled in the account?'
  const error = new SqsTriggerError('CREDENTIALS_REJECTED', 'AWS does not know the access key.', { hint })
  const lines = failureLines(page(60), error, { debug: false, hint: true })
  expect(lines.join('\n')).not.toContain('\\')
  expect(lines.slice(1).join(' ').replaceAll(/ +/g, ' ').trim()).toBe(hint)
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

  test.each([
    [92, 'STATE,BATCH,MAPPING', true],
    [80, 'STATE,MAPPING', false],
    [79, 'STATE', true],
    [60, 'STATE', true],
  ])('at %i columns keep %s, and below 80 rather whole names', (width, titles, whole) => {
    const named = [
      { title: 'QUEUE', dispensable: 0, shortens: 'last' },
      { title: 'FUNCTION', dispensable: 0, shortens: 'last' },
      { title: 'STATE', dispensable: 0 },
      { title: 'BATCH', dispensable: 2 },
      { title: 'MAPPING', dispensable: 1 },
    ] as const
    const [queue, lambda] = ['incoming-orders-eu', 'order-workers-eu']
    const [head, row] = tableLines(page(width), named, [[queue, lambda, 'Enabled', '10', 'u'.repeat(36)]])
    expect(head?.split(/ +/)).toEqual(['QUEUE', 'FUNCTION', ...titles.split(',')])
    expect(row?.includes(queue) && row.includes(lambda)).toBe(whole)
    expect(row?.length).toBeLessThanOrEqual(width)
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
      '    sqs-trigger list --region eu-west-1',
    ])
  })

  test('of which nothing is known tell the request once', () => {
    const message = 'SQS refused ListQueues: TeapotException: I am a teapot (request r-1)'
    const error = new SqsTriggerError('REJECTED_BY_AWS', message, {
      aws: {
        service: 'sqs',
        operation: 'ListQueues',
        code: 'TeapotException',
        message: 'x',
        requestId: 'r-1',
      },
    })
    expect(failureLines(page(80), error, { debug: false, hint: true })).toEqual([`✗ ${message}`])
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
  [{ ...proof, level: 'none' }, '✗ Proof none: what was seen does not show that the message was delivered'],
  [
    { ...proof, functionFailed: true },
    '✗ Proof strong: the message reached the function, which was not seen to handle it to its end',
  ],
] as const)('the verdict never says more than was seen: %#', (seen, line) => {
  expect(proofLines(page(100), seen)[0]).toBe(line)
})

test('a command that mends several findings stands once, with the last of them', () => {
  const commands = [{ shell: 'posix', text: 'aws iam put-role-policy --role-name r' }] as const
  const fix = { summary: 'Give it.', automatic: true, commands }
  const failing = findings.filter(({ status, severity }) => status === 'fail' && severity === 'error')
  const both = failing
    .slice(0, 1)
    .flatMap((one) =>
      ['role-lacks-receive-message', 'role-lacks-delete-message'].map((rule) => ({ ...one, rule, fix })),
    )
  const told = findingsLines(page(80), both, false).join('\n')
  expect(told.match(/aws iam put-role-policy/g)).toHaveLength(1)
  expect(told).toMatch(
    /Fix {3}The command below, under role-lacks-delete-message,\s+fixes this too\.[\s\S]*aws iam put-role-policy/,
  )
})

describe('what could not be read', () => {
  const [sample] = findings.filter(({ status }) => status === 'unknown')
  if (!sample) throw new TypeError('the samples have an unknown')
  const open = (rule: string, problem: string, reason: string, permission: string | null) => ({
    ...sample,
    rule,
    gap: { problem, reason, permission, class: 'core' as const },
  })
  const refused = 'sqs:GetQueueAttributes was refused'
  const gaps = [
    open('queue-not-found', 'The queue does not exist', refused, 'sqs:GetQueueAttributes'),
    open('role-not-found', 'The role does not exist', 'iam:GetRole was throttled', null),
    open('key-not-usable', 'The key cannot be used', refused, 'sqs:GetQueueAttributes'),
  ]

  test('is one block for each cause, with the permission and everything that it leaves open', () => {
    expect(gapBlocks(page(80), [...findings.filter(({ status }) => status === 'pass'), ...gaps])).toEqual([
      [
        '? unknown: sqs:GetQueueAttributes was refused, so these 2 cannot be ruled out:',
        '    - The queue does not exist (queue-not-found)',
        '    - The key cannot be used (key-not-usable)',
        '  Fix   The permission sqs:GetQueueAttributes would settle them.',
      ],
      [
        '? unknown: iam:GetRole was throttled, so this cannot be ruled out:',
        '    - The role does not exist (role-not-found)',
      ],
    ])
  })
})
