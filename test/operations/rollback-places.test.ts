import { describe, expect, it } from 'vitest'
import type { JournaledChange } from '../../src/journal.js'
import { newEntry } from '../../src/operations/journal/write.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import type { RepairResult } from '../../src/operations/results.js'
import { rolePolicyName } from '../../src/permissions/role-policy.js'
import { allow, arnOfQueue, roleArn } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import { inlinePolicy, mend, putPolicy, rollBack, type Scene, scene } from './repair-scene.js'

const receive = 'role-lacks-receive-message'
const policyName = rolePolicyName(arnOfQueue())
const lacking = { role: { inline: [allow('logs:*')] } }
const put = (action: string) =>
  ({
    action: 'put',
    type: 'role-policy',
    iamAction: 'iam:PutRolePolicy',
    roleArn,
    policyName,
    policy: { Version: '2012-10-17', Statement: [allow(action)] },
  }) as const

/** One run that writes the same policy again and again. */
async function writtenInOneRun(at: Scene, actions: readonly string[]): Promise<RepairResult> {
  let before: RepairResult | undefined
  for (const action of actions) {
    const repair = { rules: [receive], summary: '', effects: [], refusal: null, changes: [put(action)] }
    before = (await collect(applyRepair(repair, at.session, before))).result
  }
  if (!before) throw new Error('nothing was written')
  return before
}

describe('one place, changed several times by one run', () => {
  it('goes back step by step', async () => {
    const at = await scene(lacking)
    const { journalId } = await writtenInOneRun(at, ['s3:A', 's3:B', 's3:C'])
    const { plan, applied } = await rollBack(at, journalId)
    expect(plan.steps.map(({ stays }) => stays)).toEqual([null, null, null])
    expect(applied.result.made.map(({ action }) => action)).toEqual(['put', 'put', 'delete'])
    expect(inlinePolicy(at, policyName)).toBe(undefined)
  })

  it('stays as a whole where somebody changed it since', async () => {
    const at = await scene(lacking)
    const { journalId } = await writtenInOneRun(at, ['s3:A', 's3:B'])
    await putPolicy(policyName, allow('s3:X'))(at.sandbox)
    const { plan } = await rollBack(at, journalId)
    expect(plan.steps.map(({ stays }) => stays)).toEqual(['changed-since', 'changed-since'])
  })
})

it.each<readonly [JournaledChange['state'], string]>([
  ['made', 'changed-by-later-fix'],
  ['intended', 'changed-by-later-fix'],
  ['undone', 'changed-since'],
  ['never-made', 'changed-since'],
])('a later repair that is %s: %s', async (state, stays) => {
  const at = await scene(lacking)
  const { result } = await mend(at, receive)
  await at.sandbox.advance(1_000)
  const later = newEntry([receive], { ...result.entry, partition: 'aws', caller: '' }, at.session)
  await at.session.journal?.write({ ...later, changes: [{ change: put('s3:X'), previous: null, state }] })
  await putPolicy(policyName, allow('s3:X'))(at.sandbox)
  const { plan } = await rollBack(at, result.journalId)
  expect(plan.steps).toMatchObject([{ stays }])
})
