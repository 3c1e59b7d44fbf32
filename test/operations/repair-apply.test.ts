import { describe, expect, it } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { isMade } from '../../src/operations/repair/present.js'
import { waitForRepair } from '../../src/operations/repair/wait.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { allow, arnOfQueue } from '../preflight/scenario.js'
import { collect, collectFailure } from '../support/collect.js'
import { inlinePolicy, memoryJournal, mend, putPolicy, refused, repairFor, scene } from './repair-scene.js'

const logs = allow('logs:*')
const receive = 'role-lacks-receive-message'
const policyName = rolePolicyName(arnOfQueue())
const lacking = { role: { inline: [logs] } }

describe('the journal comes first', () => {
  it('says intended before the call, and made after it', async () => {
    const at = await scene({})
    const { result } = await mend(at, 'no-dead-letter-queue')
    expect(
      at.written.map(({ changes }) => changes.map(({ change, state }) => `${change.type} ${state}`)),
    ).toEqual([
      ['queue intended'],
      ['queue made'],
      ['queue made', 'queue-attributes intended'],
      ['queue made', 'queue-attributes made'],
    ])
    expect(at.written.at(-1)).toMatchObject({
      version: 1,
      id: expect.stringMatching(/^20261123-1200\d\d-[0-9a-f]{4}$/),
      startedAt: expect.stringMatching(/^2026-11-23T12:00/),
      region: 'us-east-1',
      endpoint: at.sandbox.endpoint,
      profile: null,
      rules: ['no-dead-letter-queue'],
      changes: [{ previous: null }, { previous: { RedrivePolicy: '' } }],
    })
    expect(result.journalId).toBe(at.written[0]?.id)
  })

  it('holds what was there before', async () => {
    const own = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }
    const at = await scene({ ...lacking, also: putPolicy(policyName, own) })
    const { result } = await mend(at, receive)
    expect(at.written.at(-1)?.changes[0]?.previous).toEqual({ Version: '2012-10-17', Statement: [own] })
    expect(result.made[0]?.undo).toMatch(/^aws iam put-role-policy .*s3:GetObject/)
  })

  it.each([
    ['there is none', undefined, /There is no journal to write the change into\. Nothing was changed/],
    [
      'it cannot be written',
      memoryJournal(() => new SqsTriggerError('JOURNAL_FAILED', 'The disk is full.')),
      /The disk is full/,
    ],
  ])('where %s nothing is changed', async (_, journal, said) => {
    const at = await scene(lacking, journal)
    const { repairs } = await at.plan()
    const { journal: _none, ...without } = at.session
    const session = journal === undefined ? without : at.session
    const { error } = await collectFailure(applyRepair(repairFor(repairs, receive), session))
    expect(error).toMatchObject({ code: 'JOURNAL_FAILED', message: expect.stringMatching(said) })
    expect(at.changes()).toEqual([])
  })

  it('one that fails after the call is told, and stops the next change', async () => {
    let writes = 0
    const full = () => (++writes > 1 ? new SqsTriggerError('JOURNAL_FAILED', 'The disk is full.') : undefined)
    const at = await scene({}, memoryJournal(full))
    const { repairs } = await at.plan()
    const { types, error } = await collectFailure(
      applyRepair(repairFor(repairs, 'no-dead-letter-queue'), at.session),
    )
    expect(types).toEqual(['change-applied', 'warning'])
    expect(error.code).toBe('JOURNAL_FAILED')
    expect(at.changes()).toEqual(['CreateQueue'])
  })

  it('an interruption between two changes leaves it true', async () => {
    const at = await scene({})
    const { repairs } = await at.plan()
    const controller = new AbortController()
    const session = { ...at.session, signal: controller.signal }
    const operation = applyRepair(repairFor(repairs, 'no-dead-letter-queue'), session)
    const first = await operation.next()
    expect(first.value).toMatchObject({ type: 'change-applied', change: { type: 'queue' } })
    controller.abort(new SqsTriggerError('INTERRUPTED', 'stopped'))
    await expect(operation.next()).rejects.toMatchObject({ code: 'INTERRUPTED' })
    expect(at.changes()).toEqual(['CreateQueue'])
    expect(at.written.at(-1)?.changes).toMatchObject([{ change: { type: 'queue' }, state: 'made' }])
  })
})

describe('what is there counts, not what was planned on', () => {
  it('a policy that somebody wrote meanwhile is left', async () => {
    const at = await scene(lacking)
    const { repairs } = await at.plan()
    await putPolicy(policyName, allow('s3:*'))(at.sandbox)
    const { error } = await collectFailure(applyRepair(repairFor(repairs, receive), at.session))
    expect(error).toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/changed by somebody else/),
      hint: expect.stringMatching(/^Run the same command again/),
    })
    expect(at.changes()).toEqual([])
    expect(inlinePolicy(at, policyName)).toMatchObject({ Statement: [{ Action: 's3:*' }] })
  })

  it('a repair that is refused is not made', async () => {
    const at = await scene(lacking)
    const { repairs } = await at.plan()
    const repair = { ...repairFor(repairs, receive), refusal: 'Somebody else must act.' }
    const { error } = await collectFailure(applyRepair(repair, at.session))
    expect(error).toMatchObject({ code: 'FIX_REFUSED', message: 'Somebody else must act.' })
    expect(at.changes()).toEqual([])
  })

  it('a write that IAM finds too large is told as such', async () => {
    const huge = allow('logs:*', `arn:aws:s3:::${'x'.repeat(10_100)}`)
    // Who may not read the others cannot add them up beforehand.
    const at = await scene({ role: { inline: [huge] } })
    const { result } = await at.judge()
    at.sandbox.faults.inject({ ...refused('ListRolePolicies') })
    const { planFor } = await import('./repair-scene.js')
    const repair = repairFor(await planFor(at, result), receive)
    expect(repair.refusal).toBe(null)
    const { error } = await collectFailure(applyRepair(repair, at.session))
    expect(error).toMatchObject({
      code: 'FIX_REFUSED',
      message: expect.stringMatching(/role worker-role may have 10,240 characters together\. Move one/),
      aws: { message: 'Maximum policy size of 10240 bytes exceeded for role worker-role' },
    })
  })

  it('a write that AWS does not show yet is told, after ten seconds', async () => {
    const at = await scene(lacking)
    const { repairs } = await at.plan()
    const gone = { kind: 'error', code: 'NoSuchEntity', message: 'gone', status: 404 } as const
    at.sandbox.faults.inject({ operation: 'GetRolePolicy', effect: gone })
    const before = at.session.clock.now()
    const { events } = await collect(applyRepair(repairFor(repairs, receive), at.session))
    expect(events.map((event) => (event.type === 'warning' ? event.message : event.type))).toEqual([
      'change-applied',
      `AWS took the change of policy ${policyName} of role worker-role, but does not show it yet.`,
    ])
    expect(at.session.clock.now() - before).toBe(10_000)
  })
})

it.each([
  ['the count as a number, in another order', '{"maxReceiveCount":5,"deadLetterTargetArn":"arn:x"}', true],
  ['as it was written', '{"deadLetterTargetArn":"arn:x","maxReceiveCount":"5"}', true],
  ['another count', '{"deadLetterTargetArn":"arn:x","maxReceiveCount":6}', false],
  ['none', '', false],
  ['no JSON', '{', false],
])('a redrive policy that SQS sends back: %s', (_, RedrivePolicy, same) => {
  const change = {
    action: 'set',
    type: 'queue-attributes',
    iamAction: 'sqs:SetQueueAttributes',
    queueArn: arnOfQueue(),
    attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:x","maxReceiveCount":"5"}' },
  } as const
  expect(isMade(change, { RedrivePolicy })).toBe(same)
})

describe('waiting until a repair is seen', () => {
  const request = { queue: 'orders', function: 'worker', settings: {}, sendTest: false, ignore: [], only: [] }

  it('is over at once where it is', async () => {
    const at = await scene(lacking)
    const { repair } = await mend(at, receive)
    const { events, result } = await collect(waitForRepair({ request, rules: repair.rules }, at.session))
    expect(events[0]).toMatchObject({ type: 'facts-gathered' })
    expect(events.slice(1)).toEqual(
      result.result.findings.map((finding) => ({ type: 'rule-judged', finding })),
    )
    expect(result.pending).toEqual([])
    expect(result.result.findings.find(({ rule }) => rule === receive)?.status).toBe('pass')
  })

  it('waits for a warning, too', async () => {
    const at = await scene({})
    const about = { request, rules: ['no-dead-letter-queue'], timeoutMs: 500 }
    const { events, result } = await collect(waitForRepair(about, at.session))
    expect(events[0]).toMatchObject({ what: 'the new setting of the queue' })
    expect(result.pending).toEqual(['no-dead-letter-queue'])
  })

  it('ends with its time, asks at most twice a second, and says what is open', async () => {
    const at = await scene(lacking)
    const started = at.session.clock.now()
    const about = { request, rules: [receive, 'no-dead-letter-queue'], timeoutMs: 3_000 }
    const { events, result } = await collect(waitForRepair(about, at.session))
    expect(result.pending.toSorted()).toEqual(['no-dead-letter-queue', receive])
    expect(at.session.clock.now() - started).toBe(3_000)
    const waits = events.filter(({ type }) => type === 'permission-pending')
    expect(waits.length).toBeGreaterThan(2)
    expect(waits.length).toBeLessThanOrEqual(6)
    // Of all the preflights only the last one is told.
    expect(events.filter(({ type }) => type === 'facts-gathered')).toHaveLength(1)
    expect(events[0]).toEqual({
      type: 'permission-pending',
      what: 'the new permission of the role',
      attempt: 1,
      elapsedMs: 0,
      timeoutMs: 3_000,
    })
  })
})
