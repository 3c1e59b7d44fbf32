import { describe, expect, test } from 'vitest'
import type { LogReading } from '../../src/operations/invocation-log.js'
import { judgeDelivery, type Sightings } from '../../src/operations/proof-level.js'

const sentAt = 1_000_000
const run = { requestId: 'r1', startedAt: sentAt + 500, finished: true, failure: null }
const before = { requestId: 'r0', startedAt: sentAt - 30_000, finished: true, failure: null }
const longBefore = { requestId: 'r0', startedAt: sentAt - 90_000, finished: true, failure: null }
const log = (invocations: LogReading['invocations'], trace: LogReading['trace'] = null): LogReading => ({
  invocations,
  trace,
  repeated: false,
})
const empty = { visible: 0, inFlight: 0, delayed: 0 }
const nothing: Sightings = {
  log: null,
  sentAt,
  counters: null,
  wasOnQueue: false,
  emptySince: null,
  now: sentAt + 2_000,
  deadLettered: false,
  mayBeRepeated: false,
  partialResponses: false,
  metrics: null,
}

const isEmpty = ({ counters }: Partial<Sightings>) =>
  counters?.visible === 0 && counters.inFlight === 0 && counters.delayed === 0

describe('a proof never says more than was seen', () => {
  const rows: readonly [string, Partial<Sightings>, level: string, gone: boolean][] = [
    ['nothing', {}, 'none', false],
    [
      'token in the log',
      { log: log([run], { by: 'token', requestId: 'r1', line: 'got it' }) },
      'strong',
      false,
    ],
    [
      'token in the log, of a run that failed',
      { log: log([{ ...run, failure: 'Error' }], { by: 'token', requestId: 'r1', line: 'got it' }) },
      'strong',
      false,
    ],
    ['one good run, and gone', { log: log([run]), counters: empty }, 'medium', true],
    ['one good run, not gone', { log: log([run]), counters: { ...empty, inFlight: 1 } }, 'none', false],
    ['one good run, gone cannot be told', { log: log([run]) }, 'none', false],
    [
      'a run that has not ended, seen on the queue, gone',
      { log: log([{ ...run, finished: false }]), counters: empty, wasOnQueue: true },
      'weak',
      true,
    ],
    [
      'the function was not idle',
      { log: log([before, run]), counters: empty, wasOnQueue: true },
      'weak',
      true,
    ],
    ['it ran long before', { log: log([longBefore, run]), counters: empty }, 'medium', true],
    ['only a run from before', { log: log([before]), counters: empty, wasOnQueue: true }, 'weak', true],
    ['seen on the queue, and gone', { counters: empty, wasOnQueue: true }, 'weak', true],
    [
      'seen on the queue, and away for a moment only',
      { counters: empty, wasOnQueue: true, emptySince: sentAt + 1_500 },
      'none',
      false,
    ],
    ['never seen on the queue, empty: the counters may lag', { counters: empty }, 'none', false],
    ['never seen on the queue, empty for a minute', { counters: empty, now: sentAt + 60_000 }, 'weak', true],
    [
      'gone to the dead-letter queue',
      { counters: empty, wasOnQueue: true, deadLettered: true },
      'none',
      true,
    ],
    [
      'gone after a run that failed',
      { log: log([{ ...run, failure: 'Error' }]), counters: empty, wasOnQueue: true },
      'none',
      true,
    ],
    [
      'a run that began a second before the send, of a message that SQS may have dropped',
      { log: log([{ ...run, startedAt: sentAt - 1_000 }]), counters: empty, mayBeRepeated: true },
      'none',
      false,
    ],
    [
      'an empty queue on which the message was never seen, and that SQS may have dropped',
      { counters: empty, mayBeRepeated: true, now: sentAt + 60_000 },
      'none',
      false,
    ],
    [
      'empty right after a run that may return messages as failed',
      { log: log([run]), counters: empty, partialResponses: true },
      'none',
      false,
    ],
    [
      'empty a while after a run that may return messages as failed',
      { log: log([run]), counters: empty, partialResponses: true, now: sentAt + 6_000 },
      'medium',
      true,
    ],
    ['delayed is not gone', { counters: { ...empty, delayed: 1 }, wasOnQueue: true }, 'none', false],
  ]
  test.each(rows)('%s', (_, seen, level, gone) => {
    expect(judgeDelivery({ ...nothing, emptySince: isEmpty(seen) ? sentAt : null, ...seen })).toMatchObject({
      level,
      gone,
    })
  })
})
