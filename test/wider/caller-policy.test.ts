import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { listMappings } from '../../src/operations/list.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { planRepairs } from '../../src/operations/repair/plan.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { sendMessages } from '../../src/operations/send.js'
import type { Session } from '../../src/operations/session.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import type { CallerStatement } from '../../src/permissions/caller-policy.js'
import { preflight } from '../preflight/preflight-world.js'

import { collect } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'
import { brokenWorld, give, noSimulator, printed, withTest, world } from './caller-world.js'

type Use = (sandbox: TestSandbox, session: Session) => Promise<readonly string[]>

/** Everything that the policy is for, in an order that works. */
const uses: readonly Use[] = [
  (_, session) => objections(session),
  async (sandbox, session) => {
    sandbox.faults.inject(noSimulator)
    return objections(session).finally(() => sandbox.faults.clear())
  },
  async (_, session) => {
    const { result: plan } = await collect(planWiring(withTest, session))
    const { result: wired } = await collect(applyWiring(plan, {}, session))
    const { uuid } = wired.mapping
    await collect(sendMessages({ queue: 'orders', count: 1, prove: 'medium' }, session))
    await collect(readStatus(uuid, undefined, session))
    await collect(listMappings({}, session))
    await collect(planWiring(withTest, session))
    const { result: end } = await collect(planUnwiring(uuid, undefined, session))
    await collect(applyUnwiring(end, {}, session))
    return []
  },
]

/** Repairs role and queue, and takes it all back. What a repair could not look at is among its effects. */
const fixes: readonly Use[] = [
  async (_, session) => {
    const { result } = await preflight(session, withTest)
    const { result: plan } = await collect(planRepairs(result, {}, session))
    expect(plan.repairs.length).toBe(2)
    const ids: string[] = []
    for (const repair of plan.repairs) {
      if (repair.refusal !== null) return [repair.refusal]
      ids.push((await collect(applyRepair(repair, session))).result.journalId)
    }
    for (const id of ids.toReversed()) {
      const { result: back } = await collect(planRollback(id, session))
      await collect(applyRollback(back, session))
    }
    return []
  },
]

/** What a preflight cannot tell; what the caller may not is a finding of its own. */
async function objections(session: Session): Promise<readonly string[]> {
  const { result } = await preflight(session, withTest)
  const objecting = result.findings.filter(({ group, status }) =>
    group === 'caller' ? status !== 'pass' && status !== 'skip' : status === 'unknown',
  )
  return objecting.map(({ rule }) => rule)
}

/** What was missed or refused; with `first` it ends with the first that is. */
async function missedBy(
  steps: readonly Use[],
  sandbox: TestSandbox,
  session: Session,
  first = false,
): Promise<readonly string[]> {
  const before = sandbox.calls().length
  const missed: string[] = []
  const refused = () =>
    sandbox
      .calls()
      .slice(before)
      .flatMap(({ code, operation }) => (/Denied/.test(code ?? '') ? [operation] : []))
  for (const use of steps) {
    try {
      missed.push(...(await use(sandbox, session)))
    } catch (error) {
      if (!(error instanceof SqsTriggerError)) throw error
      missed.push(error.message)
    }
    if (first && missed.length + refused().length > 0) break
  }
  return [...missed, ...refused()]
}

const keyIn = ({ world: { kms } }: TestSandbox) => [...kms.keys.keys()][0] ?? ''

/** Those of the actions that nobody misses when they are left out. */
async function unnoticed(
  steps: readonly Use[],
  build: () => Promise<{ readonly sandbox: TestSandbox; readonly session: Session }>,
  withFix: boolean,
): Promise<readonly string[]> {
  const { sandbox } = await build()
  const all = await printed(sandbox, withFix)
  const judged = all.filter(({ Sid }) => Sid.startsWith('Fix') === withFix)
  const parts = judged.flatMap(({ Sid, Action }) => Action.map((action) => [Sid, action] as const))
  expect(parts.length).toBeGreaterThan(5)
  const found: string[] = []
  for (const [sid, action] of parts) {
    const scene = await build()
    const others = all.flatMap((statement) => {
      const left = statement.Action.filter((one) => statement.Sid !== sid || one !== action)
      return left.length === 0 ? [] : [{ ...statement, Action: left }]
    })
    // Only the key has another name in each world.
    const text = JSON.stringify(others).replaceAll(keyIn(sandbox), keyIn(scene.sandbox))
    const statements: readonly CallerStatement[] = JSON.parse(text)
    await give(scene.sandbox, statements)
    const missed = await missedBy(steps, scene.sandbox, scene.session, true)
    if (missed.length === 0) found.push(`${sid} ${action}`)
  }
  return found
}

test('with exactly what policy prints nothing is refused, and nothing stays unknown', async () => {
  const { sandbox, session } = await world()
  await give(sandbox, await printed(sandbox))
  expect(await missedBy(uses, sandbox, session)).toEqual([])
  expect(sandbox.calls().length).toBeGreaterThan(60)
  expect(sandbox.calls().map(({ operation }) => operation)).toContain('DeleteEventSourceMapping')
})

test('the same for a role, which reads nothing of users', async () => {
  const { sandbox, session } = await world('role')
  const statements = await printed(sandbox, false, 'role/dev/deployer')
  expect(JSON.stringify(statements)).not.toMatch(/User|Group/)
  await give(sandbox, statements, 'Role')
  expect(await missedBy(uses, sandbox, session)).toEqual([])
})

test('without any one of its actions something is refused or unknown', async () => {
  expect(await unnoticed(uses, () => world(), false)).toEqual([])
}, 120_000)

test('what --with fix adds is what --fix and rollback call', async () => {
  const { sandbox, session } = await brokenWorld()
  await give(sandbox, await printed(sandbox, true))
  expect(await missedBy(fixes, sandbox, session)).toEqual([])
  const { result } = await preflight(session, withTest)
  expect(result.findings.map(({ rule, status }) => [rule, status])).toContainEqual([
    'role-lacks-receive-message',
    'fail',
  ])
})

test('and nothing more', async () => {
  expect(await unnoticed(fixes, brokenWorld, true)).toEqual([])
}, 120_000)
