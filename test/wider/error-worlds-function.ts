import { account, region } from '../preflight/preflight-world.js'
import { allow, polling, type Scenario, workerArn } from '../preflight/scenario.js'
import { addFunction } from '../rules/special-world.js'
import type { TestSandbox } from '../support/sandbox.js'
import { type ErrorWorld, grants, inTurn, seeding, step, wired } from './error-worlds.js'

const FunctionName = 'saga'
const keepingState = allow(['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'])
const publish = (name: string) => step('lambda', 'PublishVersion', { FunctionName: name })
const alias = (name: string) =>
  step('lambda', 'CreateAlias', { FunctionName: name, Name: 'live', FunctionVersion: '1' })

/** A function `saga` whose executions may take so many seconds, with version 1 as alias `live`. */
const durable = (ExecutionTimeout: number, role: Scenario['role']): Scenario => ({
  ...(role && { role }),
  also: inTurn(
    (sandbox) => addFunction(sandbox, FunctionName, { DurableConfig: { ExecutionTimeout } }),
    seeding(publish(FunctionName), alias(FunctionName)),
  ),
})
const keeper = { inline: [polling, keepingState] }

/** As AWS says it of a function that it could not make, or put to sleep. The sandbox makes each at once. */
const inState = (state: string, reason?: string) => async (sandbox: TestSandbox) => {
  const found = sandbox.world.lambda.functions.get(workerArn)
  if (found === undefined) throw new Error('the function was made')
  found.latest = { ...found.latest, forcedState: { state, ...(reason === undefined ? {} : { reason }) } }
}
const reserve = (ReservedConcurrentExecutions: number) =>
  seeding(step('lambda', 'PutFunctionConcurrency', { FunctionName: 'worker', ReservedConcurrentExecutions }))
const deleteWorker = seeding(step('lambda', 'DeleteFunction', { FunctionName: 'worker' }))

/** The function itself. */
export const functionWorlds: readonly ErrorWorld[] = [
  {
    rule: 'function-not-found',
    scenario: {},
    args: ['orders', 'wroker'],
    message: `Function wroker does not exist in account ${account}, ${region}.`,
    code: 5,
    mended: { args: ['orders', 'worker'] },
  },
  {
    rule: 'function-not-found',
    when: 'a mapping to it was left behind',
    scenario: { also: inTurn(wired(), deleteWorker) },
    message: `Function worker does not exist in account ${account}, ${region}.`,
    code: 5,
    mended: { scenario: { also: wired() } },
  },
  {
    rule: 'mapping-without-function',
    scenario: { also: inTurn(wired(), deleteWorker) },
    args: ['orders', 'worker', '--only', 'mapping-without-function'],
    message: /^Mapping [-0-9a-f]{36} \(Enabled\) calls function worker, which does not exist\.$/,
    mended: { scenario: { also: wired() } },
  },
  {
    rule: 'qualifier-not-found',
    when: 'an alias',
    scenario: {},
    args: ['orders', 'worker:live'],
    message: 'Function worker exists, but has no alias or version live.',
    code: 5,
    mended: { by: seeding(publish('worker'), alias('worker')) },
  },
  {
    rule: 'qualifier-not-found',
    when: 'a version',
    scenario: {},
    args: ['orders', 'worker:1'],
    message: 'Function worker exists, but has no alias or version 1.',
    code: 5,
    mended: { by: seeding(publish('worker')) },
  },
  {
    rule: 'function-not-active',
    scenario: { also: inState('Failed', 'The subnet does not exist.') },
    message: 'Function worker is Failed: The subnet does not exist.',
    mended: { by: inState('Active') },
  },
  {
    rule: 'function-tenant-isolated',
    scenario: {
      also: (sandbox) =>
        addFunction(sandbox, 'shared', { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }),
    },
    args: ['orders', 'shared'],
    message: 'Function shared isolates tenants: each call must name one, and those for queue orders cannot.',
    mended: { args: ['orders', 'worker'] },
  },
  {
    rule: 'durable-function-unqualified',
    scenario: durable(600, keeper),
    args: ['orders', FunctionName],
    message: 'Function saga is durable, and must be named with a version or alias.',
    mended: { args: ['orders', 'saga:live'] },
  },
  {
    rule: 'durable-function-timeout-too-long',
    scenario: durable(901, keeper),
    args: ['orders', 'saga:live'],
    message: 'Durable executions of function saga may take 901 s, but for a queue no more than 900 s.',
    mended: {
      by: inTurn(
        seeding(
          step('lambda', 'UpdateFunctionConfiguration', {
            FunctionName,
            DurableConfig: { ExecutionTimeout: 900 },
          }),
        ),
        seeding(publish(FunctionName)),
      ),
      args: ['orders', 'saga:2'],
    },
  },
  {
    rule: 'role-lacks-durable-permissions',
    scenario: durable(600, { inline: [polling] }),
    args: ['orders', 'saga:live'],
    message:
      /^Role worker-role of durable function saga:live may not call lambda:CheckpointDurableExecution and lambda:GetDurableExecutionState: .+\.$/,
    mended: { by: grants('Role', 'worker-role', polling, keepingState) },
  },
  {
    rule: 'reserved-concurrency-zero',
    scenario: { also: reserve(0) },
    message: 'Function worker has a reserved concurrency of 0: it can never run.',
    mended: { by: reserve(5) },
  },
]
