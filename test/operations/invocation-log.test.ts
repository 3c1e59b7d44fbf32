import { describe, expect, test } from 'vitest'
import { readLog } from '../../src/operations/runs/invocation-log.js'

const request = '8d3c0000-0000-4000-8000-00000000000a'
const second = '8d3c0000-0000-4000-8000-00000000000b'
const message = { token: 'token-1', messageId: '5f0e0000-0000-4000-8000-0000000000c1' }

const startOf = (id: string) => `START RequestId: ${id} Version: $LATEST\n`
const reportOf = (id: string, status = '') =>
  `REPORT RequestId: ${id}\tDuration: 3.01 ms\tBilled Duration: 4 ms\tMemory Size: 128 MB\tMax Memory Used: 36 MB\t${status}\n`

/** Lines of one stream, a millisecond apart; `[stream, line]` for another stream. */
function read(...lines: readonly (string | readonly [string, string])[]) {
  return readLog(
    lines.map((line, index) => ({
      timestamp: 1_000 + index,
      stream: typeof line === 'string' ? 'a' : line[0],
      message: typeof line === 'string' ? line : line[1],
    })),
    message,
  )
}

describe('who had the message', () => {
  const rows: readonly [string, readonly (string | readonly [string, string])[], unknown][] = [
    ['nobody', [startOf(request), reportOf(request)], null],
    [
      'named on the line (Node)',
      [`2026-11-23T04:00:00.000Z\t${request}\tINFO\tgot token-1`],
      { by: 'token', requestId: request, line: 'got token-1' },
    ],
    [
      'named on the line (Python)',
      [`[INFO]\t2026-11-23T04:00:00.000Z\t${request}\tgot ${message.messageId}`],
      { by: 'message id', requestId: request, line: `got ${message.messageId}` },
    ],
    [
      'the one that runs in the stream',
      [startOf(request), 'got token-1'],
      { by: 'token', requestId: request, line: 'got token-1' },
    ],
    [
      'streams are kept apart',
      [startOf(request), ['b', startOf(second)], 'got token-1'],
      { by: 'token', requestId: request, line: 'got token-1' },
    ],
    [
      'JSON',
      [JSON.stringify({ timestamp: 't', level: 'INFO', requestId: request, message: 'got token-1' })],
      { by: 'token', requestId: request, line: expect.stringContaining('got token-1') },
    ],
    [
      'JSON without a request, after its start',
      [JSON.stringify({ type: 'platform.start', record: { requestId: request } }), '{"said":"token-1"}'],
      { by: 'token', requestId: request, line: '{"said":"token-1"}' },
    ],
    ['nothing names it', ['got token-1'], { by: 'token', requestId: null, line: 'got token-1' }],
    [
      'the later delivery',
      [startOf(request), 'token-1', startOf(second), 'token-1'],
      { by: 'token', requestId: second, line: 'token-1' },
    ],
  ]
  test.each(rows)('%s', (_, lines, expected) => {
    expect(read(...lines).trace).toEqual(expected)
  })
})

describe('an id that SQS may have given to an earlier message', () => {
  const idSince = 1_010
  const at = (timestamp: number, text: string) => ({ timestamp, stream: 'a', message: text })
  const rows: readonly [string, number, string, object | null, string | null][] = [
    ['begun long before the send', -991, message.messageId, null, 'certain'],
    ['begun before the send, by clocks that may differ', 1_009, message.messageId, null, 'possible'],
    ['begun after it', 1_010, message.messageId, { by: 'message id' }, null],
    ['the fresh token', 1_009, 'token-1', { by: 'token' }, null],
  ]
  test.each(rows)('%s', (_, began, said, trace, repeated) => {
    // The line itself is later than the send in every case: a run may take long.
    const lines = [at(began, startOf(request)), at(1_020, said)]
    const reading = readLog(lines, { ...message, idSince })
    expect(reading.repeated).toBe(repeated)
    if (trace === null) expect(reading.trace).toBeNull()
    else expect(reading.trace).toMatchObject(trace)
  })

  test('a run whose beginning was not seen', () => {
    const line = at(1_020, `t\t${request}\tINFO\tgot ${message.messageId}`)
    expect(readLog([line], { ...message, idSince })).toMatchObject({ trace: null, repeated: 'possible' })
  })
})

describe('how the invocation ended', () => {
  const nodeError = '{"errorType":"Error","errorMessage":"no such order","stack":["Error: no such order"]}'
  const rows: readonly [string, readonly string[], finished: boolean, failure: string | null][] = [
    ['still running', [startOf(request)], false, null],
    ['well', [startOf(request), `END RequestId: ${request}\n`, reportOf(request)], true, null],
    [
      'an error that the handler only logged',
      [startOf(request), `t\t${request}\tERROR\tbad order, skipped`, reportOf(request)],
      true,
      null,
    ],
    [
      'Node threw',
      [startOf(request), `t\t${request}\tERROR\tInvoke Error \t${nodeError}\n`, reportOf(request)],
      true,
      'Error: no such order',
    ],
    [
      'timeout, older line',
      [
        startOf(request),
        `2026-11-23T04:00:03.000Z ${request} Task timed out after 3.00 seconds`,
        reportOf(request),
      ],
      true,
      'Task timed out after 3.00 seconds',
    ],
    [
      'timeout in the report',
      [startOf(request), reportOf(request, 'Status: timeout')],
      true,
      'Status: timeout',
    ],
    [
      'exit',
      [startOf(request), reportOf(request, 'Status: error\tError Type: Runtime.ExitError')],
      true,
      'Runtime.ExitError',
    ],
    [
      'Python raised',
      [
        startOf(request),
        '[ERROR] KeyError: \'order\'\rTraceback (most recent call last):\r  File "/var/task/app.py", line 3',
        reportOf(request),
      ],
      true,
      "KeyError: 'order'",
    ],
    [
      'Python logged a traceback',
      [
        startOf(request),
        `[ERROR]\tt\t${request}\tskipped\nTraceback (most recent call last):\n`,
        reportOf(request),
      ],
      true,
      null,
    ],
    [
      'JSON, well',
      [
        JSON.stringify({ type: 'platform.start', record: { requestId: request } }),
        JSON.stringify({ type: 'platform.report', record: { requestId: request, status: 'success' } }),
      ],
      true,
      null,
    ],
    [
      'JSON, failed',
      [
        JSON.stringify({ type: 'platform.start', record: { requestId: request } }),
        JSON.stringify({ type: 'platform.runtimeDone', record: { requestId: request, status: 'timeout' } }),
        JSON.stringify({ type: 'platform.report', record: { requestId: request, status: 'timeout' } }),
      ],
      true,
      'Status: timeout',
    ],
    [
      'JSON, Node threw',
      [
        JSON.stringify({ type: 'platform.start', record: { requestId: request } }),
        JSON.stringify({
          level: 'ERROR',
          requestId: request,
          message: 'Invoke Error',
          errorType: 'Error',
          errorMessage: 'no',
        }),
      ],
      false,
      'Error: no',
    ],
  ]
  test.each(rows)('%s', (_, lines, finished, failure) => {
    expect(read(...lines).invocations).toMatchObject([
      { requestId: request, startedAt: 1_000, finished, failure },
    ])
  })

  test('several, in the order in which they began', () => {
    const { invocations } = read(
      startOf(second),
      ['b', startOf(request)],
      ['b', reportOf(request)],
      reportOf(second),
    )
    expect(invocations.map(({ requestId }) => requestId)).toEqual([second, request])
  })

  test('lines that are not what they seem', () => {
    expect(read('{not json', '{}', '', 'START RequestId: none')).toEqual({
      invocations: [],
      trace: null,
      repeated: null,
    })
  })
})
