import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { LogEntry } from '../../src/operations/events.js'
import { readLogs } from '../../src/operations/logs.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

const runs = ['8e5d7f65-c089-4f4f-bebd-53c5ba08d118', '11111111-2222-4333-8444-555555555555'] as const
const group = '/aws/lambda/order-worker'

/** A log of two runs in one stream; the second is that of `message-2`. */
async function scene() {
  const { sandbox, session } = await wiredDemo()
  const { logs } = session.clients
  const start = session.clock.now()
  await logs.send(new CreateLogGroupCommand({ logGroupName: group }))
  await logs.send(new CreateLogStreamCommand({ logGroupName: group, logStreamName: 'a' }))
  const write = (lines: readonly (readonly [number, string])[]) =>
    logs.send(
      new PutLogEventsCommand({
        logGroupName: group,
        logStreamName: 'a',
        logEvents: lines.map(([at, message]) => ({ timestamp: start + at, message })),
      }),
    )
  await write([
    [-700_000, 'long ago'],
    ...runs.flatMap((run, index) => {
      const at = -5_000 + index * 1_000
      return [
        [at, `START RequestId: ${run} Version: $LATEST\n`],
        [at + 1, `2026-11-23T12:00:00.000Z\t${run}\tINFO\tmessage-${index + 1}\n`],
        [at + 2, 'printed without a request\n'],
        [at + 3, `REPORT RequestId: ${run}\tDuration: 1 ms\n`],
      ] as const
    }),
  ])
  return { sandbox, session, write }
}

const texts = (lines: readonly LogEntry[]) => lines.map(({ message }) => message.trim())

test('the lines of the time that is asked for, each with its run', async () => {
  const { session } = await scene()
  const { result, events } = await collect(readLogs({ mapping: 'orders', lastMs: 600_000 }, session))
  expect(result.lines.filter(({ message }) => message.endsWith('\n'))).toEqual([])
  expect(texts(result.lines)).toEqual([
    expect.stringMatching(/^START/),
    expect.stringMatching(/message-1$/),
    'printed without a request',
    expect.stringMatching(/^REPORT/),
    expect.stringMatching(/^START/),
    expect.stringMatching(/message-2$/),
    'printed without a request',
    expect.stringMatching(/^REPORT/),
  ])
  expect(result.lines.map(({ requestId }) => requestId)).toEqual([
    ...Array<string>(4).fill(runs[0]),
    ...Array<string>(4).fill(runs[1]),
  ])
  expect(events.filter(({ type }) => type === 'log-line')).toHaveLength(8)
  expect(result).toMatchObject({ logGroup: group, cut: false })
})

test.each([
  ['one message', { messageId: 'message-2' }, 4, runs[1]],
  ['one run', { requestId: runs[0] }, 4, runs[0]],
  ['a message that is not there', { messageId: 'message-9' }, 0, undefined],
] as const)('only %s', async (_, only, count, run) => {
  const { session } = await scene()
  const { result } = await collect(readLogs({ mapping: 'orders', lastMs: 600_000, ...only }, session))
  expect(result.lines).toHaveLength(count)
  expect(result.lines.every(({ requestId }) => requestId === run)).toBe(true)
})

test('following tells each line once, also one that comes late, and ends with the signal', async () => {
  const { session, write } = await scene()
  const stop = new AbortController()
  let looks = 0
  const clock = {
    now: session.clock.now,
    sleep: async (ms: number) => {
      looks += 1
      await session.clock.sleep(ms, stop.signal)
      if (looks === 2)
        await write([
          [-2_000, 'late'],
          [1_000, 'new'],
        ])
      if (looks < 4) return
      stop.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
      throw stop.signal.reason
    },
  }
  const { error, events } = await collectFailure(
    readLogs({ mapping: 'orders', lastMs: 10_000, follow: true }, { ...session, clock, signal: stop.signal }),
  )
  expect(error.code).toBe('INTERRUPTED')
  const told = texts(events.flatMap((event) => (event.type === 'log-line' ? event.line : [])))
  expect(told).toHaveLength(10)
  expect(told.slice(8)).toEqual(['late', 'new'])
})

test('where there is no log group, following waits for one and anything else says what to do', async () => {
  const { session } = await wiredDemo()
  const asked = { mapping: 'orders', lastMs: 60_000 }
  const { error } = await collectFailure(readLogs(asked, session))
  expect(error).toMatchObject({
    code: 'NOT_FOUND',
    hint: expect.stringMatching(/^sqs-trigger preflight .* --only role-lacks-log-permissions /),
  })
})
