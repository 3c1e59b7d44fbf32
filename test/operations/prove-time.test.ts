import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { collect, collectFailure } from '../support/collect.js'
import { awsError, configuration, denied } from './fake-session.js'
import {
  messageId,
  play,
  reportLine,
  startLine,
  stuck,
  taken,
  thrownLine,
  traceLine,
  wellRun,
} from './proof-scene.js'

describe('time', () => {
  test('evidence is told as it comes, in milliseconds since sending', async () => {
    const { operation } = play({
      log: [
        [300, startLine],
        [300, traceLine],
        [2_500, reportLine],
      ],
      queue: taken,
    })
    const { result } = await collect(operation)
    const times = result.proof?.evidence.map(({ hop, elapsedMs }) => [hop, elapsedMs])
    expect(times).toEqual([
      ['sent', 0],
      // Each look reads two pages, and no API is asked more than twice a second.
      ['log', 1_100],
      ['invoked', 3_100],
      ['gone', 3_100],
    ])
  })

  test('a failure that the log shows late never stands behind a pass', async () => {
    const { operation } = play({
      log: [
        [300, startLine],
        [300, traceLine],
        [340, reportLine],
        [900, thrownLine],
      ],
      queue: stuck,
    })
    const { events, result } = await collect(operation)
    const invoked = events.flatMap((event) =>
      event.type === 'proof-hop' && event.hop.hop === 'invoked' ? [event.hop.outcome] : [],
    )
    expect(invoked).toEqual(['failed'])
    expect(result.proof).toMatchObject({ functionFailed: true })
    expect(result.proof?.evidence.filter(({ hop }) => hop === 'invoked')).toMatchObject([
      { outcome: 'failed' },
    ])
  })

  test('the deadline is delay + window + function timeout + 60 s', async () => {
    const { fake, operation } = play({
      log: [],
      queue: stuck,
      mappings: [configuration({ MaximumBatchingWindowInSeconds: 5 })],
    })
    await collect(operation)
    expect(fake.time.elapsed()).toBe((5 + 30 + 60) * 1_000)
  })

  test('or as it was given', async () => {
    const { fake, operation } = play({ log: [], queue: stuck, timeoutMs: 7_000 })
    await collect(operation)
    // The second page of the last look waits for its turn.
    expect(fake.time.elapsed()).toBe(7_100)
  })

  test('a refused log is not asked again; throttling is', async () => {
    const refused = play({ log: denied('logs:FilterLogEvents'), queue: stuck, timeoutMs: 5_000 })
    await collect(refused.operation)
    expect(refused.fake.sent('logs')).toHaveLength(1)
    const throttled = play({
      log: awsError('ThrottlingException', 'Rate exceeded'),
      queue: stuck,
      timeoutMs: 5_000,
    })
    await collect(throttled.operation)
    expect(throttled.fake.sent('logs').length).toBeGreaterThan(3)
  })

  test('interrupted: the message was sent', async () => {
    const { fake, operation } = play({ log: [], queue: stuck })
    fake.time.at(2_000, () => fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.')))
    const { error } = await collectFailure(operation)
    expect(error).toMatchObject({ code: 'INTERRUPTED', message: expect.stringContaining(messageId) })
  })
})

test('looks in the log group that the function names, and never receives', async () => {
  const { fake, operation } = play({ log: wellRun, queue: taken })
  await collect(operation)
  expect(fake.sent('logs')[0]?.[1]).toMatchObject({
    logGroupName: '/my/logs',
    filterPattern: expect.stringContaining(`?"${messageId}"`),
  })
  expect(new Set(fake.sent('sqs').map(([name]) => name))).toEqual(
    new Set(['GetQueueAttributes', 'SendMessage']),
  )
})
