import {
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { UnwirePlan } from '../../src/operations/mapping-results.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { collect, collectFailure } from '../support/collect.js'
import {
  awsError,
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

const deletion = {
  action: 'delete',
  type: 'event-source-mapping',
  iamAction: 'lambda:DeleteEventSourceMapping',
  uuid,
} as const
const planned: UnwirePlan = {
  context: plan().context,
  target: plan().target,
  mapping: mapping(),
  changes: [deletion],
  revocation: null,
}
const inUse = () =>
  awsError('ResourceInUseException', 'Cannot delete the event source mapping because it is in use.')

describe('planning', () => {
  test('finds the mapping, and plans its deletion', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration())
    const { types, result } = await collect(planUnwiring(uuid, undefined, fake.session))
    expect(types).toEqual(['caller-identified', 'target-resolved', 'planned'])
    expect(result).toMatchObject({
      target: { queueArn, functionArn },
      mapping: { uuid },
      changes: [deletion],
    })
  })

  test('a mapping that is going already needs no change', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(ListEventSourceMappingsCommand)
      .resolves({ EventSourceMappings: [configuration({ State: 'Deleting' })] })
    const { result } = await collect(planUnwiring('orders', 'worker', fake.session))
    expect(result.changes).toEqual([])
  })

  test('encrypted filters are read, so that the undo is complete', async () => {
    const fake = fakeSession()
    const KMSKeyArn = 'arn:aws:kms:eu-west-1:111122223333:key/k'
    fake.lambda
      .on(ListEventSourceMappingsCommand)
      .resolves({ EventSourceMappings: [configuration({ KMSKeyArn })] })
    fake.lambda
      .on(GetEventSourceMappingCommand)
      .resolves(configuration({ KMSKeyArn, FilterCriteria: { Filters: [{ Pattern: '{}' }] } }))
    const { result } = await collect(planUnwiring('orders', 'worker', fake.session))
    expect(result.mapping?.filters).toEqual(['{}'])
  })
})

describe('applying', () => {
  test('deletes, and waits until it is gone', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).resolves(configuration({ State: 'Deleting' }))
    fake.lambda
      .on(GetEventSourceMappingCommand)
      .resolvesOnce(configuration({ State: 'Deleting' }))
      .rejects(noSuchMapping())
    const { events, types, result } = await collect(applyUnwiring(planned, {}, fake.session))
    expect(types).toEqual(['change-applied', 'mapping-state'])
    expect(events[0]).toMatchObject({
      made: {
        action: 'delete',
        id: uuid,
        undo: `sqs-trigger wire ${queueArn} ${functionArn} --batch-size 10 --yes --region ${region}`,
      },
    })
    expect(result).toEqual({ mapping: mapping(), outcome: 'deleted', waitedMs: 250 })
    expect(fake.sent('lambda').map(([name]) => name)).toEqual([
      'DeleteEventSourceMapping',
      'GetEventSourceMapping',
      'GetEventSourceMapping',
    ])
  })

  test('without waiting', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).resolves(configuration({ State: 'Deleting' }))
    const { types, result } = await collect(applyUnwiring(planned, { wait: false }, fake.session))
    expect([types, result.outcome]).toEqual([['change-applied'], 'deleting'])
  })

  test('in use: asks again, told once, no faster than twice a second', async () => {
    const fake = fakeSession()
    fake.lambda
      .on(DeleteEventSourceMappingCommand)
      .rejectsOnce(inUse())
      .rejectsOnce(inUse())
      .rejectsOnce(inUse())
      .resolves(configuration({ State: 'Deleting' }))
    fake.lambda.on(GetEventSourceMappingCommand).rejects(noSuchMapping())
    const { types, result } = await collect(applyUnwiring(planned, {}, fake.session))
    expect(types).toEqual(['warning', 'change-applied'])
    expect(result.outcome).toBe('deleted')
    expect(fake.time.sleeps).toEqual([250, 750, 250])
  })

  test('in use until the deadline: nothing was deleted', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).rejects(inUse())
    const { error } = await collectFailure(applyUnwiring(planned, { timeoutMs: 20_000 }, fake.session))
    expect(error).toMatchObject({
      code: 'MAPPING_BUSY',
      message: expect.stringContaining('Nothing was deleted'),
    })
    expect(fake.time.elapsed()).toBe(20_000)
  })

  test('interrupted while it is in use', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).rejects(inUse())
    fake.time.at(5_000, () => fake.controller.abort(new SqsTriggerError('TERMINATED', 'Terminated.')))
    const { error } = await collectFailure(applyUnwiring(planned, {}, fake.session))
    expect(error).toMatchObject({
      code: 'TERMINATED',
      message: expect.stringContaining('Nothing was deleted'),
      hint: expect.stringContaining('unwire'),
    })
  })

  test('gone already is as wanted', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).rejects(noSuchMapping())
    const { types, result } = await collect(applyUnwiring(planned, {}, fake.session))
    expect([types, result.outcome]).toEqual([[], 'unchanged'])
  })

  test('still there at the deadline', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).resolves(configuration({ State: 'Deleting' }))
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration({ State: 'Deleting' }))
    const { types, error } = await collectFailure(applyUnwiring(planned, { timeoutMs: 3_000 }, fake.session))
    expect(types[0]).toBe('change-applied')
    expect(error).toMatchObject({
      code: 'NOT_FINISHED',
      hint: `sqs-trigger wait ${uuid} --for deleted --region ${region}`,
    })
  })
})
