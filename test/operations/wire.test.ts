import { CreateEventSourceMappingCommand, GetEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { WirePlan } from '../../src/operations/results.js'
import { applyWiring } from '../../src/operations/wire.js'
import type { Finding } from '../../src/preflight/finding.js'
import { collect, collectFailure } from '../support/collect.js'
import {
  configuration,
  fakeSession,
  functionArn,
  mapping,
  noSuchMapping,
  plan,
  queueArn,
  region,
  uuid,
} from './fake-session.js'

const other = '11111111-2222-4333-8444-555555555555'

describe('creating', () => {
  test('create, then wait: what is told, and what is sent', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration({ State: 'Creating' }))
    fake.lambda
      .on(GetEventSourceMappingCommand)
      .resolvesOnce(configuration({ State: 'Enabling' }))
      .resolves(configuration())
    const { events, result } = await collect(
      applyWiring(plan({ settings: { batchSize: 5 } }), {}, fake.session),
    )
    expect(
      events.map((event) => (event.type === 'mapping-state' ? event.mapping.state : event.type)),
    ).toEqual(['change-applied', 'Creating', 'Enabling', 'Enabled'])
    expect(events[0]).toMatchObject({
      made: {
        action: 'create',
        type: 'event-source-mapping',
        id: uuid,
        undo: `sqs-trigger unwire ${uuid} --region ${region}`,
      },
    })
    expect(result).toEqual({ mapping: mapping(), outcome: 'created', waitedMs: 250, proof: null })
    expect(fake.sent('lambda')).toEqual([
      ['CreateEventSourceMapping', { EventSourceArn: queueArn, FunctionName: functionArn, BatchSize: 5 }],
      ['GetEventSourceMapping', { UUID: uuid }],
      ['GetEventSourceMapping', { UUID: uuid }],
    ])
  })

  test('every setting reaches AWS under its own name', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration())
    const settings = {
      batchSize: 100,
      batchWindowSeconds: 5,
      minimumPollers: 3,
      maximumPollers: 9,
      reportBatchItemFailures: true,
      filters: ['{"body":{"a":[1]}}'],
      eventCountMetrics: true,
      tags: { team: 'a' },
      enabled: false,
    }
    await collect(applyWiring(plan({ settings }), { wait: false }, fake.session))
    expect(fake.sent('lambda')).toEqual([
      [
        'CreateEventSourceMapping',
        {
          EventSourceArn: queueArn,
          FunctionName: functionArn,
          Enabled: false,
          BatchSize: 100,
          MaximumBatchingWindowInSeconds: 5,
          ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 9 },
          FunctionResponseTypes: ['ReportBatchItemFailures'],
          FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
          MetricsConfig: { Metrics: ['EventCount'] },
          Tags: { team: 'a' },
        },
      ],
    ])
  })

  test('created disabled, it is waited for as such', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration({ State: 'Disabled' }))
    const { result } = await collect(applyWiring(plan({ settings: { enabled: false } }), {}, fake.session))
    expect(result).toMatchObject({ outcome: 'created', mapping: { state: 'Disabled' }, waitedMs: 0 })
  })

  test('without waiting, the state is the one of the answer', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration({ State: 'Creating' }))
    const { types, result } = await collect(applyWiring(plan(), { wait: false }, fake.session))
    expect(types).toEqual(['change-applied'])
    expect(result.mapping.state).toBe('Creating')
  })

  test('the old mapping goes first', async () => {
    const fake = fakeSession()
    const old = mapping({ UUID: other, State: 'Deleting' })
    fake.lambda
      .on(GetEventSourceMappingCommand, { UUID: other })
      .resolvesOnce(configuration({ UUID: other, State: 'Deleting' }))
      .rejects(noSuchMapping())
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration())
    const { result } = await collect(applyWiring(plan({ existing: old }), {}, fake.session))
    expect(result).toMatchObject({ outcome: 'created', mapping: { uuid } })
    expect(fake.sent('lambda').map(([name]) => name)).toEqual([
      'GetEventSourceMapping',
      'GetEventSourceMapping',
      'CreateEventSourceMapping',
    ])
  })

  test('interrupted after the creation: the error says what exists', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).resolves(configuration({ State: 'Creating' }))
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration({ State: 'Creating' }))
    fake.time.at(1_000, () => fake.controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.')))
    const { types, error } = await collectFailure(applyWiring(plan(), {}, fake.session))
    expect(types[0]).toBe('change-applied')
    expect(error).toMatchObject({ code: 'INTERRUPTED', hint: expect.stringMatching(/wait[\s\S]+unwire/) })
  })
})

describe('plans that create nothing', () => {
  test('unchanged: it only waits, and completes an interrupted run', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration())
    const unchanged = plan({ outcome: 'unchanged', existing: mapping({ State: 'Creating' }) })
    const { types, result } = await collect(applyWiring(unchanged, {}, fake.session))
    expect(types).toEqual(['mapping-state', 'mapping-state'])
    expect(result).toMatchObject({ outcome: 'unchanged', mapping: { state: 'Enabled' } })
  })

  const finding = (rule: string, message: string): Finding => ({
    rule,
    group: 'queue',
    status: 'fail',
    severity: 'error',
    subject: { kind: 'queue', arn: queueArn },
    message,
    why: '',
    observed: null,
    expected: null,
    certainty: 'live',
    assumptions: [],
    evidence: [],
    gap: null,
    fix: null,
    docs: '',
  })
  const rows: readonly [string, Partial<WirePlan>, string, RegExp, RegExp | undefined][] = [
    [
      'differs',
      {
        outcome: 'differs',
        existing: mapping(),
        settings: { batchSize: 5 },
        differences: [{ setting: 'batchSize', wanted: 5, found: 10 }],
      },
      'MAPPING_DIFFERS',
      /orders and worker.*batch size is 10, 5 was asked for/,
      /^sqs-trigger update \S+ --batch-size 5 --region eu-west-1$/,
    ],
    [
      'disabled',
      { outcome: 'disabled', existing: mapping({ State: 'Disabled' }) },
      'MAPPING_DISABLED',
      /is Disabled\. Reason of AWS: USER_INITIATED/,
      /^sqs-trigger enable \S+ --region eu-west-1$/,
    ],
    [
      'blocked',
      { outcome: 'blocked', blocking: [finding('role-lacks-receive-message', 'No.')] },
      'CHECKS_FAILED',
      /1 check failed/,
      undefined,
    ],
    [
      'blocked by a missing queue',
      { outcome: 'blocked', blocking: [finding('queue-not-found', 'There is no queue.')] },
      'QUEUE_NOT_FOUND',
      /There is no queue/,
      undefined,
    ],
  ]
  test.each(rows)('%s: an error, and no call', async (_, given, code, message, hint) => {
    const fake = fakeSession()
    const { types, error } = await collectFailure(applyWiring(plan(given), {}, fake.session))
    expect(error.code).toBe(code)
    expect(error.message).toMatch(message)
    if (hint) expect(error.hint).toMatch(hint)
    expect(types).toEqual([])
    expect(fake.sent('lambda')).toEqual([])
  })
})
