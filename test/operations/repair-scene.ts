import type { Journal, JournalEntry } from '../../src/journal.js'
import { applyRepair } from '../../src/operations/repair/apply.js'
import { planRepairs } from '../../src/operations/repair/plan.js'
import type { RepairOptions } from '../../src/operations/requests.js'
import type { Repair } from '../../src/operations/results.js'
import { applyRollback, planRollback } from '../../src/operations/rollback.js'
import type { PreflightResult } from '../../src/operations/run-preflight.js'
import type { Session } from '../../src/operations/session.js'
import type { FaultOrder } from '../../src/sandbox/faults.js'
import { account, preflight, sessionOf } from '../preflight/preflight-world.js'
import { arnOfQueue, build, type Scenario } from '../preflight/scenario.js'
import { collect } from '../support/collect.js'
import type { TestSandbox } from '../support/sandbox.js'

/** Entries in memory: what was written, in order, and what stands there now. */
export function memoryJournal(refuses?: () => Error | undefined) {
  const entries = new Map<string, JournalEntry>()
  const written: JournalEntry[] = []
  const journal: Journal = {
    place: 'memory',
    write: async (entry) => {
      const refusal = refuses?.()
      if (refusal) throw refusal
      written.push(entry)
      entries.set(entry.id, entry)
    },
    remove: async (id) => {
      entries.delete(id)
    },
    list: async () => ({ entries: [...entries.values()].toReversed(), unreadable: [] }),
  }
  return { journal, written, entries }
}

export interface Scene {
  readonly sandbox: TestSandbox
  /** Of the administrator, with a journal; sleeping moves the sandbox's clock. */
  readonly session: Session
  readonly written: readonly JournalEntry[]
  /** The preflight of the scenario as it is now. */
  judge(): Promise<Awaited<ReturnType<typeof preflight>>>
  plan(
    options?: RepairOptions,
  ): Promise<{ readonly result: PreflightResult; readonly repairs: readonly Repair[] }>
  /** Names of the calls that change something, past what `build` did. */
  changes(): readonly string[]
}

export async function scene(scenario: Scenario, journal = memoryJournal()): Promise<Scene> {
  const { sandbox } = await build(scenario)
  const base = await sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const session: Session = {
    ...base,
    clock: {
      now: () => sandbox.world.clock.now(),
      sleep: async (ms, signal) => {
        signal.throwIfAborted()
        await sandbox.advance(ms)
      },
    },
    journal: journal.journal,
  }
  const { name = 'orders', account: owner } = scenario.queue ?? {}
  const judge = () => preflight(session, { queue: arnOfQueue(name, owner), ...scenario.request })
  const before = sandbox.calls().length
  return {
    sandbox,
    session,
    written: journal.written,
    judge,
    plan: async (options = {}) => {
      const { result } = await judge()
      const { result: plan } = await collect(planRepairs(result, options, session))
      return { result, repairs: plan.repairs }
    },
    changes: () =>
      sandbox
        .calls()
        .slice(before)
        .map(({ operation }) => operation)
        .filter((operation) => /^(?:Put|Set|Create|Delete|Attach|Update|Tag)/.test(operation)),
  }
}

/** The repair that mends a rule. */
export function repairFor(repairs: readonly Repair[], rule: string): Repair {
  const found = repairs.find(({ rules }) => rules.includes(rule))
  if (!found)
    throw new Error(`no repair for ${rule} among ${repairs.flatMap(({ rules }) => rules).join(', ')}`)
  return found
}

/** Plans and applies the repair of one rule. */
export async function mend(at: Scene, rule: string, options: RepairOptions = {}) {
  const { repairs } = await at.plan(options)
  const repair = repairFor(repairs, rule)
  return { repair, ...(await collect(applyRepair(repair, at.session))) }
}

/** The plan for findings as they are given, not as they would be now. */
export async function planFor(at: Scene, result: PreflightResult, options: RepairOptions = {}) {
  return (await collect(planRepairs(result, options, at.session))).result.repairs
}

/** The text of a role's inline policy; undefined: there is none. */
export function inlinePolicy({ sandbox }: Scene, name: string): unknown {
  const role = [...sandbox.world.iam.roles.values()].find((one) => one.name === 'worker-role')
  const text = role?.inline.get(name)
  return text === undefined ? undefined : JSON.parse(text)
}

const seedIam = (operation: string, input: Readonly<Record<string, unknown>>) => (sandbox: TestSandbox) =>
  sandbox.seed([{ service: 'iam', operation, input: { RoleName: 'worker-role', ...input } }])
export const putPolicy = (PolicyName: string, ...Statement: readonly object[]) =>
  seedIam('PutRolePolicy', {
    PolicyName,
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
  })
export const tagged = (Key: string, Value: string) => seedIam('TagRole', { Tags: [{ Key, Value }] })
export const refused = (operation: string): FaultOrder => ({
  operation,
  effect: { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 },
})
/** In place of ENDPOINT, the sandbox's. */
export function ownedByStack(physicalId: string) {
  return async (sandbox: TestSandbox) => {
    const place = { account, region: sandbox.region }
    const resource = { stackName: 'shop', logicalId: 'WorkerRole', type: 'AWS::IAM::Role', ...place }
    sandbox.world.stacks.set(physicalId.replace('ENDPOINT', sandbox.endpoint), resource)
  }
}
export const setAttributes = (Attributes: Readonly<Record<string, string>>) => (sandbox: TestSandbox) =>
  sandbox.seed([
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: { QueueUrl: `${sandbox.endpoint}/${account}/orders`, Attributes },
    },
  ])

export const setTimeout = (VisibilityTimeout: string) => setAttributes({ VisibilityTimeout })

/** Plans and applies the rollback of an entry. */
export async function rollBack(at: Scene, id: string) {
  const { result: plan, types } = await collect(planRollback(id, at.session))
  return { plan, types, applied: await collect(applyRollback(plan, at.session)) }
}
