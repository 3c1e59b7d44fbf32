import { describe, expect, test } from 'vitest'
import { readLog, searchTerms } from '../../src/operations/runs/invocation-log.js'

const request = '8d3c0000-0000-4000-8000-00000000000a'
const wanted = { token: null, messageId: '5f0e0000-0000-4000-8000-0000000000c1' }
const start = `START RequestId: ${request} Version: $LATEST\n`
const report = `REPORT RequestId: ${request}\tDuration: 3.01 ms\t\n`
const platform = (type: string, record: object) =>
  JSON.stringify({ time: 't', type: `platform.${type}`, record: { requestId: request, ...record } })

function runOf(lines: readonly string[]) {
  const read = lines.map((message, index) => ({ timestamp: 1_000 + index, stream: 'a', message }))
  return readLog(read, wanted).invocations[0]
}
const found = (line: string) => searchTerms(wanted).some((term) => line.includes(term))

const goDocument = {
  errorMessage: 'no such order',
  errorType: 'errorString',
  stackTrace: [{ path: 'main.go', line: 7, label: 'handler' }],
}
const rubyDocument = `{
  "errorMessage": "no such order",
  "errorType": "Function<KeyError>",
  "stackTrace": [
    "/var/task/app.rb:3:in 'Object#handler'"
  ]
}`
const java =
  'no such order: java.lang.IllegalStateException\njava.lang.IllegalStateException: no such order\n\tat example.Orders.take(Orders.java:7)\n\n'
const dotnet = `2026-11-23T04:00:00.000Z\t${request}\tfail\tSystem.InvalidOperationException: no such order\n   at Orders.Function.Take() in /src/Function.cs:line 7`

describe('an error that nobody caught, as the runtimes write it', () => {
  const rows: readonly [string, readonly string[], failure: string, lines: readonly string[]][] = [
    [
      'Java',
      [java],
      'java.lang.IllegalStateException: no such order',
      ['java.lang.IllegalStateException: no such order', '\tat example.Orders.take(Orders.java:7)'],
    ],
    [
      'Java, JSON',
      [JSON.stringify({ timestamp: 't', message: java, level: 'ERROR', AWSRequestId: request })],
      'java.lang.IllegalStateException: no such order',
      ['java.lang.IllegalStateException: no such order', '\tat example.Orders.take(Orders.java:7)'],
    ],
    [
      'Ruby, one entry',
      [`Error raised from handler method\n${rubyDocument}`],
      'Function<KeyError>: no such order',
      ['Function<KeyError>: no such order', "/var/task/app.rb:3:in 'Object#handler'"],
    ],
    [
      'Ruby, two entries',
      ['Error raised from handler method\n', rubyDocument],
      'Function<KeyError>: no such order',
      ['Function<KeyError>: no such order', "/var/task/app.rb:3:in 'Object#handler'"],
    ],
    [
      'Go',
      [`2026/11/23 04:00:00 ${JSON.stringify(goDocument)}`],
      'errorString: no such order',
      ['errorString: no such order', '    at handler (main.go:7)'],
    ],
    [
      'Python, JSON',
      [
        JSON.stringify({
          timestamp: 't',
          level: 'ERROR',
          errorMessage: "'order'",
          errorType: 'KeyError',
          requestId: request,
          stackTrace: ['  File "/var/task/app.py", line 3, in handler\n'],
        }),
      ],
      "KeyError: 'order'",
      ["KeyError: 'order'", '  File "/var/task/app.py", line 3, in handler'],
    ],
  ]
  test.each(rows)('%s', (_, lines, failure, errorLines) => {
    expect(runOf([start, ...lines, report])).toMatchObject({ finished: true, failure, errorLines })
  })

  test.each([
    ['Ruby', 'Error raised from handler method'],
    ['Go', JSON.stringify(goDocument)],
  ])('%s: the search finds it', (_, line) => expect(found(line)).toBe(true))
})

describe('what a handler that goes on may write as well is a suspicion, not a failure', () => {
  const rows: readonly [string, string, string][] = [
    ['.NET', dotnet, 'System.InvalidOperationException: no such order'],
    [
      'Java, caught',
      'java.lang.IllegalStateException: no such order\n\tat example.Orders.take(Orders.java:7)',
      'java.lang.IllegalStateException: no such order',
    ],
    [
      'the type alone',
      'java.lang.IllegalStateException: no such order',
      'java.lang.IllegalStateException: no such order',
    ],
    ['a document', JSON.stringify(goDocument), 'errorString: no such order'],
    [
      'Rust',
      "thread 'main' panicked at src/main.rs:7:5:\nno such order",
      "thread 'main' panicked at src/main.rs:7:5:",
    ],
    [
      'Python, caught',
      `[ERROR]\tt\t${request}\tskipped\nTraceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1`,
      'KeyError: 1',
    ],
  ]
  test.each(rows)('%s', (_, line, text) => {
    const run = runOf([start, line, report])
    expect(run).toMatchObject({ failure: null, suspicion: { text } })
    expect(run?.suspicion?.lines.length).toBeGreaterThan(0)
  })

  test.each([
    ['a word about errors', 'no Errors: all good'],
    ['a path', 'looked at com.example.Error handling'],
    ['plain JSON', '{"errors":0,"message":"done"}'],
  ])('%s is none', (_, line) => {
    expect(runOf([start, line, report])).not.toHaveProperty('suspicion')
  })
})

describe('the JSON log', () => {
  const nested = JSON.stringify({
    timestamp: 't',
    level: 'ERROR',
    requestId: request,
    message: {
      errorType: 'RangeError',
      errorMessage: 'bad json',
      stackTrace: ['RangeError: bad json', '    at h (a.mjs:1)'],
    },
  })

  test('an error nested under the message is what Lambda names only by its kind', () => {
    const lines = [platform('start', { version: '7' }), nested, platform('report', { status: 'error' })]
    expect(runOf(lines)).toMatchObject({
      finished: true,
      version: '7',
      failure: 'RangeError: bad json',
      errorLines: ['RangeError: bad json', '    at h (a.mjs:1)'],
    })
    expect(found(nested)).toBe(true)
  })

  test('one that was only logged is none', () => {
    expect(runOf([platform('start', {}), nested, platform('report', { status: 'success' })])).toMatchObject({
      failure: null,
      succeeded: true,
    })
  })

  test('a runtime that died says more than what was logged before', () => {
    const died = platform('report', { status: 'error', errorType: 'Runtime.ExitError' })
    expect(runOf([platform('start', {}), nested, died])).toMatchObject({ failure: 'Runtime.ExitError' })
  })
})

test('a text report never says that a run was without an error', () => {
  expect(runOf([start, report])).not.toHaveProperty('succeeded')
})
