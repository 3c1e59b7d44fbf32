import { describe, expect, it } from 'vitest'
import type { Change } from '../../src/change.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, polling } from '../preflight/scenario.js'
import { createRole } from '../sandbox/lambda-fixture.js'
import { collect } from '../support/collect.js'
import {
  mend,
  putPolicy,
  refused,
  repairFor,
  rollBack,
  type Scene,
  scene,
  setAttributes,
  setTimeout,
} from './repair-scene.js'

const policyName = rolePolicyName(arnOfQueue())
const receive = 'role-lacks-receive-message'
const lacking = { role: { inline: [allow('logs:*')] } }

describe('attributes that were set together', () => {
  const redrive = { queue: { attributes: { VisibilityTimeout: '1' } } }
  const both = 'no-dead-letter-queue'
  const attributesIn = (change: Change | undefined) =>
    change?.type === 'queue-attributes' ? change.attributes : {}
  const attributesOf = ({ sandbox }: Scene) => {
    const settings = sandbox.world.sqs.queues.get(arnOfQueue())?.settings
    return [settings?.get('VisibilityTimeout'), settings?.get('RedrivePolicy') ?? '']
  }

  /** As an entry says that holds both in one call. */
  const mendTogether = async (at: Scene) => {
    const repair = repairFor((await at.plan()).repairs, both)
    const changes = repair.changes.map((change) =>
      change.type === 'queue-attributes'
        ? { ...change, attributes: { VisibilityTimeout: '30', ...change.attributes } }
        : change,
    )
    const { rules, summary, effects, refusal } = repair
    return collect(applyRepair({ rules, summary, effects, refusal, changes }, at.session))
  }

  it('fare apart where somebody set one of them', async () => {
    const at = await scene(redrive)
    const { result } = await mendTogether(at)
    await setTimeout('77')(at.sandbox)
    const { plan, applied } = await rollBack(at, result.journalId)
    expect(plan.steps).toMatchObject([
      { undo: { attributes: { RedrivePolicy: '' } }, stays: null },
      {
        change: { attributes: { VisibilityTimeout: expect.any(String) } },
        undo: null,
        stays: 'changed-since',
        reason: 'VisibilityTimeout of queue orders was changed by somebody else since, and is left as it is.',
      },
      { stays: 'queue-kept' },
    ])
    expect(applied.result.steps).toEqual(plan.steps)
    expect(attributesOf(at)).toEqual(['77', ''])
    expect(at.written.at(-1)?.changes).toMatchObject([
      { change: { type: 'queue' }, state: 'made' },
      { change: { attributes: { VisibilityTimeout: expect.any(String) } }, state: 'made' },
      { change: { attributes: { RedrivePolicy: expect.any(String) } }, state: 'undone' },
    ])
    await setTimeout(String(attributesIn(plan.steps[1]?.change).VisibilityTimeout))(at.sandbox)
    const again = await rollBack(at, result.journalId)
    expect(again.plan.steps.map(({ stays }) => stays)).toEqual(['undone-already', null, 'queue-kept'])
    expect(attributesOf(at)).toEqual(['1', ''])
  })

  it('also where that happens between plan and undo', async () => {
    const at = await scene(redrive)
    const { result } = await mendTogether(at)
    const { result: plan } = await collect(planRollback(result.journalId, at.session))
    await setTimeout('77')(at.sandbox)
    const { result: done, types } = await collect(applyRollback(plan, at.session))
    expect(types).toEqual(['change-applied', 'warning'])
    expect(done.steps.map(({ stays }) => stays)).toEqual([null, 'changed-since', 'queue-kept'])
    expect(attributesOf(at)).toEqual(['77', ''])
    expect(
      at.written.at(-1)?.changes.map(({ change, state }) => [...Object.keys(attributesIn(change)), state]),
    ).toEqual([['made'], ['VisibilityTimeout', 'made'], ['RedrivePolicy', 'undone']])
  })

  it('are told together where all were set', async () => {
    const at = await scene(redrive)
    const { result } = await mendTogether(at)
    await setTimeout('77')(at.sandbox)
    await setAttributes({ RedrivePolicy: '' })(at.sandbox)
    await setAttributes({
      RedrivePolicy: JSON.stringify({
        deadLetterTargetArn: arnOfQueue('orders-dead-letter'),
        maxReceiveCount: 9,
      }),
    })(at.sandbox)
    const { plan } = await rollBack(at, result.journalId)
    expect(plan.steps[0]).toMatchObject({
      reason: expect.stringMatching(
        /^VisibilityTimeout and RedrivePolicy of queue orders were changed by somebody else since, and are left as they are\.$/,
      ),
    })
  })

  it('a later repair of one of them is waited for, for that one', async () => {
    const at = await scene(redrive)
    const { result } = await mendTogether(at)
    await at.sandbox.advance(1_000)
    const change = {
      action: 'set',
      type: 'queue-attributes',
      iamAction: 'sqs:SetQueueAttributes',
      queueArn: arnOfQueue(),
      attributes: { VisibilityTimeout: '90' },
    } as const
    const again = { rules: [both], summary: '', effects: [], refusal: null, changes: [change] }
    const { result: later } = await collect(applyRepair(again, at.session))
    const { plan } = await rollBack(at, result.journalId)
    expect(plan.steps.map(({ stays }) => stays)).toEqual([null, 'changed-by-later-fix', 'queue-kept'])
    expect(plan.steps[1]?.reason).toContain(later.journalId)
  })

  it('of a queue that is gone are gone with it', async () => {
    const at = await scene(redrive)
    const { result } = await mendTogether(at)
    const QueueUrl = `${at.sandbox.endpoint}/${account}/orders`
    await at.sandbox.seed([{ service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl } }])
    const { plan } = await rollBack(at, result.journalId)
    expect(plan.steps[0]).toMatchObject({ stays: 'gone', reason: 'Queue orders is gone.' })
  })
})

describe('mappings that poll with rights that go', () => {
  const wired = async (at: Scene) =>
    at.sandbox.seed([
      {
        service: 'lambda',
        operation: 'CreateEventSourceMapping',
        input: { EventSourceArn: arnOfQueue(), FunctionName: 'worker', Enabled: true },
      },
    ])

  it.each<readonly [what: string, faults: readonly string[], said: readonly RegExp[]]>([
    [
      'are named',
      [],
      [
        /^Mapping \S+ to function worker is \w+: role worker-role loses rights on queue orders that it polls with/,
      ],
    ],
    [
      'that cannot be listed: it says so',
      ['ListEventSourceMappings'],
      [/^Whether a mapping polls queue orders with role worker-role could not be looked at: lambda:ListEv/],
    ],
    [
      'whose function cannot be read: it says so',
      ['GetFunctionConfiguration'],
      [/to function worker polls queue orders\. Whether with role worker-role could not be read: lambda:Get/],
    ],
  ])('%s', async (_, faults, said) => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    await wired(at)
    for (const operation of faults) at.sandbox.faults.inject(refused(operation))
    const { plan, applied } = await rollBack(at, result.journalId)
    const matching = said.map((words) => expect.stringMatching(words))
    expect(plan.steps[0]?.effects).toEqual(matching)
    expect(applied.result.steps[0]?.effects).toEqual(matching)
  })

  it('not where the mapping is being deleted', async () => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    const [made] = await wired(at)
    const { UUID } = made as { UUID: string } // as Lambda answers
    await at.sandbox.advance(60_000)
    await at.sandbox.seed([{ service: 'lambda', operation: 'DeleteEventSourceMapping', input: { UUID } }])
    const { result: plan } = await collect(planRollback(result.journalId, at.session))
    expect(plan.steps[0]?.effects).toBe(undefined)
  })

  it('not where its function has another role', async () => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    await wired(at)
    await at.sandbox.advance(60_000)
    const plan = async () => (await collect(planRollback(result.journalId, at.session))).result
    expect((await plan()).steps[0]?.effects).toEqual([expect.stringContaining(' is Enabled: ')])
    await createRole(at.sandbox, 'another')
    const role = `arn:aws:iam::${account}:role/another`
    const input = { FunctionName: 'worker', Role: role }
    await at.sandbox.seed([{ service: 'lambda', operation: 'UpdateFunctionConfiguration', input }])
    expect((await plan()).steps[0]?.effects).toBe(undefined)
  })

  it('only of queues that the policy did not speak of before', async () => {
    const at = await scene({
      ...lacking,
      also: putPolicy(policyName, { ...polling, Resource: arnOfQueue('old') }),
    })
    const { result } = await mend(at, receive)
    at.sandbox.faults.inject(refused('ListEventSourceMappings'))
    const { result: plan } = await collect(planRollback(result.journalId, at.session))
    expect(plan.steps[0]?.effects).toEqual([expect.stringContaining('queue orders ')])
  })

  it.each<readonly [what: string, rule: string, wire: boolean]>([
    ['there is none', receive, false],
    ['it is about the log', 'role-lacks-log-permissions', true],
  ])('nothing is said where %s', async (_, rule, wire) => {
    const at = await scene({ role: { inline: rule === receive ? [allow('logs:*')] : [polling] } })
    const { result } = await mend(at, rule)
    if (wire) await wired(at)
    const { plan } = await rollBack(at, result.journalId)
    expect(plan.steps[0]?.undo).not.toBe(null)
    expect(plan.steps[0]?.effects).toBe(undefined)
  })
})
