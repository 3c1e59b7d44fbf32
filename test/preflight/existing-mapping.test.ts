import { expect, it } from 'vitest'
import type { MappingSettings } from '../../src/mapping.js'
import type { Session } from '../../src/operations/session.js'
import type { FaultOrder } from '../../src/sandbox/faults.js'
import { account, preflight, region, withholdFilters } from './preflight-world.js'
import { build } from './scenario.js'

const filter = '{"body":{"type":["order"]}}'

const refused: FaultOrder = {
  service: 'lambda',
  operation: 'ListTags',
  effect: { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 },
}

async function wired(settings: MappingSettings, faults: readonly FaultOrder[] = [], withheld = false) {
  const { sandbox, session } = await build({})
  const input = {
    EventSourceArn: `arn:aws:sqs:${region}:${account}:orders`,
    FunctionName: 'worker',
    Tags: { team: 'red', cost: '7' },
    FilterCriteria: { Filters: [{ Pattern: filter }] },
  }
  await sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  await sandbox.advance(1000)
  for (const fault of faults) sandbox.faults.inject(fault)
  const calls = watch(session)
  if (withheld) withholdFilters(session)
  const { byRule } = await preflight(session, { settings })
  return { differs: byRule['mapping-differs'], exists: byRule['mapping-exists'], calls }
}

/** The names of the calls to Lambda, as they are sent. */
function watch({ clients }: Session): readonly string[] {
  const calls: string[] = []
  clients.lambda.middlewareStack.add(
    (next, context) => (args) => {
      calls.push(context.commandName ?? '')
      return next(args)
    },
    { step: 'initialize', name: 'watch' },
  )
  return calls
}

it.each<[string, MappingSettings, string, string, number]>([
  ['no tag is asked for: tags are not read', {}, 'pass', 'warn', 0],
  ['the tag that it has', { tags: { team: 'red' } }, 'pass', 'warn', 1],
  ['another value', { tags: { team: 'blue' } }, 'fail', 'skip', 1],
  ['a tag that it does not have', { tags: { owner: 'ann' } }, 'fail', 'skip', 1],
])('%s', async (_, settings, differs, exists, reads) => {
  const found = await wired(settings)
  expect([found.differs?.status, found.exists?.status]).toEqual([differs, exists])
  expect(found.calls.filter((name) => name === 'ListTagsCommand')).toHaveLength(reads)
})

it('tags that may not be read leave both rules unknown, with the permission', async () => {
  const found = await wired({ tags: { team: 'red' } }, [refused])
  const gap = { reason: 'lambda:ListTags was refused', permission: 'lambda:ListTags' }
  expect(found).toMatchObject({ differs: { status: 'unknown', gap }, exists: { status: 'unknown', gap } })
})

it('another batch size is a difference, whatever the tags are', async () => {
  const found = await wired({ tags: { team: 'red' }, batchSize: 5 }, [refused])
  expect([found.differs?.status, found.exists?.status]).toEqual(['fail', 'skip'])
})

it.each<[string, MappingSettings, string, string, number]>([
  ['none asked for: the mapping is not read', {}, 'pass', 'warn', 0],
  ['the same filter', { filters: [filter] }, 'pass', 'warn', 1],
  ['another filter', { filters: ['{"body":["x"]}'] }, 'fail', 'skip', 1],
])('filters that the list withholds: %s', async (_, settings, differs, exists, reads) => {
  const found = await wired(settings, [], true)
  expect([found.differs?.status, found.exists?.status]).toEqual([differs, exists])
  expect(found.calls.filter((name) => name === 'GetEventSourceMappingCommand')).toHaveLength(reads)
})

it('withheld filters that may not be read leave both rules unknown', async () => {
  const found = await wired({ filters: [filter] }, [{ ...refused, operation: 'GetEventSourceMapping' }], true)
  const gap = { permission: 'lambda:GetEventSourceMapping' }
  expect(found).toMatchObject({ differs: { status: 'unknown', gap }, exists: { status: 'unknown', gap } })
})

const place = `arn:aws:sqs:${region}:${account}`

it('a mapping that is there is judged by its own window and filters', async () => {
  const { sandbox, session } = await build({})
  const mapping = {
    EventSourceArn: `${place}:orders`,
    FunctionName: 'worker',
    MaximumBatchingWindowInSeconds: 20,
    FilterCriteria: { Filters: [{ Pattern: filter }] },
  }
  await sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input: mapping }])
  const { byRule } = await preflight(session, {})
  expect(byRule['filter-deletes-unmatched']).toMatchObject({ status: 'warn', observed: [filter] })
  // Six times five seconds, and the window.
  expect(byRule['visibility-timeout-leaves-no-retry-room']).toMatchObject({ status: 'warn', expected: 50 })
  const asked = await preflight(session, { settings: { filters: [], batchWindowSeconds: 0 } })
  expect(asked.byRule['filter-deletes-unmatched']?.status).toBe('pass')
  expect(asked.byRule['visibility-timeout-leaves-no-retry-room']?.status).toBe('pass')
})

it.each([
  [2, 'pass', 2],
  [5, 'warn', 2],
  // Nothing more is asked where it is too much already.
  [11, 'warn', 1],
] as const)('a maximum of %i beside the one of another queue: %s', async (maxConcurrency, status, lists) => {
  const { sandbox, session } = await build({})
  const other = { EventSourceArn: `${place}:bills`, ScalingConfig: { MaximumConcurrency: 8 } }
  const reserved = { FunctionName: 'worker', ReservedConcurrentExecutions: 10 }
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'bills' } },
    { service: 'lambda', operation: 'PutFunctionConcurrency', input: reserved },
    { service: 'lambda', operation: 'CreateEventSourceMapping', input: { ...other, FunctionName: 'worker' } },
  ])
  await sandbox.advance(1000)
  const calls = watch(session)
  const { byRule } = await preflight(session, { settings: { maxConcurrency } })
  expect(byRule['maximum-concurrency-above-reserved']?.status).toBe(status)
  expect(calls.filter((name) => name === 'ListEventSourceMappingsCommand')).toHaveLength(lists)
})
