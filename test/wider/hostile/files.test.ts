import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runProgram } from '../../../src/cli/program.js'
import { SqsTriggerError } from '../../../src/errors.js'
import { readManifest } from '../../../src/fleet/manifest/read-manifest.js'
import { readEntry } from '../../../src/operations/journal/entry.js'
import { rules } from '../../../src/preflight/rules/index.js'
import { fakeHost } from '../../cli/fake-host.js'
import { movedTime } from '../matrix/moved-time.js'
import { openStage, type Stage } from '../matrix/stage.js'
import { evil } from './hostile-stage.js'
import { expectSound } from './sound.js'

const folder = mkdtempSync(join(tmpdir(), 'sqs-trigger-files-'))
afterAll(() => rmSync(folder, { recursive: true }))
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
  return () => stage.close()
})

const laughs = [...'bcdefghij'].map(
  (name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(', ')}]`,
)
const files: Readonly<Record<string, string | Buffer>> = {
  'no UTF-8': Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0xc0, 0x80, 0x22, 0x3a, 0x31, 0x7d]),
  'UTF-16': Buffer.from('\ufeff{"a":1}', 'utf16le'),
  'controls and marks': `name: ${JSON.stringify(evil)}\n${evil}: 1\n`,
  'controls and marks as JSON': JSON.stringify({
    [evil]: [evil],
    findings: [{ rule: evil }],
    Records: [{ body: evil }],
  }),
  'deep lists': '['.repeat(300_000),
  'deep JSON': `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
  'deep blocks': Array.from({ length: 1_200 }, (_, level) => `${' '.repeat(level)}a:`).join('\n'),
  'billion laughs': ['a: &a [x]', ...laughs].join('\n'),
  'an alias in itself': 'a: &a {b: *a}',
  prototypes:
    '{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"a":{"__proto__":1}}',
  'keys twice': '{"name":"a","name":"b","findings":[],"findings":{}}',
  'numbers as texts':
    'name: 1\nsettings: {batch-size: "5", batch-window: 1e3}\ntriggers: [{queue: 7, function: 0x10}]',
  'a line of megabytes': `name: ${'x'.repeat(3_000_000)}`,
  'a line of just less': `name: "${'\\u202e'.repeat(150_000)}"`,
  nothing: '',
  zeros: Buffer.alloc(1_000),
}

const readers: readonly (readonly string[])[] = [
  ['plan', '-f'],
  ['apply', '--yes', '-f'],
  ['preflight', 'plain', 'worker', '--config'],
  ['preflight', 'plain', 'worker', '--sample'],
  ['send', 'plain', '--body-file'],
  ['audit', '--fail-on', 'never', '--baseline'],
]

const cases = readers.flatMap((reader) =>
  Object.keys(files).map((file) => [reader.join(' '), file, reader] as const),
)

test.each(cases)('%s: %s', async (_words, what, reader) => {
  const path = join(folder, 'given')
  writeFileSync(path, files[what] ?? '')
  const time = movedTime(stage.sandbox, stage.calls.isStuck)
  const started = performance.now()
  for (const format of ['json', 'text'] as const) {
    const { host, stdout, stderr } = fakeHost([...reader, path, '--output', format, '--no-color'], {
      env: stage.env,
    })
    const code = await time.drive(runProgram({ ...host, surroundings: time }, new AbortController().signal))
    expectSound(format, { code, stdout: stdout(), stderr: stderr() })
    expect(stderr()).not.toContain('This is a bug')
    // A page of what is wrong can be read, a megabyte of it cannot.
    expect(stderr().length).toBeLessThan(10_000)
  }
  time.close()
  expect(performance.now() - started).toBeLessThan(5_000)
})

const word = fc.oneof(
  fc.constantFrom(
    ...[
      'name',
      'settings',
      'triggers',
      'ignore',
      'environments',
      'queue',
      'function',
      'rule',
      'reason',
      'expires',
    ],
    ...[
      'batch-size',
      'filters',
      'tags',
      'null',
      'true',
      '~',
      '1e999',
      '-0',
      '0042',
      '2027-02-30',
      '<<',
      '__proto__',
    ],
    ...[
      'orders',
      'worker:live',
      'no-dead-letter-queue',
      'arn:aws:sqs:eu-west-1:111122223333:a',
      '!!binary aGk=',
    ],
    ...['&a', '*a', '|', '>', '---', '...', '%YAML 1.1', '? ', '"', "'", '#', '{}', '[]', '\t', evil],
  ),
  fc.string({ unit: 'binary', maxLength: 6 }),
)
const yamlLine = fc
  .tuple(
    fc.nat(4),
    fc.constantFrom('', '- ', '- - '),
    word,
    fc.constantFrom(': ', ' ', ', ', ': [', ': {'),
    word,
  )
  .map(([indent, dash, ...rest]) => `${'  '.repeat(indent)}${dash}${rest.join('')}`)
const anyText = fc.oneof(
  fc.array(yamlLine, { maxLength: 12 }).map((lines) => lines.join('\n')),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 40 }),
)

test('any text is a file of triggers, or is told line by line why it is none', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        const { triggers } = readManifest({ file: 'sqs-trigger.yaml', text }, undefined, rules)
        expect(Array.isArray(triggers)).toBe(true)
      } catch (error) {
        if (!(error instanceof SqsTriggerError)) throw error
        expect(error.code).toBe('USAGE')
        expect(error.hint).toMatch(/^sqs-trigger\.yaml:\d+:\d+: /)
      }
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    }),
    { numRuns: 5_000 },
  )
})

test('any text is an entry of the journal, or none', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const entry = readEntry(text)
      if (entry !== undefined) expect(entry.version).toBe(1)
    }),
    { numRuns: 5_000 },
  )
})
