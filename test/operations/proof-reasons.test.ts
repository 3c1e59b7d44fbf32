import { GetEventSourceMappingCommand, GetFunctionConcurrencyCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { collect } from '../support/collect.js'
import { configuration, denied, functionArn } from './fake-session.js'
import {
  play,
  reportLine,
  type Scene,
  startLine,
  stuck,
  taken,
  thrownLine,
  traceLine,
} from './proof-scene.js'

/** Nothing was seen of the message but that it was taken, or not even that. */
const nothing: Scene = { log: [], queue: stuck, timeoutMs: 10_000 }
const filters = { FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] } }
const uncertain = { FilterCriteria: { Filters: [{ Pattern: '{"messageAttributes":{"a":["x"]}}' }] } }
const second = configuration({
  UUID: '11111111-2222-4333-8444-555555555555',
  FunctionArn: `${functionArn}-two:live`,
})

async function proofOf(scene: Scene) {
  const { result } = await collect(play(scene).operation)
  if (result.proof === null) throw new Error('a proof was asked for')
  return result.proof
}

describe('what could explain a doubt is named', () => {
  const rows: readonly (readonly [string, Partial<Scene>, readonly string[]])[] = [
    ['nothing that is known of', {}, []],
    [
      'filters',
      { mappings: [configuration(uncertain)] },
      [
        'The mapping to worker has filters: it deletes a message that none of them keeps. The messageId in the log would show that this one was kept. With --event-count-metrics CloudWatch counts what they delete.',
      ],
    ],
    [
      'several functions',
      { mappings: [configuration(), second] },
      ['2 mappings read orders: any of worker, worker-two:live may have the message.'],
    ],
    [
      'one of them disabled',
      { mappings: [configuration(), { ...second, State: 'Disabled' }] },
      ['The mapping to worker-two:live is Disabled, and takes nothing.'],
    ],
    ['other messages', { queue: [[0, 3, 0]] }, ['orders held 3 other messages, which may come first.']],
    [
      'a delay',
      { attributes: { DelaySeconds: '30' } },
      ['orders holds each message back for 30 s before anyone gets it.'],
    ],
    [
      'a batching window',
      { mappings: [configuration({ MaximumBatchingWindowInSeconds: 20 })] },
      ['The mapping to worker collects messages for up to 20 s before it calls.'],
    ],
    [
      'the mapping was disabled meanwhile',
      { after: { State: 'Disabled' } },
      ['The mapping to worker is Disabled.'],
    ],
    ['throttling', { reserved: 0 }, ['The reserved concurrency of worker is 0: every run is refused.']],
    [
      'what CloudWatch counts',
      { log: denied('logs:FilterLogEvents'), metrics: [0, 0, 3] },
      ['CloudWatch counts 3 throttled calls of worker since 03:59 UTC.'],
    ],
    [
      'what the mapping counts',
      {
        mappings: [configuration({ ...filters, MetricsConfig: { Metrics: ['EventCount'] } })],
        metrics: [0, 0, 0, 1],
      },
      [
        'The mapping to worker has filters, which keep this message as computed from their patterns; only a run without an error after the send, or the messageId in the log, shows that AWS kept it too.',
        'CloudWatch counts 1 message that the filters deleted since 03:59 UTC.',
      ],
    ],
    ['a reserved concurrency that lets it run', { reserved: 5 }, []],
  ]
  test.each(rows)('%s', async (_, scene, doubts) => {
    expect((await proofOf({ ...nothing, ...scene })).doubts).toEqual(doubts)
  })

  test('nothing is named, or asked, where enough was seen', async () => {
    const log = [
      [300, startLine],
      [310, traceLine],
      [320, reportLine],
    ] as const
    const { fake, operation } = play({ log, queue: taken, attributes: { DelaySeconds: '0' } })
    const { result } = await collect(operation)
    expect(result.proof).toMatchObject({ level: 'strong', doubts: [], missingPermissions: [] })
    const asked = fake.sent('lambda').map(([name]) => name)
    expect(asked).not.toContain('GetFunctionConcurrency')
    expect(asked).not.toContain('GetEventSourceMapping')
  })

  test('what may not be read explains nothing, and ends nothing', async () => {
    const { fake, operation } = play(nothing)
    fake.lambda.on(GetFunctionConcurrencyCommand).rejects(denied('lambda:GetFunctionConcurrency'))
    fake.lambda.on(GetEventSourceMappingCommand).rejects(denied('lambda:GetEventSourceMapping'))
    const { result } = await collect(operation)
    expect(result.proof).toMatchObject({ level: 'none', doubts: [] })
  })
})

test('runs from before the send are not counted', async () => {
  const before = [
    [-20_000, startLine],
    [-19_000, reportLine],
  ] as const
  const { evidence } = await proofOf({ ...nothing, log: before })
  expect(evidence.find(({ hop }) => hop === 'invoked')).toMatchObject({
    outcome: 'not-seen',
    detail: 'no invocation of worker was seen after the send',
  })
})

test('of several functions the one in whose log the message stands is named', async () => {
  const { result } = await collect(
    play({
      log: [
        [300, startLine],
        [310, traceLine],
        [320, reportLine],
      ],
      queue: taken,
      mappings: [second, configuration()],
      logGroups: { worker: '/one', 'worker-two': '/two' },
      traceIn: '/one',
    }).operation,
  )
  expect(result.proof).toMatchObject({ level: 'strong', mapping: { functionArn } })
  const details = result.proof?.evidence.map(({ detail }) => detail) ?? []
  expect(details.some((detail) => detail.startsWith('the message id stands in the log /one (request'))).toBe(
    true,
  )
  expect(details.some((detail) => detail.startsWith('worker ran without an error'))).toBe(true)
})

test('a failure in one of several logs is shown, and not taken for that of the message', async () => {
  const { evidence, functionFailed } = await proofOf({
    ...nothing,
    log: [
      [300, startLine],
      [350, thrownLine],
      [400, reportLine],
    ],
    mappings: [second, configuration()],
    logGroups: { worker: '/one', 'worker-two': '/two' },
    traceIn: '/one',
  })
  expect(functionFailed).toBe(false)
  expect(evidence.find(({ hop }) => hop === 'invoked')).toMatchObject({
    outcome: 'cannot-tell',
    detail:
      'which of worker-two:live, worker ran for this message cannot be told: it stands in none of their logs; function worker failed after the send: Error: no such order',
  })
})

test('of several functions that share a log whose streams tell nothing, none is named', async () => {
  const { result } = await collect(
    play({
      log: [
        [300, startLine],
        [310, traceLine],
        [320, reportLine],
      ],
      queue: taken,
      mappings: [second, configuration()],
      stream: 'of-nobody',
    }).operation,
  )
  expect(result.proof).toMatchObject({ level: 'strong', mapping: null })
  const details = result.proof?.evidence.map(({ detail }) => detail) ?? []
  expect(details.some((detail) => detail.startsWith('one of worker-two:live, worker ran without'))).toBe(true)
  expect(details.some((detail) => detail.startsWith('the message id stands in the log /my/logs ('))).toBe(
    true,
  )
})
