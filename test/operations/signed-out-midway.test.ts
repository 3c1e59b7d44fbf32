import { GetEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { expect, test } from 'vitest'
import { type Clients, createClients } from '../../src/aws/clients.js'
import type { Renewal, RenewSession } from '../../src/aws/connection/renewal.js'
import { send } from '../../src/aws/send.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { planRepairs } from '../../src/operations/repair/plan.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import { sendMessages } from '../../src/operations/send.js'
import type { Session } from '../../src/operations/session.js'
import { readStatus } from '../../src/operations/status.js'
import { applyUnwiring, planUnwiring } from '../../src/operations/unwire.js'
import { waitFor } from '../../src/operations/wait.js'
import { applyWiring, planWiring } from '../../src/operations/wire.js'
import { buildDemoWorld } from '../../src/sandbox/demo-world.js'
import { awsDelays } from '../../src/sandbox/world.js'
import { collect, collectFailure } from '../support/collect.js'
import { startTestSandbox } from '../support/sandbox.js'
import { configuration, fakeSession, uuid } from './fake-session.js'
import { memoryJournal } from './repair-scene.js'

const request = {
  queue: 'orders',
  function: 'order-worker',
  settings: {},
  sendTest: false,
  ignore: [],
  only: [],
}

/** As the SDK says it before it sends anything. */
const expired = () =>
  Object.assign(new Error('Token is expired. To refresh this SSO session run aws sso login'), {
    name: 'CredentialsProviderError',
  })

/** The demo's world; the call number n, counted over all services, meets an expired session where `isExpired` says so. */
async function begin(isExpired: (n: number) => boolean, renew: RenewSession = async () => true) {
  const sandbox = await startTestSandbox({ delays: awsDelays })
  await buildDemoWorld(sandbox, { visibilityTimeoutSeconds: 60, maxReceiveCount: 1 })
  const { accessKeyId, secretAccessKey } = sandbox.adminCredentials
  const files = { AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' }
  const keys = { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey }
  let asked = 0
  const clients = await createClients({
    region: sandbox.region,
    endpointUrl: sandbox.endpoint,
    env: { ...keys, ...files },
    renew: (failure, profile) => {
      asked += 1
      return renew(failure, profile)
    },
  })
  let calls = 0
  const watched = new WeakSet<object>()
  const services: ReadonlySet<PropertyKey> = new Set(['sqs', 'lambda', 'iam', 'sts', 'kms', 'logs'])
  const expiring = new Proxy(clients, {
    get: (target, name) => {
      const member = Reflect.get(target, name)
      if (services.has(name) && !watched.has(member)) {
        watched.add(member)
        // One of the clients, whose stacks the SDK types one by one.
        ;(member as Clients['sqs']).middlewareStack.add(
          (next) => async (args) => {
            calls += 1
            if (isExpired(calls)) throw expired()
            return next(args)
          },
          { step: 'initialize', name: 'expires' },
        )
      }
      return member
    },
  })
  const session: Session = {
    clients: expiring,
    clock: {
      now: () => sandbox.world.clock.now(),
      sleep: async (ms) => {
        await sandbox.advance(ms)
        await sandbox.settled()
      },
    },
    signal: new AbortController().signal,
    journal: memoryJournal().journal,
  }
  const before = sandbox.calls().length
  const changes = () =>
    sandbox
      .calls()
      .slice(before)
      .flatMap(({ operation }) => (/^(?:Create|Put|Delete|Send|Set)/.test(operation) ? [operation] : []))
  return { session, changes, asked: () => asked }
}

/** Everything that changes something, one after the other. */
async function story(session: Session) {
  const { result: blocked } = await collect(planWiring(request, session))
  const { result: repairs } = await collect(planRepairs(blocked, {}, session))
  const [repair] = repairs.repairs.filter(({ refusal }) => refusal === null)
  if (repair === undefined) throw new Error('the demo has something to mend')
  const { result: mended } = await collect(applyRepair(repair, session))
  const { result: plan } = await collect(planWiring(request, session))
  const { result: wired } = await collect(applyWiring(plan, {}, session))
  const { result: sent } = await collect(
    sendMessages({ queue: 'orders', count: 1, prove: 'strong' }, session),
  )
  const { result: status } = await collect(readStatus('orders', undefined, session))
  const { result: unwiring } = await collect(planUnwiring('orders', undefined, session))
  const { result: unwired } = await collect(applyUnwiring(unwiring, {}, session))
  const { result: undoing } = await collect(planRollback(mended.journalId, session))
  const { result: undone } = await collect(applyRollback(undoing, session))
  return [
    blocked.outcome,
    mended.made.length,
    wired.outcome,
    wired.mapping.state,
    sent.proof?.level,
    status.mapping.state,
    unwired.outcome,
    undone.made.length,
  ]
}

const changing = [
  'PutRolePolicy',
  'CreateEventSourceMapping',
  'SendMessage',
  'DeleteEventSourceMapping',
  'DeleteRolePolicy',
]
const told = ['blocked', 1, 'created', 'Enabled', 'strong', 'Enabled', 'deleted', 1]

test.each([
  ['never', () => false],
  ['before every call', (n: number) => n % 2 === 0],
  ['now and then', (n: number) => n % 7 === 3],
])(
  'a session that expires %s, and is renewed: everything goes on, and nothing is done twice',
  async (_, is) => {
    const { session, changes, asked } = await begin(is)
    expect(await story(session)).toEqual(told)
    expect(changes()).toEqual(changing)
    expect(asked() > 0).toBe(is(2) || is(3))
  },
)

test('calls that fail at the same time ask once', async () => {
  let over = false
  const { session, asked } = await begin(
    () => !over,
    async () => {
      // Long enough for the others to fail as well.
      await new Promise((resolve) => setImmediate(resolve))
      over = true
      return true
    },
  )
  const reads = ['orders', 'orders-dlq'].map((queue) =>
    collect(readStatus(queue, undefined, session)).catch((error: unknown) => String(error)),
  )
  await Promise.all(reads)
  expect(asked()).toBe(1)
})

test('a person who declines: the error is that of the session, and nothing is sent again', async () => {
  const { session, changes, asked } = await begin(
    (n) => n > 2,
    async () => false,
  )
  const { error } = await collectFailure(sendMessages({ queue: 'orders', count: 1, prove: null }, session))
  expect(error).toMatchObject({ code: 'CREDENTIALS_EXPIRED' })
  expect([changes(), asked()]).toEqual([[], 1])
})

test.each([1, 2, 4, 7])(
  'a session that is over from call %i of a preflight on leaves no checks unknown',
  async (first) => {
    const { session, asked } = await begin(
      (n) => n >= first,
      async () => false,
    )
    const { error } = await collectFailure(planWiring(request, session))
    expect(error).toMatchObject({ code: 'CREDENTIALS_EXPIRED' })
    expect(asked()).toBeGreaterThan(0)
  },
)

test('a rollback that is signed out says so, and does not take what it cannot read for something to leave', async () => {
  let out = false
  const { session, changes } = await begin(
    () => out,
    async () => false,
  )
  const { result: blocked } = await collect(planWiring(request, session))
  const { result: repairs } = await collect(planRepairs(blocked, {}, session))
  const [repair] = repairs.repairs.filter(({ refusal }) => refusal === null)
  if (repair === undefined) throw new Error('the demo has something to mend')
  const { result: mended } = await collect(applyRepair(repair, session))
  const { result: undoing } = await collect(planRollback(mended.journalId, session))
  out = true
  const { error } = await collectFailure(applyRollback(undoing, session))
  expect(error).toMatchObject({ code: 'CREDENTIALS_EXPIRED' })
  out = false
  await collect(applyRollback(undoing, session))
  expect(changes()).toEqual(['PutRolePolicy', 'DeleteRolePolicy'])
})

test('no deadline counts the time that a person took to sign in', async () => {
  const { session, lambda, time } = fakeSession()
  lambda
    .on(GetEventSourceMappingCommand)
    .rejectsOnce(expired())
    .resolvesOnce(configuration({ State: 'Enabling' }))
    .resolves(configuration())
  let heldUp = 0
  const renewal: Renewal = {
    count: () => 0,
    after: async () => {
      await time.clock.sleep(600_000, session.signal)
      heldUp = 600_000
      return true
    },
    heldUpMs: () => heldUp,
  }
  const clients = { ...session.clients, renewal }
  const waiting = waitFor({ uuid, for: 'enabled', timeoutMs: 120_000 }, { ...session, clients })
  expect((await collect(waiting)).result).toMatchObject({ mapping: { state: 'Enabled' } })
})

test.each([
  ['PutRolePolicy', 2, false],
  ['PutRolePolicy', 1, true],
  ['GetRole', 2, true],
])('%s that expired at attempt %i is sent again: %s', async (operation, attempts, again) => {
  const { session } = fakeSession()
  const renewal: Renewal = { count: () => 0, after: async () => true, heldUpMs: () => 0 }
  let calls = 0
  const call = send({ ...session.clients, renewal }, { service: 'iam', operation }, async () => {
    calls += 1
    if (calls === 1) throw Object.assign(expired(), { $metadata: { attempts } })
    return 'done'
  })
  await call.catch(() => {})
  expect(calls).toBe(again ? 2 : 1)
})
