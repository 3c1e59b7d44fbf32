import { describe, expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import type { OperationEvent } from '../../src/operations/events.js'
import type { Outcome, RepairTold } from '../../src/report/outcome.js'
import type { PlanToShow } from '../../src/report/reporter.js'
import { type Choices, rendered, type Told } from './rendered.js'
import {
  blockedPlan,
  declined,
  entry,
  grantEntry,
  journalId,
  made,
  plannedGrant,
  plannedRedrive,
  refused,
  report,
  rollback,
  rollbackCall,
  undone,
} from './repair-samples.js'
import { context, findings, target } from './samples.js'

const place = { position: 1, of: 2, asking: true }
const repair: PlanToShow = { kind: 'repair', told: plannedGrant, ...place }
const rollbackPlan: PlanToShow = { kind: 'rollback', plan: rollback, calls: [rollbackCall], asking: true }
const checks = new SqsTriggerError('CHECKS_FAILED', '1 of 6 checks failed. Nothing was changed.')

const fixed: Outcome = { kind: 'preflight', report, repairs: [made, declined, refused] }
const dryRun: Outcome = {
  kind: 'preflight',
  report: { context, target, findings },
  repairs: [plannedGrant, plannedRedrive, refused],
  error: checks,
}
const dryWire: Outcome = {
  kind: 'wire-plan',
  plan: blockedPlan,
  calls: [],
  repairs: [plannedGrant],
  error: checks,
}
const next = `sqs-trigger rollback ${journalId}`
const list: Outcome = {
  kind: 'rollback-list',
  entries: [entry, grantEntry],
  elsewhere: [],
  unreadable: [],
  place: '/home/ana/.local/state/sqs-trigger/journal',
  next,
}
const undoDryRun: Outcome = { kind: 'rollback-plan', plan: rollback, calls: [rollbackCall] }
const rolledBack: Outcome = { kind: 'rolled-back', plan: rollback, result: undone }

describe.each<[string, Choices]>([
  ['80', {}],
  ['40', { columns: 40 }],
  ['ascii', { ascii: true }],
  ['accessible', { accessible: true }],
  ['colour', { color: true }],
])('at %s', (name, choices) => {
  test.each<[string, Told]>([
    ['repair-asked', { plan: repair }],
    ['repair-made', { outcome: fixed }],
    ['repair-dry-run', { outcome: dryRun }],
    ['repair-wire-dry-run', { outcome: dryWire }],
    ['rollback-list', { outcome: list }],
    ['rollback-asked', { plan: rollbackPlan }],
    ['rollback-dry-run', { outcome: undoDryRun }],
    ['rolled-back', { outcome: rolledBack }],
  ])('%s', async (what, told) => {
    const text = await rendered(told, choices)
    await expect(text).toMatchFileSnapshot(`./snapshots/${what}-${name}.txt`)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is looked for
    if (choices.ascii) expect(text).not.toMatch(/[^\u0000-\u007f]/)
  })
})

test('--quiet still shows what a question is about, and nothing that is not asked', async () => {
  const quiet = await rendered({ plan: repair }, { quiet: true })
  expect(quiet).toContain('iam:PutRolePolicy')
  expect(quiet).toContain('"sqs:ReceiveMessage"')
  expect(await rendered({ plan: { ...repair, asking: false } }, { quiet: true })).not.toContain('iam:')
  expect(await rendered({ plan: rollbackPlan }, { quiet: true })).toContain('sqs:SetQueueAttributes')
})

test('what AWS or a policy holds cannot drive the terminal', async () => {
  const evil = '\u001b[2J\u202egone'
  const told = { ...plannedGrant, repair: { ...plannedGrant.repair, summary: evil, effects: [evil] } }
  const call = { service: 'iam', operation: 'PutRolePolicy', input: { RoleName: evil, PolicyName: evil } }
  const text = await rendered({ plan: { kind: 'repair', told: { ...told, calls: [call] }, ...place } })
  expect(text).not.toContain('\u001b')
  expect(text).not.toContain('\u202e')
  expect(text).toContain('gone')
})

test.each<[Extract<Outcome, { kind: 'rollback-list' }>, string]>([
  [
    {
      kind: 'rollback-list',
      entries: [],
      elsewhere: [],
      unreadable: [],
      place: '/state/journal',
      next: null,
    },
    'There is nothing to undo. What --fix changes is written down in /state/journal.',
  ],
  [
    { kind: 'rollback-list', entries: [], elsewhere: [], unreadable: [], place: null, next: null },
    'There is nothing to undo.\n',
  ],
  [
    {
      kind: 'rollback-list',
      entries: [],
      elsewhere: [],
      unreadable: ['/state/journal/x.json'],
      place: '/s',
      next: null,
    },
    '! /state/journal/x.json cannot be read, and is left out.',
  ],
])('an empty list of what can be undone says so', async (outcome, sentence) => {
  const told = await rendered({ outcome })
  expect(told).toContain(sentence)
  expect(told.endsWith('--- stdout\n')).toBe(true)
})

test('what was changed in a sandbox is told from what was changed in AWS', async () => {
  const endpoint = 'http://127.0.0.1:4566'
  const there: Outcome = { ...list, entries: [{ ...entry, endpoint }] }
  expect(await rendered({ outcome: there })).toContain('eu-west-1, not AWS')
  expect(await rendered({ outcome: list })).not.toContain('not AWS')
})

test('what was made and is not seen to help is not called fixed', async () => {
  const open: RepairTold = { ...made, pending: ['role-lacks-receive-message'] }
  const told = await rendered({ outcome: { ...fixed, repairs: [open] } })
  expect(told).not.toContain('Fixed')
  expect(told.replaceAll(/\n +/g, ' ')).toContain(
    '? Changed, but not seen to be fixed: Give role order-worker-role what polling orders needs',
  )
  expect(told).toContain('  Open  role-lacks-receive-message\n')
  expect(told).toContain(`Undo  ${made.undo}`)
})

test('what undoing touches stands before the question and in the answer', async () => {
  const effect = 'Mapping 4f1c to function worker is Enabled: role worker-role loses rights.'
  const steps = rollback.steps.map((step) => (step.undo === null ? step : { ...step, effects: [effect] }))
  const plan = { ...rollback, steps }
  const asked = await rendered({ plan: { kind: 'rollback', plan, calls: [rollbackCall], asking: true } })
  const answered = await rendered({ outcome: { kind: 'rolled-back', plan, result: { ...undone, steps } } })
  for (const told of [asked, answered]) expect(told.replaceAll(/\n +/g, ' ')).toContain(`Note  ${effect}`)
})

test('an entry that cannot be undone at all says why, and is no success', async () => {
  const steps = rollback.steps.filter(({ undo }) => undo === null)
  const outcome: Outcome = {
    kind: 'rolled-back',
    plan: { ...rollback, steps },
    result: { journalId, made: [], steps },
  }
  const told = await rendered({ outcome })
  expect(told).toContain(`Nothing of ${journalId} was undone`)
  expect(told).toContain('A queue is never deleted: messages may be in it.')
  expect(told).not.toContain('✓')
})

test('the command that undoes all fixes of a run stands there once', async () => {
  const both: Outcome = { ...fixed, repairs: [made, refused, { ...made, repair: plannedRedrive.repair }] }
  const told = await rendered({ outcome: both })
  expect(told.match(/sqs-trigger rollback/g)).toHaveLength(1)
  expect(told).toContain(`\n\nUndo all fixes  ${made.undo}\n`)
  expect(await rendered({ outcome: both }, { columns: 40 })).toContain(
    '\nUndo all fixes\n  sqs-trigger rollback',
  )
})

test('an entry of which a part was changed since is no success', async () => {
  const [set, queue] = rollback.steps
  if (!set || !queue) throw new Error('there are two')
  const changed = { ...set, undo: null, stays: 'changed-since', reason: 'Somebody changed it.' } as const
  const outcome: Outcome = {
    kind: 'rolled-back',
    plan: rollback,
    result: { ...undone, steps: [set, changed, queue] },
  }
  const told = await rendered({ outcome })
  expect(told).toContain(`Only a part of ${journalId} was undone`)
  expect(told).toContain('Cleared RedrivePolicy of queue orders')
  expect(told).toContain('Somebody changed it.')
  expect(told).not.toContain('✓')
})

const pending = (elapsedMs: number, what = 'the new permission of role worker-role'): OperationEvent => ({
  type: 'permission-pending',
  what,
  attempt: 1,
  elapsedMs,
  timeoutMs: 120_000,
})

test('a permission that is not active yet: a line, a heartbeat each 15 seconds, and again for another', async () => {
  const seconds = [0, 1, 5, 15, 16, 31]
  const events = [...seconds.map((second) => pending(second * 1000)), pending(0, 'the new policy')]
  expect((await rendered({ events })).split('\n').slice(1, -2)).toEqual([
    'The new permission of role worker-role is not active yet, 0:00',
    'The new permission of role worker-role is still not active yet, 0:15',
    'The new permission of role worker-role is still not active yet, 0:31',
    'The new policy is not active yet, 0:00',
  ])
})
