import { describe, expect, it } from 'vitest'
import type { JournalEntry } from '../../src/journal.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import type { Repair, RepairResult } from '../../src/operations/results.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import type { FaultOrder } from '../../src/sandbox/faults.js'
import { allow, arnOfQueue } from '../preflight/scenario.js'
import { collect, collectFailure } from '../support/collect.js'
import { inlinePolicy, memoryJournal, refused, repairFor, type Scene, scene } from './repair-scene.js'

const receive = 'role-lacks-receive-message'
const logs = 'role-lacks-log-permissions'
const policyName = rolePolicyName(arnOfQueue())
const lacking = { role: { inline: [allow('s3:*')] } }
const statesOf = (entry: JournalEntry | undefined) => entry?.changes.map(({ state }) => state)

/** A scene with the journal as it stands. */
async function begin(scenario: Parameters<typeof scene>[0]) {
  const journal = memoryJournal()
  const at = await scene(scenario, journal)
  const { repairs } = await at.plan()
  return { at, repairs, entries: journal.entries }
}

async function applied(at: Scene, repair: Repair, before?: RepairResult): Promise<RepairResult> {
  return (await collect(applyRepair(repair, at.session, before))).result
}

async function rollBack(at: Scene, id: string) {
  const { result: plan } = await collect(planRollback(id, at.session))
  return (await collect(applyRollback(plan, at.session))).result
}

describe('all repairs of a run stand in one entry', () => {
  it('with the rules of all, and one rollback takes them back, the last first', async () => {
    const { at, repairs, entries } = await begin(lacking)
    const first = await applied(at, repairFor(repairs, receive))
    const second = await applied(at, repairFor(repairs, logs), first)
    expect(second.journalId).toBe(first.journalId)
    expect([first.made.length, second.made.length]).toEqual([1, 1])
    expect([...entries.values()]).toMatchObject([
      { id: first.journalId, rules: expect.arrayContaining([receive, logs]) },
    ])
    expect(statesOf(second.entry)).toEqual(['made', 'made'])
    const names = second.entry.changes.map(({ change }) => 'policyName' in change && change.policyName)
    const { steps } = await rollBack(at, first.journalId)
    expect(steps.map(({ undo }) => undo && 'policyName' in undo && undo.policyName)).toEqual(
      names.toReversed(),
    )
    expect(at.changes()).toEqual(['PutRolePolicy', 'PutRolePolicy', 'DeleteRolePolicy', 'DeleteRolePolicy'])
    expect(statesOf(entries.get(first.journalId))).toEqual(['undone', 'undone'])
  })

  it('the same place twice is taken back in two steps', async () => {
    const { at, repairs } = await begin(lacking)
    const repair = repairFor(repairs, receive)
    const first = await applied(at, repair)
    const policy = { Version: '2012-10-17', Statement: [allow('sqs:*')] }
    const { rules, summary, effects, refusal } = repair
    const changes = repair.changes.map((change) => ({ ...change, policy }))
    await applied(at, { rules, summary, effects, refusal, changes }, first)
    const { steps } = await rollBack(at, first.journalId)
    expect(steps.map(({ undo }) => undo?.action)).toEqual(['put', 'delete'])
    expect(inlinePolicy(at, policyName)).toBe(undefined)
  })

  it('an entry of another account is not gone on with', async () => {
    const { at, repairs } = await begin(lacking)
    const first = await applied(at, repairFor(repairs, receive))
    const elsewhere = { ...first, entry: { ...first.entry, account: '444455556666' } }
    const { error } = await collectFailure(applyRepair(repairFor(repairs, logs), at.session, elsewhere))
    expect(error).toMatchObject({
      code: 'FIX_REFUSED',
      message: expect.stringContaining('in account 444455556666'),
    })
    expect(at.changes()).toEqual(['PutRolePolicy'])
  })
})

describe('what AWS refused was never made', () => {
  it('an entry of nothing else is taken out of the journal', async () => {
    const { at, repairs, entries } = await begin(lacking)
    at.sandbox.faults.inject(refused('PutRolePolicy'))
    const { error, types } = await collectFailure(applyRepair(repairFor(repairs, receive), at.session))
    expect([error.code, types]).toEqual(['ACCESS_DENIED', []])
    expect(statesOf(at.written.at(-1))).toEqual(['intended'])
    expect(entries.size).toBe(0)
  })

  it('beside what was made it is marked, and a rollback says so', async () => {
    const { at, repairs, entries } = await begin({})
    at.sandbox.faults.inject(refused('SetQueueAttributes'))
    await collectFailure(applyRepair(repairFor(repairs, 'no-dead-letter-queue'), at.session))
    const [entry] = [...entries.values()]
    expect(statesOf(entry)).toEqual(['made', 'never-made'])
    expect((await rollBack(at, entry?.id ?? '')).steps.map(({ stays }) => stays)).toEqual([
      'never-made',
      'queue-kept',
    ])
  })

  it.each<[what: string, fault: FaultOrder]>([
    ['the connection broke', { service: 'iam', operation: 'PutRolePolicy', effect: { kind: 'cut' } }],
    [
      'a server failed',
      {
        operation: 'PutRolePolicy',
        effect: { kind: 'error', code: 'ServiceFailure', message: 'x', status: 500 },
      },
    ],
    ['a proxy answered', { operation: 'PutRolePolicy', effect: { kind: 'html', status: 403 } }],
    [
      'only a later attempt was refused',
      {
        operation: 'PutRolePolicy',
        times: 1,
        effect: { kind: 'error', code: 'ServiceFailure', message: 'x', status: 500 },
      },
    ],
  ])('where %s it stays intended, and is compared with what is there', async (what, fault) => {
    const { at, repairs, entries } = await begin(lacking)
    at.sandbox.faults.inject(fault)
    if (what.startsWith('only')) at.sandbox.faults.inject(refused('PutRolePolicy'))
    await collectFailure(applyRepair(repairFor(repairs, receive), at.session))
    const [entry] = [...entries.values()]
    expect(statesOf(entry)).toEqual(['intended'])
    const made = inlinePolicy(at, policyName) !== undefined
    expect(made).toBe(what === 'the connection broke')
    at.sandbox.faults.clear()
    const { steps } = await rollBack(at, entry?.id ?? '')
    expect(steps).toMatchObject([{ stays: made ? null : 'never-made' }])
    expect(inlinePolicy(at, policyName)).toBe(undefined)
  })

  it('a journal that cannot be told is a warning, and the refusal is the error', async () => {
    const { at, repairs } = await begin(lacking)
    at.sandbox.faults.inject(refused('PutRolePolicy'))
    const journal = at.session.journal
    if (!journal) throw new Error('there is one')
    const remove = () => Promise.reject(new Error('The disk is gone.'))
    const session = { ...at.session, journal: { ...journal, remove } }
    const { error, events } = await collectFailure(applyRepair(repairFor(repairs, receive), session))
    expect(error.code).toBe('ACCESS_DENIED')
    expect(events).toEqual([
      {
        type: 'warning',
        message: 'The change was not made, but the journal could not be told: The disk is gone.',
      },
    ])
  })
})
