import { expect, it } from 'vitest'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { rolePolicyFor, rolePolicyName } from '../../src/permissions/role-policy.js'
import { region } from '../preflight/preflight-world.js'
import { allow, arnOfQueue } from '../preflight/scenario.js'
import { policyOf } from '../preflight/scenario-parts.js'
import { collect } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'
import { putPolicy, repairFor, scene } from './repair-scene.js'

const receive = 'role-lacks-receive-message'
const wanted = JSON.stringify(rolePolicyFor({ queueArn: arnOfQueue(), region, partition: 'aws' }))
const filled = (count: number) => policyOf([allow('logs:*', `arn:aws:s3:::${'x'.repeat(count)}`)])
const limit = 10_240

/** The role has inline policies of so many characters that the wanted one makes it `size`. */
const upTo = (size: number, spread: (text: string) => string) => (sandbox: TestSandbox) => {
  const text = filled(size - wanted.length - filled(0).length)
  const input = { RoleName: 'worker-role', PolicyName: 'own', PolicyDocument: spread(text) }
  return sandbox.seed([{ service: 'iam', operation: 'PutRolePolicy', input }])
}
const asItIs = (text: string) => text
const spaced = (text: string) => JSON.stringify(JSON.parse(text), null, 2)

it.each([
  ['exactly what fits is made', limit, asItIs, null],
  ['white space does not count', limit, spaced, null],
  ['one more is refused', limit + 1, asItIs, /may have 10,240 characters together, and would have 10,241\./],
  ['one more is refused, white space or not', limit + 1, spaced, /would have 10,241\./],
])('%s', async (_, size, spread, refusal) => {
  const at = await scene({ role: {}, also: upTo(size, spread) })
  const { repairs } = await at.plan()
  const repair = repairFor(repairs, receive)
  if (refusal !== null) {
    expect(repair.refusal).toMatch(refusal)
    return
  }
  expect(repair.refusal).toBe(null)
  // As IAM sees it, too.
  await collect(applyRepair(repair, at.session))
  expect(at.changes()).toEqual(['PutRolePolicy'])
})

it('a policy that is extended counts once', async () => {
  const own = { Sid: 'Own', ...allow('logs:*', `arn:aws:s3:::${'x'.repeat(6_000)}`) }
  const at = await scene({ role: {}, also: putPolicy(rolePolicyName(arnOfQueue()), own) })
  const repair = repairFor((await at.plan()).repairs, receive)
  expect([repair.refusal, repair.effects[0]]).toEqual([null, expect.stringContaining('it is extended')])
})
