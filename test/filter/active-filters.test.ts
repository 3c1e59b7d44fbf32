import { expect, test } from 'vitest'
import type { Session } from '../../src/operations/session.js'
import { account, preflight, region, withholdFilters } from '../preflight/preflight-world.js'
import { build } from '../preflight/scenario.js'

const filter = '{"body":{"type":["order"]}}'
const samples = [
  { name: 'order', body: '{"type":"order"}' },
  { name: 'refund', body: '{"type":"refund"}' },
]

/** A mapping whose filters a customer key encrypts: a list does not show them. */
async function wired(): Promise<{
  readonly session: Session
  readonly reads: () => number
  readonly refuse: () => void
}> {
  const { sandbox, session } = await build({})
  const input = {
    EventSourceArn: `arn:aws:sqs:${region}:${account}:orders`,
    FunctionName: 'worker',
    FilterCriteria: { Filters: [{ Pattern: filter }] },
  }
  await sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  await sandbox.advance(1000)
  withholdFilters(session)
  return {
    session,
    reads: () => sandbox.calls().filter(({ operation }) => operation === 'GetEventSourceMapping').length,
    refuse: () => {
      const effect = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
      sandbox.faults.inject({ service: 'lambda', operation: 'GetEventSourceMapping', effect })
    },
  }
}

test('encrypted filters are read from the mapping itself, and judge the examples', async () => {
  const { session, reads } = await wired()
  const { result } = await preflight(session, { samples })
  expect(result.samples).toMatchObject([{ verdict: 'kept', filter: 1 }, { verdict: 'deleted' }])
  expect(reads()).toBe(1)
})

test('without a message to judge they are not asked for', async () => {
  const { session, reads } = await wired()
  const { result } = await preflight(session)
  expect(result.samples).toBeUndefined()
  expect(reads()).toBe(0)
})

test('where they may not be read, nothing is said of the examples, nor of the test message', async () => {
  const { session, refuse } = await wired()
  refuse()
  const { result, byRule } = await preflight(session, { samples, sendTest: true })
  expect(result.samples?.map(({ verdict, reason }) => [verdict, reason])).toEqual(
    samples.map(() => ['invalid', 'The filters are not known: lambda:GetEventSourceMapping was refused.']),
  )
  expect(byRule['test-message-filtered']).toMatchObject({
    status: 'unknown',
    gap: { permission: 'lambda:GetEventSourceMapping' },
  })
})

test('filters that are asked for judge, whatever the mapping has', async () => {
  const { session, reads } = await wired()
  const settings = { filters: ['{"body":{"type":["refund"]}}'] }
  const { result } = await preflight(session, { samples, settings })
  expect(result.samples).toMatchObject([{ verdict: 'deleted' }, { verdict: 'kept' }])
  // To compare it with what is asked for, not to judge.
  expect(reads()).toBe(1)
})
