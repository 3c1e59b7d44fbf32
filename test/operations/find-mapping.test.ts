import { GetEventSourceMappingCommand, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { findMapping } from '../../src/operations/find-mapping.js'
import { listMappings } from '../../src/operations/list.js'
import { collect, collectFailure } from '../support/collect.js'
import {
  account,
  configuration,
  denied,
  fakeSession,
  functionArn,
  noSuchMapping,
  queueArn,
  region,
  uuid,
} from './fake-session.js'

const live = configuration({
  UUID: '7c1d2f0a-0000-4000-8000-000000000001',
  FunctionArn: `${functionArn}:live`,
})
const billing = configuration({
  UUID: 'aaaaaaaa-0000-4000-8000-000000000002',
  EventSourceArn: `arn:aws:sqs:${region}:${account}:billing`,
  FunctionArn: functionArn.replace('worker', 'invoicer'),
})
const stream = {
  UUID: 'bbbbbbbb-0000-4000-8000-000000000003',
  EventSourceArn: `arn:aws:kinesis:${region}:${account}:stream/clicks`,
  FunctionArn: functionArn,
}
const everything = [configuration(), live, billing, stream]

/** A Lambda with these mappings, two a page, that ignores nothing. */
function lambdaWith(fake: ReturnType<typeof fakeSession>) {
  fake.lambda.on(ListEventSourceMappingsCommand).callsFake(({ EventSourceArn, Marker }) => {
    const all = everything.filter(
      (entry) => EventSourceArn === undefined || entry.EventSourceArn === EventSourceArn,
    )
    const from = Number(Marker ?? 0)
    const next = from + 2 < all.length ? { NextMarker: String(from + 2) } : {}
    return { EventSourceMappings: all.slice(from, from + 2), ...next }
  })
  fake.lambda.on(GetEventSourceMappingCommand).callsFake(({ UUID }) => {
    const found = everything.find((entry) => entry.UUID === UUID)
    if (!found) throw noSuchMapping()
    return found
  })
  return fake
}

describe('finding one mapping', () => {
  const rows: readonly [string, string, string | undefined, string][] = [
    ['UUID', uuid, undefined, uuid],
    ['UUID in capitals', uuid.toUpperCase(), undefined, uuid],
    ['prefix', '7c1d2f0a-5', undefined, uuid],
    ['prefix of eight', 'aaaaaaaa', undefined, billing.UUID ?? ''],
    ['queue with one mapping', 'billing', undefined, billing.UUID ?? ''],
    ['queue URL', `https://sqs.${region}.amazonaws.com/${account}/billing`, undefined, billing.UUID ?? ''],
    ['queue and function: the exact one', 'orders', 'worker', uuid],
    ['queue and alias', 'orders', 'worker:live', live.UUID ?? ''],
    ['ARNs', queueArn, `${functionArn}:live`, live.UUID ?? ''],
  ]
  test.each(rows)('%s', async (_, reference, functionName, expected) => {
    const fake = lambdaWith(fakeSession())
    const { types, result } = await collect(findMapping(reference, functionName, fake.session))
    expect(types).toEqual(['caller-identified', 'target-resolved'])
    expect(result.mapping.uuid).toBe(expected)
    expect(result.context.account).toBe(account)
  })

  const failing: readonly [string, string, string | undefined, string, RegExp][] = [
    [
      'unknown UUID',
      '00000000-0000-4000-8000-000000000000',
      undefined,
      'MAPPING_NOT_FOUND',
      /There is no event source mapping 0/,
    ],
    ['a mapping of a stream', stream.UUID, undefined, 'MAPPING_NOT_FOUND', /SQS queue/],
    ['unknown prefix', '12345678-9', undefined, 'MAPPING_NOT_FOUND', /begins with/],
    ['ambiguous prefix', '7c1d2f0a', undefined, 'USAGE', /beginning of 2/],
    ['queue with several', 'orders', undefined, 'USAGE', /There are 2/],
    ['queue without any', 'nothing', undefined, 'MAPPING_NOT_FOUND', /of nothing in account/],
    ['eight digits that are neither', 'deadbeef', undefined, 'MAPPING_NOT_FOUND', /of deadbeef/],
    ['queue with another function', 'billing', 'worker', 'MAPPING_NOT_FOUND', /of billing and worker/],
    ['neither queue nor UUID', 'what is this', undefined, 'USAGE', /queue/],
  ]
  test.each(failing)('%s', async (_, reference, functionName, code, message) => {
    const fake = lambdaWith(fakeSession())
    const { types, error } = await collectFailure(findMapping(reference, functionName, fake.session))
    expect(types).toEqual(['caller-identified'])
    expect(error).toMatchObject({
      code,
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/./),
    })
  })

  test('may not be got, but listed', async () => {
    const fake = lambdaWith(fakeSession())
    fake.lambda.on(GetEventSourceMappingCommand).rejects(denied('lambda:GetEventSourceMapping'))
    const { result } = await collect(findMapping(uuid, undefined, fake.session))
    expect(result.mapping.uuid).toBe(uuid)
  })
})

describe('listing', () => {
  const rows: readonly [string, Parameters<typeof listMappings>[0], readonly (string | undefined)[]][] = [
    ['all, without streams', {}, [uuid, live.UUID, billing.UUID]],
    ['by queue', { queue: 'orders' }, [uuid, live.UUID]],
    ['by function, all its qualifiers', { function: 'worker' }, [uuid, live.UUID]],
    ['by alias', { function: 'worker:live' }, [live.UUID]],
    ['by both', { queue: queueArn, function: functionArn }, [uuid, live.UUID]],
    ['none', { queue: 'nothing' }, []],
    ['so many', { limit: 1 }, [uuid]],
  ]
  test.each(rows)('%s', async (_, request, expected) => {
    const fake = lambdaWith(fakeSession())
    const { types, result } = await collect(listMappings(request, fake.session))
    expect(types).toEqual(['caller-identified', 'step-started'])
    expect(result.mappings.map((mapping) => mapping.uuid)).toEqual(expected)
  })

  test('pages are followed, and only as far as needed', async () => {
    const fake = lambdaWith(fakeSession())
    await collect(listMappings({}, fake.session))
    await collect(listMappings({ limit: 2 }, fake.session))
    expect(fake.sent('lambda').map(([, input]) => input)).toEqual([{}, { Marker: '2' }, {}])
  })
})
