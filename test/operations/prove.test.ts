import { describe, expect, test } from 'vitest'
import type { OperationEvent, ProofLevel } from '../../src/operations/events.js'
import { collect } from '../support/collect.js'
import { awsError, configuration, denied, functionArn } from './fake-session.js'
import {
  messageId,
  play,
  reportLine,
  type Scene,
  startLine,
  stuck,
  taken,
  thrownLine,
  traceLine,
  wellRun,
} from './proof-scene.js'

const hops = (events: readonly OperationEvent[]) =>
  events.flatMap((event) => (event.type === 'proof-hop' ? [`${event.hop.hop} ${event.hop.outcome}`] : []))
const noGroup = awsError('ResourceNotFoundException', 'The specified log group does not exist.')

describe('what became of a message', () => {
  const rows: readonly [string, Scene, level: ProofLevel, failed: boolean, hops: readonly string[]][] = [
    [
      'strong',
      {
        log: [
          [300, startLine],
          [300, traceLine],
          [400, reportLine],
        ],
        queue: taken,
      },
      'strong',
      false,
      ['sent seen', 'log seen', 'invoked seen', 'gone seen'],
    ],
    [
      'strong, with a dead-letter queue',
      {
        log: [
          [300, startLine],
          [300, traceLine],
          [400, reportLine],
        ],
        queue: taken,
        deadLetters: [3, 3],
      },
      'strong',
      false,
      ['sent seen', 'log seen', 'invoked seen', 'gone seen', 'dead-letter not-seen'],
    ],
    [
      'medium',
      { log: wellRun, queue: taken },
      'medium',
      false,
      ['sent seen', 'invoked seen', 'log not-seen', 'gone seen'],
    ],
    [
      'weak: the log may not be read',
      { log: denied('logs:FilterLogEvents'), queue: taken, wanted: 'weak' },
      'weak',
      false,
      ['sent seen', 'log cannot-tell', 'invoked cannot-tell', 'gone seen'],
    ],
    [
      'weak: there is no log group',
      { log: noGroup, queue: taken },
      'weak',
      false,
      ['sent seen', 'gone seen', 'log not-seen', 'invoked cannot-tell'],
    ],
    [
      'none: nobody took it',
      {
        log: [],
        queue: [
          [0, 0, 0],
          [250, 1, 0],
        ],
      },
      'none',
      false,
      ['sent seen', 'log not-seen', 'invoked not-seen', 'gone not-seen'],
    ],
    [
      'the function failed',
      {
        log: [
          [300, startLine],
          [300, traceLine],
          [350, thrownLine],
          [400, reportLine],
        ],
        queue: stuck,
      },
      'strong',
      true,
      ['sent seen', 'log seen', 'invoked failed', 'gone not-seen'],
    ],
    [
      'the only run failed, without a trace',
      {
        log: [
          [300, startLine],
          [350, thrownLine],
          [400, reportLine],
        ],
        queue: stuck,
      },
      'none',
      true,
      ['sent seen', 'invoked failed', 'log not-seen', 'gone not-seen'],
    ],
    [
      'gone to the dead-letter queue',
      { log: noGroup, queue: taken, deadLetters: [0, 1] },
      'none',
      false,
      ['sent seen', 'gone seen', 'log not-seen', 'invoked cannot-tell', 'dead-letter seen'],
    ],
  ]
  test.each(rows)('%s', async (_, scene, level, failed, expected) => {
    const { operation } = play(scene)
    const { events, result } = await collect(operation)
    expect(result.proof).toMatchObject({ level, functionFailed: failed, messageId })
    expect([...hops(events)].toSorted()).toEqual([...expected].toSorted())
    expect(result.proof?.evidence.map(({ hop, outcome }) => `${hop} ${outcome}`)).toEqual(hops(events))
  })
})

describe('an empty queue says nothing where', () => {
  const filtered = configuration({
    FilterCriteria: { Filters: [{ Pattern: '{"messageAttributes":{"a":["x"]}}' }] },
  })
  const second = configuration({
    UUID: '11111111-2222-4333-8444-555555555555',
    FunctionArn: `${functionArn}-two`,
  })
  const rows: readonly [string, Partial<Scene>, RegExp][] = [
    [
      'it was not empty before',
      {
        queue: [
          [0, 2, 0],
          [250, 0, 0],
        ],
      },
      /held 2 other messages/,
    ],
    ['a filter applies whose answer is not certain', { mappings: [filtered] }, /filters.*not certain/],
    ['another consumer reads it', { mappings: [configuration(), second] }, /2 mappings/],
  ]
  test.each(rows)('%s', async (_, scene, detail) => {
    const { operation } = play({ log: wellRun, queue: taken, timeoutMs: 20_000, ...scene })
    const { result } = await collect(operation)
    expect(result.proof?.level).toBe('none')
    const gone = result.proof?.evidence.find(({ hop }) => hop === 'gone')
    expect(gone).toMatchObject({ outcome: 'cannot-tell', detail: expect.stringMatching(detail) })
  })
})

describe('filters that keep the message, as computed from their patterns', () => {
  const mappings = [configuration({ FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] } })]

  test('a run after the send without an error, and the message gone: medium', async () => {
    const { result } = await collect(play({ log: wellRun, queue: taken, mappings }).operation)
    expect(result.proof).toMatchObject({ level: 'medium', doubts: [] })
    const gone = result.proof?.evidence.find(({ hop }) => hop === 'gone')
    expect(gone).toMatchObject({
      outcome: 'seen',
      detail: expect.stringMatching(/the filters keep this message/),
    })
  })

  test('only gone: AWS may have deleted it all the same, and what would tell is said', async () => {
    const { result } = await collect(play({ log: [], queue: taken, mappings, wanted: 'weak' }).operation)
    expect(result.proof).toMatchObject({ level: 'none' })
    expect(result.proof?.doubts).toEqual([
      expect.stringMatching(
        /only a run without an error.*or the messageId in the log.*--event-count-metrics/,
      ),
    ])
  })
})
