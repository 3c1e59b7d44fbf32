import { describe, expect, test } from 'vitest'
import type { AwsFault } from '../../src/sandbox/aws-fault.js'
import { refuseFilters, refuseScaling, refuseTags } from '../../src/sandbox/event-source/check-settings.js'
import { refuseViolations, settingsViolations } from '../../src/sandbox/event-source/constraints.js'
import { readSource } from '../../src/sandbox/event-source/queue-reference.js'
import { readSettings } from '../../src/sandbox/event-source/read-settings.js'
import { applySettings, defaultSettings } from '../../src/sandbox/event-source/settings.js'
import { readFunctionReference } from '../../src/sandbox/function-reference.js'

const queueArn = 'arn:aws:sqs:us-east-1:111122223333:orders'

/** Code and text of what is thrown; the text only where it is recorded. */
function refusal(run: () => void): { code: string; message: string | undefined } | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    const { code, message, recorded } = error as AwsFault // nothing else is thrown here
    return { code, message: recorded ? message : undefined }
  }
}

describe('the constraint layer', () => {
  test.each([
    { BatchSize: 0 },
    { BatchSize: 10001 },
    { MaximumBatchingWindowInSeconds: -1 },
    { MaximumBatchingWindowInSeconds: 301 },
    { ScalingConfig: { MaximumConcurrency: 1 } },
    { ScalingConfig: { MaximumConcurrency: 1001 } },
    { FunctionResponseTypes: ['Report'] },
    { MetricsConfig: { Metrics: ['Everything'] } },
    { FilterCriteria: { Filters: [{ Pattern: 'x'.repeat(4097) }] } },
    { ProvisionedPollerConfig: { MinimumPollers: 0 } },
    { BatchSize: 0, MaximumBatchingWindowInSeconds: 301 },
  ])('%o', (raw) => {
    const found = refusal(() => refuseViolations(settingsViolations(readSettings(raw))))
    expect(found).toEqual({ code: 'ValidationException', message: undefined })
  })

  test.each([
    { BatchSize: 1, MaximumBatchingWindowInSeconds: 0 },
    { BatchSize: 10_000, MaximumBatchingWindowInSeconds: 300 },
    { ScalingConfig: { MaximumConcurrency: 2 } },
    { ScalingConfig: {}, FilterCriteria: {}, ProvisionedPollerConfig: {}, FunctionResponseTypes: [] },
  ])('%o passes', (raw) => {
    expect(refusal(() => refuseViolations(settingsViolations(readSettings(raw))))).toBeUndefined()
  })

  test.each([
    { BatchSize: 'many' },
    { BatchSize: 1.5 },
    { Enabled: 'yes' },
    { FilterCriteria: [] },
    { FilterCriteria: { Filters: ['x'] } },
    { FunctionResponseTypes: 'ReportBatchItemFailures' },
  ])('%o is not even JSON of the right shape', (raw) => {
    expect(refusal(() => readSettings(raw))?.code).toBe('SerializationException')
  })
})

describe('the event source (rows 2, 3, 13, 14)', () => {
  const unsupported = 'Unsupported DestinationConfig parameter for given event source mapping type.'

  test.each([
    [undefined, {}, 'Unrecognized event source.'],
    ['arn:aws:s3:::bucket', {}, undefined],
    ['arn:aws:sns:us-east-1:111122223333:topic', {}, undefined],
    ['arn:aws:sqs:us-east-1::orders', {}, undefined],
    [queueArn, { DestinationConfig: { OnSuccess: { Destination: 'arn' } } }, unsupported],
    [queueArn, { DestinationConfig: { OnFailure: { Destination: 'arn' } } }, undefined],
    [queueArn, { StartingPosition: 'LATEST' }, undefined],
    [queueArn, { ParallelizationFactor: 2 }, undefined],
    [queueArn, { BisectBatchOnFunctionError: true }, undefined],
  ])('%s with %o is refused', (arn, raw, message) => {
    const found = refusal(() => readSource(arn, readSettings(raw)))
    expect(found).toEqual({ code: 'InvalidParameterValueException', message })
  })

  test('a queue is taken apart', () => {
    const settings = readSettings({})
    expect(readSource(queueArn, settings)).toMatchObject({
      account: '111122223333',
      name: 'orders',
      fifo: false,
    })
    expect(readSource(`${queueArn}.fifo`, settings).fifo).toBe(true)
  })
})

describe('settings that no queue takes', () => {
  const settings = (raw: object) => applySettings(defaultSettings, readSettings({ ...raw }))
  const pollers = (config: object) => () => refuseScaling(settings({ ProvisionedPollerConfig: config }))
  const pattern = '{"body":["x"]}'

  test.each([
    ['more filters than the quota', () => refuseFilters(Array.from({ length: 6 }, () => pattern))],
    ['one poller', pollers({ MinimumPollers: 1 })],
    ['fewer pollers at most than at least', pollers({ MinimumPollers: 5, MaximumPollers: 4 })],
    ['metrics of Kafka', () => refuseScaling(settings({ MetricsConfig: { Metrics: ['KafkaMetrics'] } }))],
    [
      '51 tags',
      () =>
        refuseTags(
          Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`tag-${index}`, ''])),
          'mapping',
        ),
    ],
  ])('%s', (_, run) => {
    expect(refusal(run)).toEqual({ code: 'InvalidParameterValueException', message: undefined })
  })

  test('the limits themselves pass', () => {
    expect(refusal(() => refuseFilters(Array.from({ length: 5 }, () => pattern)))).toBeUndefined()
    expect(refusal(pollers({ MinimumPollers: 2, MaximumPollers: 2 }))).toBeUndefined()
    expect(refusal(() => refuseTags({ team: 'blue' }, 'mapping'))).toBeUndefined()
  })
})

describe('function names', () => {
  const caller = { partition: 'aws', region: 'us-east-1', account: '111122223333' }
  const arn = 'arn:aws:lambda:us-east-1:111122223333:function:worker'

  test.each([
    ['worker', arn],
    ['worker:live', `${arn}:live`],
    ['worker:$LATEST', `${arn}:$LATEST`],
    ['worker:7', `${arn}:7`],
    ['111122223333:function:worker', arn],
    ['function:worker:live', `${arn}:live`],
    [arn, arn],
    [`${arn}:live`, `${arn}:live`],
    [
      'arn:aws:lambda:eu-west-1:444455556666:function:worker',
      'arn:aws:lambda:eu-west-1:444455556666:function:worker',
    ],
  ])('%s is echoed as %s', (text, expected) => {
    expect(readFunctionReference(text, caller)?.arn).toBe(expected)
  })

  test.each(['', 'a b', 'worker:', queueArn, 'worker:a:b'])('%j is none', (text) => {
    expect(readFunctionReference(text, caller)).toBeUndefined()
  })
})

describe('settings in force', () => {
  const busy = applySettings(
    defaultSettings,
    readSettings({
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"body":["x"]}' }] },
      ScalingConfig: { MaximumConcurrency: 3 },
      MetricsConfig: { Metrics: ['EventCount'] },
      KMSKeyArn: 'arn:aws:kms:us-east-1:111122223333:key/1',
    }),
  )

  test('what a request does not carry keeps its value', () => {
    expect(applySettings(busy, readSettings({}))).toEqual(busy)
    expect(applySettings(defaultSettings, readSettings({}))).toEqual(defaultSettings)
  })

  test('an empty structure clears', () => {
    const cleared = readSettings({
      FilterCriteria: {},
      ScalingConfig: {},
      FunctionResponseTypes: [],
      MetricsConfig: {},
      KMSKeyArn: '',
    })
    expect(applySettings(busy, cleared)).toEqual({
      ...defaultSettings,
      batchSize: 100,
      maximumBatchingWindowInSeconds: 5,
    })
  })

  test('pollers that are half given are filled up with the defaults', () => {
    const given = (config: Record<string, number>) =>
      applySettings(defaultSettings, readSettings({ ProvisionedPollerConfig: config })).provisionedPollers
    expect(given({ MinimumPollers: 5 })).toEqual({ minimum: 5, maximum: 200 })
    expect(given({ MaximumPollers: 7 })).toEqual({ minimum: 2, maximum: 7 })
    expect(given({})).toBeUndefined()
  })
})
