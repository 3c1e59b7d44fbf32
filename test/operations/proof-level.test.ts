import { describe, expect, test } from 'vitest'
import { judgeDelivery, openEnd, type Sightings } from '../../src/operations/proof/level.js'
import type { Invocation, LogReading } from '../../src/operations/runs/invocation-log.js'

const sentAt = 1_000_000
const run: Invocation = { requestId: 'r1', startedAt: sentAt + 500, finished: true, failure: null }
const before = { requestId: 'r0', startedAt: sentAt - 30_000, finished: true, failure: null }
const longBefore = { requestId: 'r0', startedAt: sentAt - 90_000, finished: true, failure: null }
const log = (invocations: LogReading['invocations'], trace: LogReading['trace'] = null): LogReading => ({
  invocations,
  trace,
  repeated: null,
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
  deadLettersHidden: false,
  tellsFailures: true,
  mayBeRepeated: false,
  partialResponses: false,
  alone: true,
  filtered: false,
  others: 0,
  metrics: null,
}

const counts = {
  kind: 'counts',
  since: sentAt - 60_000,
  runs: 1,
  errors: 0,
  throttles: 0,
  filteredOut: null,
  settled: true,
  readAt: sentAt,
} as const
const gone = { counters: empty, wasOnQueue: true, emptySince: sentAt, now: sentAt + 90_000 }
const stays = { counters: { ...empty, inFlight: 1 }, wasOnQueue: true, now: sentAt + 90_000 }

describe('metrics, where no log can be read', () => {
  test.each<[string, Partial<Sightings>, level: string, counted: string | null]>([
    ['one run without an error, and gone', { ...gone, metrics: counts }, 'medium', 'ran'],
    ['its minute is not over', { ...gone, metrics: { ...counts, settled: false } }, 'weak', null],
    ['no run', { ...gone, metrics: { ...counts, runs: 0 } }, 'weak', null],
    ['two runs', { ...gone, metrics: { ...counts, runs: 2 } }, 'weak', null],
    ['two runs, one with an error', { ...gone, metrics: { ...counts, runs: 2, errors: 1 } }, 'weak', null],
    ['one run with an error, and yet gone', { ...gone, metrics: { ...counts, errors: 1 } }, 'weak', null],
    ['the filters deleted one', { ...gone, metrics: { ...counts, filteredOut: 1 } }, 'weak', null],
    ['the filters deleted none', { ...gone, metrics: { ...counts, filteredOut: 0 } }, 'medium', 'ran'],
    ['not gone', { ...stays, metrics: counts }, 'none', null],
    [
      'every run with an error, and not gone',
      { ...stays, metrics: { ...counts, errors: 1 } },
      'none',
      'failed',
    ],
    [
      'in the dead-letter queue',
      { ...gone, deadLettered: true, metrics: { ...counts, errors: 1 } },
      'none',
      'failed',
    ],
    ['gone cannot be told', { metrics: counts }, 'none', null],
    ['a log that can be read says more', { ...gone, log: log([]), metrics: counts }, 'weak', null],
    ['refused', { ...gone, metrics: { kind: 'refused' } }, 'weak', null],
    ['a repeated deduplication id', { ...gone, mayBeRepeated: true, metrics: counts }, 'weak', null],
  ])('%s', (_, seen, level, counted) => {
    expect(judgeDelivery({ ...nothing, ...seen })).toMatchObject({ level, counted })
  })
})

describe('runs that failed', () => {
  const failed = { ...run, failure: 'Error: no' }
  const later = { ...failed, requestId: 'r2', startedAt: sentAt + 20_000 }
  test.each<[string, Partial<Sightings>, requestId: string | null]>([
    ['all since the send, and the message stays', { ...stays, log: log([before, failed, later]) }, 'r2'],
    [
      'the message was not taken yet',
      { counters: { ...empty, delayed: 1 }, log: log([before, failed]) },
      null,
    ],
    ['one of them did not', { ...stays, log: log([before, run, later]) }, null],
    ['only one before the send', { ...stays, log: log([{ ...before, failure: 'Error' }]) }, null],
    ['the message is gone', { ...gone, log: log([before, failed]) }, null],
    ['gone cannot be told', { log: log([before, failed]) }, null],
    ['it went to the dead-letter queue', { ...gone, deadLettered: true, log: log([before, failed]) }, 'r1'],
  ])('%s', (_, seen, requestId) => {
    expect(judgeDelivery({ ...nothing, ...seen }).invocation?.requestId ?? null).toBe(requestId)
  })
})

const isEmpty = ({ counters }: Partial<Sightings>) =>
  counters?.visible === 0 && counters.inFlight === 0 && counters.delayed === 0

describe('how a run ended of which no failure was seen', () => {
  const silent = { tellsFailures: false }
  const suspected = { ...run, suspicion: { text: 'X: no', lines: ['X: no'] } }
  const seen = (found: typeof run) => log([found], { by: 'token', requestId: 'r1', line: 'got it' })
  type Row = [string, Partial<Sightings>, end: string | null, openEnd: string | null]
  test.each<Row>([
    ['it tells failures, and gone cannot be told', { log: seen(run) }, 'well', null],
    ['it does not tell them', { ...silent, log: seen(run) }, 'ran', null],
    ['it shows what may be one', { ...silent, log: seen(suspected) }, 'ran', 'suspected'],
    ['Lambda says so itself', { ...silent, log: seen({ ...run, succeeded: true }) }, 'well', null],
    ['the message is gone', { ...silent, ...gone, log: seen(run) }, 'well', null],
    ['the message stays', { ...silent, ...stays, log: seen(run) }, 'stayed', 'stayed'],
    ['the message stays, though it tells failures', { ...stays, log: seen(run) }, 'stayed', 'stayed'],
    [
      'the message stays, though Lambda says so',
      { ...stays, log: seen({ ...run, succeeded: true }) },
      'well',
      'stayed',
    ],
    ['others of the batch may stay', { ...stays, others: 2, log: seen(run) }, 'well', null],
    ['it went to the dead-letter queue', { ...gone, deadLettered: true, log: seen(run) }, 'stayed', 'stayed'],
    ['it may have gone there', { ...silent, ...gone, deadLettersHidden: true, log: seen(run) }, 'ran', null],
    [
      'it may have gone there, returned as failed',
      { ...gone, partialResponses: true, deadLettersHidden: true, log: seen(run) },
      'well',
      'returned',
    ],
    ['it failed', { ...stays, log: seen({ ...run, failure: 'Error' }) }, null, null],
  ])('%s', (_, given, end, open) => {
    const sightings = { ...nothing, ...given }
    const verdict = judgeDelivery(sightings)
    expect([verdict.end, openEnd(sightings, verdict)]).toEqual([end, open])
  })

  test('empty right after the end of a run that may have failed unseen is not gone', () => {
    const at = (now: number, more = {}) =>
      judgeDelivery({
        ...nothing,
        ...silent,
        log: seen(run),
        counters: empty,
        emptySince: sentAt,
        now,
        ...more,
      }).gone
    expect(at(sentAt + 600)).toBe(false)
    expect(at(sentAt + 5_500)).toBe(true)
    expect(at(sentAt + 600, { tellsFailures: true })).toBe(true)
  })
})

describe('a proof never says more than was seen', () => {
  const later = sentAt + 60_000
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
      { log: log([{ ...run, finished: false }]), counters: empty, wasOnQueue: true, now: later },
      'weak',
      true,
    ],
    [
      'the function was not idle',
      { log: log([before, run]), counters: empty, wasOnQueue: true, now: later },
      'weak',
      true,
    ],
    [
      'a run that began a second before the send',
      { log: log([{ ...run, startedAt: sentAt - 1_000 }]), counters: empty },
      'none',
      false,
    ],
    [
      'one good run, on a queue that held other messages',
      { log: log([run]), alone: false, counters: null },
      'none',
      false,
    ],
    [
      'one good run, and gone, where the filters keep it',
      { log: log([run]), counters: empty, filtered: true },
      'medium',
      true,
    ],
    ['only gone, where the filters keep it', { ...gone, filtered: true }, 'none', true],
    ['it ran long before', { log: log([longBefore, run]), counters: empty }, 'medium', true],
    [
      'only a run from before',
      { log: log([before]), counters: empty, wasOnQueue: true, now: later },
      'weak',
      true,
    ],
    ['seen on the queue, and gone', { counters: empty, wasOnQueue: true, now: later }, 'weak', true],
    [
      'seen on the queue, and gone, but the counters may lag',
      { counters: empty, wasOnQueue: true, now: later - 1 },
      'none',
      false,
    ],
    [
      'the same, where the log holds the message',
      {
        log: log([{ ...run, finished: false }], { by: 'token', requestId: 'r1', line: 'got it' }),
        counters: empty,
        wasOnQueue: true,
      },
      'strong',
      true,
    ],
    [
      'seen on the queue, and away for a moment only',
      { counters: empty, wasOnQueue: true, emptySince: later - 500, now: later },
      'none',
      false,
    ],
    ['never seen on the queue, empty: the counters may lag', { counters: empty }, 'none', false],
    ['never seen on the queue, empty for a minute', { counters: empty, now: sentAt + 60_000 }, 'weak', true],
    [
      'gone to the dead-letter queue',
      { counters: empty, wasOnQueue: true, deadLettered: true, now: later },
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
