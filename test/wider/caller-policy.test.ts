import { expect, test } from 'vitest'
import { SqsTriggerError } from '../../src/errors.js'
import { listMappings } from '../../src/operations/list.js'
import { generatePolicies } from '../../src/operations/policy.js'
import { applyRedrive, planRedrive } from '../../src/operations/redrive.js'
import { applyRepair } from '../../src/operations/repair-apply.js'
import { planRepairs } from '../../src/operations/repair-plan.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { sendMessages } from '../../src/operations/send.js'
import type { Session } from '../../src/operations/session.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { applyUpdate, planUpdate } from '../../src/operations/update.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { type Extra, extras } from '../../src/permissions/caller-extras.js'
import type { CallerStatement } from '../../src/permissions/caller-policy.js'
import { memoryJournal } from '../operations/repair-scene.js'
import { account, preflight, sessionOf } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, build, polling } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'

/** An answer that no client asks for again. */
const noSimulator = {
  operation: 'SimulatePrincipalPolicy',
  effect: { kind: 'error', code: 'InvalidInput', message: 'not here', status: 400 },
} as const
const harmless = allow('sts:GetCallerIdentity')
const decrypting = allow('kms:Decrypt')

/** A role and a user of every kind of policy, an encrypted queue with a dead-letter queue, a function that knows it. */
async function world(kind: 'user' | 'role' = 'user') {
  const { sandbox, session } = await build({
    role: { inline: [polling, decrypting], managed: [allow('logs:*')] },
    key: { called: 'alias' },
    caller: { kind, path: '/dev/', inline: [harmless], ...(kind === 'user' ? { group: [harmless] } : {}) },
  })
  const redrive = { deadLetterTargetArn: arnOfQueue('orders-dlq'), maxReceiveCount: 5 }
  await sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders-dlq' } },
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: {
        QueueUrl: `${sandbox.endpoint}/${account}/orders`,
        Attributes: { RedrivePolicy: JSON.stringify(redrive) },
      },
    },
    {
      service: 'lambda',
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: 'worker', Environment: { Variables: { QUEUE: arnOfQueue() } } },
    },
  ])
  return { sandbox, session: { ...session, clock: clockOf(sandbox) } }
}

/** Sleeping moves the time of the sandbox. */
const clockOf = (sandbox: TestSandbox): Session['clock'] => ({
  now: () => sandbox.world.clock.now(),
  sleep: async (ms) => {
    await sandbox.advance(ms)
    await sandbox.settled()
  },
})

/** A role that may nothing, and a queue without a dead-letter queue. */
async function brokenWorld() {
  const { sandbox, session } = await build({
    role: { managed: [allow('logs:*')] },
    key: {},
    caller: { kind: 'user', path: '/dev/' },
  })
  return { sandbox, session: { ...session, clock: clockOf(sandbox), ...memoryJournal() } }
}

/** What `policy --for caller` prints for the user of this world. */
async function printed(
  sandbox: TestSandbox,
  withFix = false,
  principal = 'user/dev/ann',
  extra: readonly Extra[] = [],
): Promise<readonly CallerStatement[]> {
  const asked = {
    queue: 'orders',
    function: 'worker',
    for: 'caller',
    withFix,
    with: extra,
    keyCondition: 'context',
    callerArn: `arn:aws:iam::${account}:${principal}`,
  } as const
  const admin = () => sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const { result } = await collect(generatePolicies(asked, admin))
  // Made by callerStatements.
  return result.documents.flatMap(({ document }) => document.Statement) as readonly CallerStatement[]
}

async function give(
  sandbox: TestSandbox,
  Statement: readonly CallerStatement[],
  kind: 'User' | 'Role' = 'User',
): Promise<void> {
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  const PolicyArn = `arn:aws:iam::${account}:policy/caller`
  await sandbox.seed([
    { service: 'iam', operation: 'CreatePolicy', input: { PolicyName: 'caller', PolicyDocument } },
    {
      service: 'iam',
      operation: `Attach${kind}Policy`,
      input: { [`${kind}Name`]: kind === 'User' ? 'ann' : 'deployer', PolicyArn },
    },
  ])
}

const request = {
  queue: 'orders',
  function: 'worker',
  settings: { tags: { team: 'orders' } },
  ignore: [],
  only: [],
}
const withTest = { ...request, sendTest: true }

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

test('with the rights of update, redrive and metrics all three work, and without each of them its own does not', async () => {
  const refusedWith = async (extra: readonly Extra[]) => {
    const { sandbox, session } = await world()
    await give(sandbox, await printed(sandbox, false, 'user/dev/ann', extra))
    const { result: plan } = await collect(planWiring({ ...withTest, settings: {} }, session))
    const { result: wired } = await collect(applyWiring(plan, {}, session))
    const { uuid } = wired.mapping
    const changing: readonly [Extra, () => Promise<unknown>][] = [
      [
        'update',
        async () => {
          const { result } = await collect(planUpdate({ mapping: uuid, settings: { batchSize: 5 } }, session))
          await collect(applyUpdate(result, {}, session))
        },
      ],
      [
        'redrive',
        async () => {
          const QueueUrl = `${sandbox.endpoint}/${account}/orders-dlq`
          const input = { QueueUrl, MessageBody: 'x' }
          await sandbox.seed([{ service: 'sqs', operation: 'SendMessage', input }])
          const { result } = await collect(planRedrive({ mapping: uuid, force: true }, session))
          await collect(applyRedrive(result, { wait: false }, session))
        },
      ],
      [
        'metrics',
        async () => {
          const { result } = await collect(readStatus(uuid, undefined, session, { metrics: true }))
          if (result.metrics?.unreadable)
            throw new SqsTriggerError('ACCESS_DENIED', result.metrics.unreadable)
        },
      ],
    ]
    const refused: Extra[] = []
    for (const [name, use] of changing) {
      await use().catch((error: unknown) => {
        if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
        refused.push(name)
      })
    }
    return refused
  }
  expect(await refusedWith(extras)).toEqual([])
  for (const left of extras) expect(await refusedWith(extras.filter((one) => one !== left))).toEqual([left])
})
