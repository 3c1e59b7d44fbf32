import {
  CreateEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { applyWiring } from '../../src/operations/wire.js'
import { collect, collectFailure } from '../support/collect.js'
import {
  awsError,
  configuration,
  denied,
  fakeSession,
  noSuchMapping,
  plan,
  queueArn,
  start,
  uuid,
} from './fake-session.js'

const duplicate = (other: string) =>
  awsError(
    'ResourceConflictException',
    `An event source mapping with SQS arn (" ${queueArn} ") and function (" worker ") already exists. Please update or delete the existing mapping with UUID ${other}`,
    409,
  )
const other = '11111111-2222-4333-8444-555555555555'

describe('someone else was faster (409)', () => {
  function raced(found: Parameters<typeof configuration>[0]) {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).rejects(duplicate(other))
    fake.lambda
      .on(GetEventSourceMappingCommand, { UUID: other })
      .resolves(configuration({ UUID: other, ...found }))
    return fake
  }

  test('with the same settings: theirs is taken', async () => {
    const fake = raced({ BatchSize: 5 })
    const { types, result } = await collect(
      applyWiring(plan({ settings: { batchSize: 5 } }), {}, fake.session),
    )
    expect(types).toEqual(['mapping-state'])
    expect(result).toMatchObject({ outcome: 'unchanged', mapping: { uuid: other } })
  })

  test.each([
    ['other settings', { BatchSize: 7 }, 'MAPPING_DIFFERS'],
    ['disabled', { BatchSize: 5, State: 'Disabled' }, 'MAPPING_DISABLED'],
  ])('%s: a conflict', async (_, found, code) => {
    const fake = raced(found)
    const { error } = await collectFailure(
      applyWiring(plan({ settings: { batchSize: 5 } }), {}, fake.session),
    )
    expect(error.code).toBe(code)
    expect(error.message).toContain(other)
  })

  test('theirs is being deleted: waits, and creates again', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).rejectsOnce(duplicate(other)).resolves(configuration())
    fake.lambda
      .on(GetEventSourceMappingCommand, { UUID: other })
      .resolvesOnce(configuration({ UUID: other, State: 'Deleting' }))
      .rejects(noSuchMapping())
    const { result } = await collect(applyWiring(plan(), {}, fake.session))
    expect(result).toMatchObject({ outcome: 'created', mapping: { uuid } })
  })

  test('theirs is not deleted in time: waited for no longer than asked for', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).rejects(duplicate(other))
    fake.lambda
      .on(GetEventSourceMappingCommand, { UUID: other })
      .resolves(configuration({ UUID: other, State: 'Deleting' }))
    const began = fake.session.clock.now()
    const { error } = await collectFailure(applyWiring(plan(), { timeoutMs: 20_000 }, fake.session))
    expect(error.code).toBe('NOT_FINISHED')
    expect(fake.session.clock.now() - began).toBeLessThanOrEqual(20_000)
  })

  test('it may not be got, but listed', async () => {
    const fake = fakeSession()
    fake.lambda.on(CreateEventSourceMappingCommand).rejects(duplicate(other))
    fake.lambda.on(GetEventSourceMappingCommand).rejects(denied('lambda:GetEventSourceMapping'))
    fake.lambda
      .on(ListEventSourceMappingsCommand)
      .resolves({ EventSourceMappings: [configuration({ UUID: other })] })
    const { result } = await collect(applyWiring(plan(), {}, fake.session))
    expect(result).toMatchObject({ outcome: 'unchanged', mapping: { uuid: other } })
  })

  describe('our own first attempt was, and its answer was cut off', () => {
    function retried(attempts: number, lastModified: number) {
      const fake = fakeSession()
      const error = Object.assign(duplicate(other), { $metadata: { httpStatusCode: 409, attempts } })
      fake.lambda.on(CreateEventSourceMappingCommand).rejects(error)
      fake.lambda
        .on(GetEventSourceMappingCommand, { UUID: other })
        .resolves(configuration({ UUID: other, LastModified: new Date(lastModified) }))
      return collect(applyWiring(plan(), {}, fake.session))
    }

    test('the mapping is ours, with its undo', async () => {
      const { events, result } = await retried(2, start - 1_000)
      expect(result).toMatchObject({ outcome: 'created', mapping: { uuid: other } })
      expect(events[0]).toMatchObject({
        type: 'change-applied',
        made: { action: 'create', id: other, undo: `sqs-trigger unwire ${other} --region eu-west-1` },
      })
    })

    test.each([
      ['it is older than clocks are apart', 2, start - 301_000],
      ['there was one attempt only', 1, start],
    ])('not when %s', async (_, attempts, lastModified) => {
      const { types, result } = await retried(attempts, lastModified)
      expect(result.outcome).toBe('unchanged')
      expect(types).not.toContain('change-applied')
    })
  })

  test('another conflict is passed on', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(CreateEventSourceMappingCommand)
      .rejects(
        awsError(
          'ResourceConflictException',
          'The operation cannot be performed at this time. An update is in progress for resource: x',
          409,
        ),
      )
    const { error } = await collectFailure(applyWiring(plan(), {}, fake.session))
    expect(error.code).toBe('CONFLICT')
  })
})
