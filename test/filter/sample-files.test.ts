import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readSamples } from '../../src/cli/files/sample-files.js'
import { openStreams } from '../../src/cli/streams.js'
import { SqsTriggerError } from '../../src/errors.js'
import { type FakeHostOptions, fakeHost } from '../cli/fake-host.js'

function context(options: FakeHostOptions = {}) {
  const { host } = fakeHost([], options)
  return { streams: openStreams(host, { color: false, ascii: false, input: true }) }
}

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sqs-trigger-samples-'))
  onTestFinished(() => rmSync(path, { recursive: true }))
  return path
}

async function refusal(paths: readonly string[], options?: FakeHostOptions): Promise<SqsTriggerError> {
  const error: unknown = await readSamples(paths, context(options)).catch((thrown: unknown) => thrown)
  if (error instanceof SqsTriggerError) return error
  throw new Error('it was expected to be refused')
}

const body = '{"type":"order"}'

describe('what a text holds', () => {
  test.each([
    ['one body', body, [['standard input', body]]],
    [
      'a body with a line break at its end, which is part of it',
      `${body}\n`,
      [['standard input', `${body}\n`]],
    ],
    ['a plain text', 'hello', [['standard input', 'hello']]],
    [
      'records',
      JSON.stringify([{ body, messageId: 'a' }, { body: 'x' }]),
      [
        ['standard input #1', body],
        ['standard input #2', 'x'],
      ],
    ],
    ['the event of a function', JSON.stringify({ Records: [{ body }] }), [['standard input #1', body]]],
    ['a list that holds other things is a body', '[{"body":1}]', [['standard input', '[{"body":1}]']]],
    ['so is an empty one', '[]', [['standard input', '[]']]],
    [
      'an object that has records among others is a body',
      '{"Records":[{"body":"x"}],"a":1}',
      [['standard input', '{"Records":[{"body":"x"}],"a":1}']],
    ],
    [
      'the event of another service is a body',
      '{"Records":[{"s3":{}}]}',
      [['standard input', '{"Records":[{"s3":{}}]}']],
    ],
  ])('%s', async (_what, stdin, wanted) => {
    const samples = await readSamples(['-'], context({ stdin }))
    expect(samples.map((sample) => [sample.name, sample.body])).toEqual(wanted)
  })

  test('several files keep their order, and their names', async () => {
    const at = folder()
    const paths = ['b.json', 'a.json'].map((name) => join(at, name))
    for (const path of paths) writeFileSync(path, path)
    expect(await readSamples(paths, context())).toEqual(paths.map((path) => ({ name: path, body: path })))
  })
})

describe('what is refused, as a mistake on the command line', () => {
  test.each([
    ['a file that is not there', ['/nowhere/body.json'], '--sample "/nowhere/body.json" does not exist.'],
    ['a folder', [tmpdir()], `--sample ${JSON.stringify(tmpdir())} is a folder.`],
    ['standard input twice', ['-', '-'], '--sample - is given twice, and standard input can be read once.'],
    ['nothing at all', ['-'], '--sample "standard input" is empty; SQS takes no empty message.'],
  ])('%s', async (_what, paths, message) => {
    expect(await refusal(paths)).toMatchObject({ code: 'USAGE', message })
  })

  test('a terminal', async () => {
    expect((await refusal(['-'], { terminal: true })).message).toContain('which is a terminal')
  })

  test('more than anybody means', async () => {
    const path = join(folder(), 'large')
    writeFileSync(path, '')
    truncateSync(path, 17 * 1_048_576)
    expect((await refusal([path])).message).toContain('holds more than 16 MiB')
  })
})
