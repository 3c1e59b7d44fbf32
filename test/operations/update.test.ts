import { GetEventSourceMappingCommand, ListTagsCommand } from '@aws-sdk/client-lambda'
import { SetQueueAttributesCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { applyChange } from '../../src/operations/apply-change.js'
import type { UpdateInput } from '../../src/operations/requests.js'
import type { Session } from '../../src/operations/session.js'
import { formerOf } from '../../src/operations/update/changes.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { collect, collectFailure } from '../support/collect.js'
import { wiredDemo } from './demo-scene.js'

type Asked = Omit<UpdateInput, 'mapping'>

async function update(asked: Asked, session: Session) {
  const { result: plan } = await collect(planUpdate({ mapping: 'orders', ...asked }, session))
  const { result, events } = await collect(applyUpdate(plan, {}, session))
  return { plan, result, events }
}

/** As AWS itself tells the mapping, without what changes by itself. */
async function told({ clients }: Session, uuid: string) {
  const { $metadata, LastModified, ...mapping } = await clients.lambda.send(
    new GetEventSourceMappingCommand({ UUID: uuid }),
  )
  const { Tags } = await clients.lambda.send(
    new ListTagsCommand({ Resource: mapping.EventSourceMappingArn ?? '' }),
  )
  return { ...mapping, Tags }
}

const settings: readonly (readonly [string, Asked, object])[] = [
  ['batch size', { settings: { batchSize: 5 } }, { BatchSize: 5 }],
  [
    'batch size and window',
    { settings: { batchSize: 100, batchWindowSeconds: 5 } },
    { BatchSize: 100, MaximumBatchingWindowInSeconds: 5 },
  ],
  ['maximum concurrency', { settings: { maxConcurrency: 7 } }, { ScalingConfig: { MaximumConcurrency: 7 } }],
  [
    'pollers',
    { settings: { minimumPollers: 3, maximumPollers: 9 } },
    { ProvisionedPollerConfig: { MinimumPollers: 3, MaximumPollers: 9 } },
  ],
  [
    'partial failures',
    { settings: { reportBatchItemFailures: true } },
    { FunctionResponseTypes: ['ReportBatchItemFailures'] },
  ],
  [
    'filters',
    { settings: { filters: ['{"body":{"kind":["order"]}}'] } },
    { FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } },
  ],
  [
    'event count metrics',
    { settings: { eventCountMetrics: true } },
    { MetricsConfig: { Metrics: ['EventCount'] } },
  ],
  ['state', { settings: { enabled: false } }, { State: 'Disabled' }],
  ['tags', { settings: { tags: { team: 'orders' } } }, { Tags: { team: 'orders' } }],
]

describe('every setting is changed, changed once, and brought back', () => {
  test.each(settings)('%s', async (_, asked, expected) => {
    const { session, uuid } = await wiredDemo()
    const before = await told(session, uuid)

    const first = await update(asked, session)
    expect(first.result.outcome).toBe('updated')
    expect(await told(session, uuid)).toMatchObject(expected)

    const again = await update(asked, session)
    expect([again.plan.outcome, again.plan.changes, again.result.outcome]).toEqual([
      'unchanged',
      [],
      'unchanged',
    ])

    const { settings, clear, untag } = formerOf(first.plan)
    expect((await update({ settings, clear, untag }, session)).result.outcome).toBe('updated')
    expect(await told(session, uuid)).toEqual(before)
  })
})

test('what is cleared is not there any more, and clearing it again changes nothing', async () => {
  const { session, uuid } = await wiredDemo()
  await update(
    { settings: { maxConcurrency: 5, filters: ['{"body":{"a":[1]}}'], tags: { a: '1', b: '2' } } },
    session,
  )
  const asked = { clear: ['max-concurrency', 'filter', 'pollers'], untag: ['a', 'c'] } as const
  const { plan, result } = await update(asked, session)
  expect(plan.update).toMatchObject({ clear: ['max-concurrency', 'filter'], untag: ['a'] })
  expect(result.mapping).toMatchObject({ filters: [] })
  expect(result.mapping.maxConcurrency).toBeUndefined()
  expect((await told(session, uuid)).Tags).toEqual({ b: '2' })
  expect((await collect(planUpdate({ mapping: uuid, ...asked }, session))).result.outcome).toBe('unchanged')
})

test('settings that AWS would refuse together are refused before anything is sent', async () => {
  const { session, uuid } = await wiredDemo()
  const { result: plan } = await collect(planUpdate({ mapping: uuid, settings: { batchSize: 100 } }, session))
  expect([plan.outcome, plan.changes]).toEqual(['blocked', []])
  expect(plan.blocking.map(({ rule }) => rule)).toEqual(['batch-size-needs-window'])
  const { error } = await collectFailure(applyUpdate(plan, {}, session))
  expect(error.code).toBe('CHECKS_FAILED')
  expect(await told(session, uuid)).toMatchObject({ BatchSize: 10 })
})

test('one poller count alone keeps the other', async () => {
  const { session } = await wiredDemo()
  await update({ settings: { minimumPollers: 3, maximumPollers: 9 } }, session)
  const { result } = await update({ settings: { maximumPollers: 20 } }, session)
  expect(result.mapping).toMatchObject({ minimumPollers: 3, maximumPollers: 20 })
})

test('switching on looks at queue, function and role again', async () => {
  const { sandbox, session } = await wiredDemo()
  await update({ settings: { enabled: false } }, session)
  await applyChange(
    {
      action: 'delete',
      type: 'role-policy',
      iamAction: 'iam:DeleteRolePolicy',
      roleArn: `arn:aws:iam::${sandbox.world.account}:role/order-worker-role`,
      policyName: 'all',
    },
    session,
  )
  const { result: plan } = await collect(
    planUpdate({ mapping: 'orders', settings: { enabled: true } }, session),
  )
  expect(plan.blocking.map(({ rule }) => rule)).toEqual(['role-lacks-delete-message'])
  // To switch it off nothing is judged.
  const off = await collect(planUpdate({ mapping: 'orders', settings: { enabled: false } }, session))
  expect([off.result.outcome, off.result.findings]).toEqual(['unchanged', []])
})

test('what AWS refuses names the two ends, so that the command of the hint can be pasted', async () => {
  const { sandbox, session } = await wiredDemo()
  const QueueUrl = `${sandbox.endpoint}/${sandbox.world.account}/orders`
  const Attributes = { VisibilityTimeout: '1' }
  await session.clients.sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }))
  const { result: plan } = await collect(
    planUpdate({ mapping: 'orders', settings: { enabled: false } }, session),
  )
  const { error } = await collectFailure(applyUpdate(plan, {}, session))
  const { queueArn, functionArn } = plan.mapping
  expect(error.hint).toContain(`\nsqs-trigger preflight ${queueArn} ${functionArn} --fix --region `)
})

test('a mapping in transition is asked again, and the undo is the command that brings back what was there', async () => {
  const { session, uuid } = await wiredDemo()
  const { result: first } = await collect(planUpdate({ mapping: uuid, settings: { batchSize: 5 } }, session))
  const { result: second } = await collect(planUpdate({ mapping: uuid, settings: { batchSize: 6 } }, session))
  await collect(applyUpdate(first, { wait: false }, session))
  const { events, result } = await collect(applyUpdate(second, {}, session))
  expect(result.mapping).toMatchObject({ batchSize: 6, state: 'Enabled' })
  const warnings = events.flatMap((event) => (event.type === 'warning' ? event.message : []))
  expect(warnings).toEqual([`Event source mapping ${uuid} is in use; asking again until it can be changed.`])
  const [made] = events.flatMap((event) => (event.type === 'change-applied' ? event.made : []))
  expect(made?.undo).toMatch(new RegExp(`^sqs-trigger update ${uuid} --batch-size 10 --yes --region `))
})

test('a mapping that is off stays off, and that is how it is waited for', async () => {
  const { session } = await wiredDemo()
  await update({ settings: { enabled: false } }, session)
  const { result } = await update({ settings: { batchSize: 8 } }, session)
  expect(result).toMatchObject({ outcome: 'updated', mapping: { batchSize: 8, state: 'Disabled' } })
})

test('without its filters nothing is said of them any more', async () => {
  const { session } = await wiredDemo()
  const { plan: filtered } = await update({ settings: { filters: ['{"body":{"kind":["order"]}}'] } }, session)
  expect(filtered.findings.map(({ rule }) => rule)).toContain('filter-deletes-unmatched')
  const { plan } = await update({ clear: ['filter'] }, session)
  const objecting = plan.findings.filter(({ status }) => status === 'warn' || status === 'fail')
  expect(objecting.map(({ rule }) => rule)).not.toContain('filter-deletes-unmatched')
})

test.each([
  ['a setting', { settings: { batchSize: 7 } }, 'update UUID --batch-size 10'],
  ['off', { settings: { enabled: false } }, 'enable UUID'],
  [
    'tags are there at once',
    { settings: { tags: { team: 'a' }, batchSize: 7 } },
    'update UUID --batch-size 10 --untag team',
  ],
] as const)('who stops waiting is told the way back, not the way out: %s', async (_, asked, back) => {
  const { session, uuid } = await wiredDemo()
  const controller = new AbortController()
  const { result: plan } = await collect(planUpdate({ mapping: uuid, ...asked }, session))
  const { clock } = session
  const stopping: Session = {
    ...session,
    signal: controller.signal,
    clock: {
      ...clock,
      sleep: async () => {
        controller.abort(new SqsTriggerError('INTERRUPTED', 'Interrupted.'))
        throw controller.signal.reason
      },
    },
  }
  const { error } = await collectFailure(applyUpdate(plan, {}, stopping))
  expect(error.message).toMatch(new RegExp(`AWS keeps working on event source mapping ${uuid}\\.$`))
  expect(error.hint).toContain(`\nback: sqs-trigger ${back.replace('UUID', uuid)} --region`)
  expect(error.hint).not.toContain('unwire')
})
