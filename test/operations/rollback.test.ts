import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../src/journal.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue } from '../preflight/scenario.js'
import { collect, collectFailure } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'
import {
  inlinePolicy,
  memoryJournal,
  mend,
  putPolicy,
  refused,
  repairFor,
  rollBack,
  scene,
  setTimeout,
} from './repair-scene.js'

const receive = 'role-lacks-receive-message'
const policyName = rolePolicyName(arnOfQueue())
const lacking = { role: { inline: [allow('logs:*')] } }
const own = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }

const deletePolicy = (sandbox: TestSandbox) =>
  sandbox.seed([
    {
      service: 'iam',
      operation: 'DeleteRolePolicy',
      input: { RoleName: 'worker-role', PolicyName: policyName },
    },
  ])

describe('taking back', () => {
  it('a policy that was new is deleted; the undo of that is to write it again', async () => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    const { plan, types, applied } = await rollBack(at, result.journalId)
    expect(types).toEqual(['caller-identified', 'step-started'])
    expect(plan.steps).toMatchObject([{ undo: { action: 'delete', policyName }, stays: null, reason: null }])
    expect(applied.result.steps).toEqual(plan.steps)
    expect(applied.events).toMatchObject([
      {
        type: 'change-applied',
        change: { action: 'delete' },
        made: { undo: expect.stringMatching(/^aws iam put-role-policy .*SqsTriggerPoll/) },
      },
    ])
    expect(inlinePolicy(at, policyName)).toBe(undefined)
    expect(at.written.at(-1)?.changes).toMatchObject([{ state: 'undone' }])
  })

  it('a policy that was there gets its former text', async () => {
    const at = await scene({ ...lacking, also: putPolicy(policyName, own) })
    const { result } = await mend(at, receive)
    await rollBack(at, result.journalId)
    expect(inlinePolicy(at, policyName)).toEqual({ Version: '2012-10-17', Statement: [own] })
  })

  it('the last change first; a queue stays', async () => {
    const at = await scene({ queue: { attributes: { VisibilityTimeout: '1' } } })
    const { result: before } = await mend(at, 'visibility-timeout-below-function-timeout')
    const repair = repairFor((await at.plan()).repairs, 'no-dead-letter-queue')
    const { result } = await collect(applyRepair(repair, at.session, before))
    const { plan, applied } = await rollBack(at, result.journalId.slice(0, 13))
    expect(plan.steps).toMatchObject([
      { change: { type: 'queue-attributes' }, undo: { attributes: { RedrivePolicy: '' } } },
      {
        change: { type: 'queue' },
        undo: null,
        stays: 'queue-kept',
        reason: expect.stringMatching(/a queue is never deleted/),
      },
      { change: { type: 'queue-attributes' }, undo: { attributes: { VisibilityTimeout: '1' } } },
    ])
    expect(applied.result.made.map(({ type }) => type)).toEqual(['queue-attributes', 'queue-attributes'])
    const { byRule } = await at.judge()
    expect(byRule['no-dead-letter-queue']?.status).toBe('warn')
    expect(byRule['visibility-timeout-below-function-timeout']?.status).toBe('fail')
    expect(at.sandbox.world.sqs.queues.has(arnOfQueue('orders-dead-letter'))).toBe(true)
  })

  it('what was taken back already says so', async () => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    await rollBack(at, result.journalId)
    const written = at.written.length
    const again = await rollBack(at, result.journalId)
    expect(at.written).toHaveLength(written)
    const step = { undo: null, stays: 'undone-already', reason: 'It was undone already.' }
    expect(again.plan.steps).toMatchObject([step])
    expect(again.applied.result).toMatchObject({ made: [], steps: [step] })
  })
})

describe('only what still is as it was written', () => {
  it('what a later repair extended waits for that one', async () => {
    const at = await scene(lacking)
    const first = await mend(at, receive)
    await at.sandbox.advance(1_000)
    const policy = { Version: '2012-10-17', Statement: [own] }
    const { rules, summary, effects, refusal } = first.repair
    const changes = first.repair.changes.map((change) => ({ ...change, policy }))
    const second = applyRepair({ rules, summary, effects, refusal, changes }, at.session)
    const { result: later } = await collect(second)
    const blocked = await rollBack(at, first.result.journalId)
    expect(blocked.plan.steps).toMatchObject([
      {
        stays: 'changed-by-later-fix',
        reason: expect.stringContaining(`by the later repair ${later.journalId}: take that one back first`),
      },
    ])
    await rollBack(at, later.journalId)
    await rollBack(at, first.result.journalId)
    expect(inlinePolicy(at, policyName)).toBe(undefined)
  })

  it.each([
    [
      'a policy that somebody changed',
      receive,
      lacking,
      putPolicy(policyName, own),
      'changed-since',
      /was changed by somebody else since/,
    ],
    [
      'a policy that somebody deleted',
      receive,
      lacking,
      deletePolicy,
      'as-before',
      /is as it was before already/,
    ],
    [
      'an attribute that somebody set',
      'visibility-timeout-below-function-timeout',
      { queue: { attributes: { VisibilityTimeout: '1' } } },
      setTimeout('77'),
      'changed-since',
      /VisibilityTimeout of queue orders was changed by somebody else since/,
    ],
    [
      'a policy that was extended and that somebody deleted',
      receive,
      { ...lacking, also: putPolicy(policyName, own) },
      deletePolicy,
      'gone',
      /is gone/,
    ],
    [
      'a policy that cannot be read',
      receive,
      lacking,
      async (sandbox: TestSandbox) => sandbox.faults.inject(refused('GetRolePolicy')),
      'unreadable',
      /could not be read, and is left as it is/,
    ],
  ])('%s stays', async (_, rule, scenario, edit, stays, reason) => {
    const at = await scene(scenario)
    const { result } = await mend(at, rule, { only: [rule] })
    await edit(at.sandbox)
    const { plan, applied } = await rollBack(at, result.journalId)
    expect(plan.steps).toMatchObject([{ undo: null, stays, reason: expect.stringMatching(reason) }])
    expect(applied.result.made).toEqual([])
  })

  it('also when it is changed between plan and undo', async () => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    const { result: plan } = await collect(planRollback(result.journalId, at.session))
    await putPolicy(policyName, own)(at.sandbox)
    const { events, result: undone } = await collect(applyRollback(plan, at.session))
    expect(events).toMatchObject([
      { type: 'warning', message: expect.stringMatching(/changed by somebody else/) },
    ])
    expect(undone).toMatchObject({ made: [], steps: [{ undo: null, stays: 'changed-since' }] })
    expect(inlinePolicy(at, policyName)).toMatchObject({ Statement: [own] })
  })

  it.each([
    ['whose write took effect counts as made', true, null],
    ['whose write did not is nothing to undo', false, /was never changed/],
  ])('an entry %s', async (_, happened, reason) => {
    const at = await scene(lacking)
    const { result } = await mend(at, receive)
    const entry = at.written.at(-1)
    if (!entry) throw new Error('nothing was written')
    const changes = entry.changes.map((change) => ({ ...change, state: 'intended' }) as const)
    await at.session.journal?.write({ ...entry, changes })
    if (!happened) await deletePolicy(at.sandbox)
    const { plan, applied } = await rollBack(at, result.journalId)
    expect(plan.steps[0]?.stays).toBe(happened ? null : 'never-made')
    expect(plan.steps[0]?.reason ?? null).toEqual(reason === null ? null : expect.stringMatching(reason))
    expect(applied.result.made).toHaveLength(happened ? 1 : 0)
  })
})

describe('which entry', () => {
  const entry = (id: string, more: Partial<JournalEntry> = {}): JournalEntry => ({
    version: 1,
    id,
    startedAt: '2026-11-23T09:15:00.000Z',
    account,
    region: 'us-east-1',
    endpoint: null,
    profile: null,
    rules: [receive],
    changes: [],
    ...more,
  })

  it.each([
    ['20261123-0915', 'USAGE', /is the beginning of 2 entries/],
    ['2027', 'NOT_FOUND', /holds no entry "2027"/],
    ['', 'NOT_FOUND', /holds no entry ""/],
  ])('%j: %s', async (id, code, said) => {
    const at = await scene(lacking)
    for (const one of ['20261123-091500-3f2a', '20261123-091501-77aa'])
      await at.session.journal?.write(entry(one))
    const { error } = await collectFailure(planRollback(id, at.session))
    expect(error).toMatchObject({ code, message: expect.stringMatching(said) })
    expect(error.hint).toContain('20261123-091500-3f2a')
  })

  it.each([
    [
      'account',
      { account: '444455556666' },
      /is in account 444455556666, not 111122223333/,
      /^Sign in to account 444455556666 first\.\nthen: sqs-trigger rollback \S+ --region us-east-1/,
    ],
    [
      'Region',
      { region: 'eu-west-1' },
      /is in Region eu-west-1, not us-east-1/,
      /^sqs-trigger rollback \S+ --region eu-west-1/,
    ],
    ['endpoint', { endpoint: null }, /is in endpoint of AWS itself, not http/, /--region us-east-1$/],
    [
      'profile, which is named',
      { account: '444455556666', profile: 'shop' },
      /made with profile "shop"/,
      /^sqs-trigger rollback .*--profile shop/,
    ],
  ])('of another %s is refused', async (_, more, said, way) => {
    const at = await scene(lacking)
    const id = '20261123-091500-3f2a'
    await at.session.journal?.write(entry(id, { endpoint: at.sandbox.endpoint, ...more }))
    const { error } = await collectFailure(planRollback(id, at.session))
    expect(error).toMatchObject({ code: 'FIX_REFUSED', message: expect.stringMatching(said) })
    expect(error.hint).toMatch(way)
  })

  it('of a profile that leads to another account by now: the same words would lead there again', async () => {
    const at = await scene(lacking)
    const id = '20261123-091500-3f2a'
    const session = { ...at.session, clients: { ...at.session.clients, profile: 'shop' } }
    const place = { endpoint: at.sandbox.endpoint, account: '444455556666', profile: 'shop' }
    await at.session.journal?.write(entry(id, place))
    const { error } = await collectFailure(planRollback(id, session))
    expect(error.hint).toMatch(/^Sign in to account 444455556666 first/)
  })

  it('that cannot be read is named, whatever else is there', async () => {
    const at = await scene(lacking)
    const { journal } = at.session
    if (!journal) throw new Error('there is one')
    const unreadable = ['/state/20261123-091500-3f2a.json']
    const list = async () => ({ entries: [entry('20261124-091500-3f2a')], unreadable })
    const session = { ...at.session, journal: { ...journal, list } }
    for (const [id, code] of [
      ['20261123', 'JOURNAL_FAILED'],
      ['20270101', 'NOT_FOUND'],
      ['', 'NOT_FOUND'],
    ] as const) {
      expect((await collectFailure(planRollback(id, session))).error.code).toBe(code)
    }
  })

  it('without a journal nothing is undone; one that cannot be written stops it before the first call', async () => {
    let broken = false
    const at = await scene(
      lacking,
      memoryJournal(() => (broken ? new Error('full') : undefined)),
    )
    const { result } = await mend(at, receive)
    const { result: plan } = await collect(planRollback(result.journalId, at.session))
    const before = at.changes().length
    broken = true
    await expect(collect(applyRollback(plan, at.session))).rejects.toThrow('full')
    expect(at.changes()).toHaveLength(before)
    const { journal: _, ...without } = at.session
    expect((await collectFailure(planRollback(result.journalId, without))).error.code).toBe('JOURNAL_FAILED')
  })
})
