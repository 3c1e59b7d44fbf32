import { describe, expect, test } from 'vitest'
import { errorLines } from '../../src/operations/runs/error-lines.js'

const request = '8d3c0000-0000-4000-8000-00000000000a'
const thrown = {
  errorType: 'Error',
  errorMessage: 'no such order',
  stack: ['Error: no such order', '    at handler (file:///var/task/index.mjs:3:11)'],
}
const seen = ['Error: no such order', '    at handler (file:///var/task/index.mjs:3:11)']

describe('what a function wrote of its own failure', () => {
  const rows: readonly (readonly [string, entry: string, lines: readonly string[]])[] = [
    ['Node threw', `t\t${request}\tERROR\tInvoke Error \t${JSON.stringify(thrown)}\n`, seen],
    [
      'Node could not load the handler',
      `t\tundefined\tERROR\tUncaught Exception \t${JSON.stringify(thrown)}\n`,
      seen,
    ],
    [
      'Node threw, in JSON',
      JSON.stringify({
        level: 'ERROR',
        requestId: request,
        message: 'Invoke Error ',
        errorType: 'Error',
        errorMessage: 'no such order',
        stackTrace: seen,
      }),
      seen,
    ],
    [
      'one error alone was logged, in JSON',
      JSON.stringify({
        level: 'ERROR',
        message: { errorType: 'Error', errorMessage: 'no such order', stackTrace: seen.slice(1) },
      }),
      seen,
    ],
    [
      'Python raised',
      '[ERROR] KeyError: \'order\'\rTraceback (most recent call last):\r  File "/var/task/app.py", line 3',
      ["KeyError: 'order'", 'Traceback (most recent call last):', '  File "/var/task/app.py", line 3'],
    ],
    [
      'it ran out of time',
      `2026-11-23T04:00:01.000Z ${request} Task timed out after 3.00 seconds\n`,
      ['Task timed out after 3.00 seconds'],
    ],
    [
      'its process ended',
      `RequestId: ${request} Error: Runtime exited with error: exit status 127\nRuntime.ExitError\n`,
      [`RequestId: ${request} Error: Runtime exited with error: exit status 127`, 'Runtime.ExitError'],
    ],
    ['the report of Lambda', `REPORT RequestId: ${request}\tStatus: timeout\n`, []],
    ['the report of Lambda, in JSON', '{"type":"platform.report","record":{"status":"error"}}', []],
    ['half a line of JSON', '{"errorType":"Err', []],
  ]
  test.each(rows)('%s', (_, entry, lines) => {
    expect(errorLines(entry)).toEqual(lines)
  })

  test('long stacks and long lines are cut', () => {
    const stack = Array.from({ length: 200 }, (_, index) => `at ${index} ${'x'.repeat(9_000)}`)
    const lines = errorLines(`t\tr\tERROR\tInvoke Error \t${JSON.stringify({ ...thrown, stack })}`)
    expect(lines).toHaveLength(20)
    expect(Math.max(...lines.map(({ length }) => length))).toBe(400)
  })
})
