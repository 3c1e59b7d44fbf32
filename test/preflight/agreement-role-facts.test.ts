import { describe, expect, it } from 'vitest'
import type { FactName } from '../../src/preflight/facts.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, preflight } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  noSimulator,
  other,
  polling,
  roleArn,
  type Scenario,
  type Statement,
  workerArn,
} from './scenario.js'
import { makeRole } from './scenario-parts.js'

const send = 'role sqs:SendMessage'
const durable = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'] as const
const pollRules = [
  'role-lacks-receive-message',
  'role-lacks-delete-message',
  'role-lacks-get-queue-attributes',
]
const foreign = arnOfQueue('orders', other)
const simulators = [{}, { options: { simulatorShape: 'old' as const } }, { faults: noSimulator }]

/** What is known of one fact: the verdict, or that it is unknown and of which class, or absent. */
async function factOf(name: FactName, scenario: Scenario, functionName = 'worker') {
  const { sandbox, session } = await build(scenario)
  for (const fault of scenario.faults ?? []) sandbox.faults.inject(fault)
  const { result, byRule } = await preflight(session, { function: functionName })
  const fact = result.facts[name]
  const { value } = fact.state === 'known' ? fact : { value: undefined }
  const decision =
    typeof value === 'object' && value !== null && 'decision' in value ? value.decision : undefined
  const said =
    decision?.verdict ?? (fact.state === 'unknown' ? `unknown ${fact.class ?? 'core'}` : fact.state)
  return { said, polls: pollRules.map((rule) => byRule[rule]?.status), fact }
}

describe.each(simulators)('whether the function may write to its own queue, %j', (simulator) => {
  const ofFunction = { ArnEquals: { 'lambda:SourceFunctionArn': workerArn } }
  it.each<readonly [string, string, string, Scenario]>([
    ['no right', 'denied', 'pass', { role: { inline: [polling] } }],
    ['all of SQS', 'allowed', 'pass', { role: { inline: [allow('sqs:*')] } }],
    [
      'a right on another queue',
      'denied',
      'pass',
      { role: { inline: [polling, allow('sqs:*', `${arnOfQueue()}s`)] } },
    ],
    ['a boundary of polling only', 'denied', 'pass', { role: { inline: [allow('*')], boundary: [polling] } }],
    [
      'a Deny of the queue',
      'denied',
      'pass',
      {
        role: { inline: [allow('sqs:*')] },
        queue: { policy: [forWhom(roleArn, deny('sqs:SendMessage', arnOfQueue()))] },
      },
    ],
    [
      // The handler's calls carry the function, the poller's do not.
      'a right for calls of the function, which is not looked into further',
      'unknown context',
      'pass',
      { role: { inline: [polling, allow('sqs:SendMessage', '*', ofFunction)] } },
    ],
  ])('%s: %s', async (_, wanted, polls, scenario) => {
    const found = await factOf(send, { ...scenario, ...simulator })
    expect({ said: found.said, polls: found.polls }).toEqual({ said: wanted, polls: [polls, polls, polls] })
  })
})

describe.each(simulators)('what a durable function needs, %j', (simulator) => {
  const onVersions = (version: string): Statement => allow([...durable], `${workerArn}:${version}`)
  it.each<readonly [string, string, string, Statement | undefined]>([
    ['nothing', 'worker', 'denied', undefined],
    ['AWS’s own policy', 'worker', 'allowed', allow([...durable])],
    ['every version', 'worker', 'allowed', onVersions('*')],
    ['every version, of a version', 'worker:1', 'allowed', onVersions('*')],
    ['every version, of an alias', 'worker:live', 'allowed', onVersions('*')],
    ['the function without a version, which never fits', 'worker', 'denied', allow([...durable], workerArn)],
    ['another version', 'worker:1', 'denied', onVersions('2/durable-execution/*')],
    ['this version', 'worker:1', 'allowed', onVersions('1/durable-execution/*')],
    ['the version behind the alias', 'worker:live', 'allowed', onVersions('2/durable-execution/*')],
    ['another than the one behind the alias', 'worker:live', 'denied', onVersions('1/durable-execution/*')],
  ])('%s: %s is %s', async (_, name, wanted, statement) => {
    const scenario = { role: { inline: [polling, ...(statement ? [statement] : [])] }, also: makeDurable }
    for (const action of durable) {
      const found = await factOf(`role ${action}`, { ...scenario, ...simulator }, name)
      expect({ said: found.said, polls: found.polls }).toEqual({
        said: wanted,
        polls: ['pass', 'pass', 'pass'],
      })
    }
  })

  it('is no question for another function', async () => {
    const { fact } = await factOf('role lambda:CheckpointDurableExecution', simulator)
    expect(fact).toEqual({ state: 'absent', reason: 'function worker is not durable' })
  })
})

async function makeDurable(sandbox: TestSandbox) {
  const lambda = (operation: string, input: Readonly<Record<string, unknown>>) =>
    sandbox.seed([{ service: 'lambda', operation, input: { FunctionName: 'worker', ...input } }])
  await lambda('UpdateFunctionConfiguration', {
    DurableConfig: { ExecutionTimeout: 60, RetentionPeriodInDays: 1 },
  })
  await sandbox.advance(5000)
  await lambda('PublishVersion', {})
  // A version is published only where something changed.
  await lambda('UpdateFunctionConfiguration', { Description: 'second' })
  await sandbox.advance(5000)
  await lambda('PublishVersion', {})
  await lambda('CreateAlias', { Name: 'live', FunctionVersion: '2' })
}

describe.each(simulators)('a role that is not the function’s, %j', (simulator) => {
  // Names are unique whatever the path: whoever asks for the name is shown the other one.
  it.each<readonly [string, Scenario]>([
    ['deleted', {}],
    ['made again under a path', { also: makeOther }],
    [
      'deleted, beside a queue of another account that lets in others',
      {
        caller: { kind: 'user', inline: [allow('*')] },
        queue: { account: other, policy: [forWhom('*', allow('sqs:GetQueueAttributes', foreign))] },
      },
    ],
  ])('%s: it is not found, and nothing is said of another', async (_, { also, ...scenario }) => {
    const found = { ...simulator, ...scenario, also: removeRole(also) }
    const { sandbox, session } = await build(found)
    for (const fault of simulator.faults ?? []) sandbox.faults.inject(fault)
    const owner = scenario.queue?.account ?? account
    const { failed, byRule } = await preflight(session, { queue: arnOfQueue('orders', owner) })
    expect(failed).toEqual(['role-not-found'])
    for (const rule of [...pollRules, 'role-not-assumable-by-lambda', 'role-lacks-log-permissions']) {
      expect([rule, byRule[rule]?.status]).toEqual([rule, 'skip'])
    }
    expect(byRule['queue-policy-omits-role']?.status).toBe('skip')
  })
})

const removeRole = (then: Scenario['also']) => async (sandbox: TestSandbox) => {
  const RoleName = 'worker-role'
  await sandbox.seed([
    { service: 'iam', operation: 'DeleteRolePolicy', input: { RoleName, PolicyName: 'inline' } },
    { service: 'iam', operation: 'DeleteRole', input: { RoleName } },
  ])
  await then?.(sandbox)
}

const makeOther = (sandbox: TestSandbox) =>
  makeRole(sandbox, 'worker-role', {
    path: '/other/',
    inline: [],
    trust: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  })

describe.each(simulators)('a log group that has to be made, %j', (simulator) => {
  const streams = allow(['logs:CreateLogStream', 'logs:PutLogEvents'])
  const makeGroup = (sandbox: TestSandbox) =>
    sandbox.seed([
      { service: 'logs', operation: 'CreateLogGroup', input: { logGroupName: '/aws/lambda/worker' } },
    ])
  const refused = {
    service: 'logs',
    operation: 'FilterLogEvents',
    effect: { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 400 },
  } as const
  const lacks = 'Role worker-role of function worker may not call'
  it.each<readonly [string, string, string, Scenario]>([
    ['the role may', 'pass', '', { role: { inline: [polling, streams, allow('logs:CreateLogGroup')] } }],
    ['it is there', 'pass', '', { role: { inline: [polling, streams] }, also: makeGroup }],
    ['it is not there', 'warn', `${lacks} logs:CreateLogGroup:`, { role: { inline: [polling, streams] } }],
    [
      'whether it is there may not be seen',
      'unknown',
      'log group /aws/lambda/worker',
      { role: { inline: [polling, streams] }, faults: [refused] },
    ],
    [
      'the rest is missing too, so that nothing is looked at',
      'warn',
      `${lacks} logs:CreateLogStream, logs:PutLogEvents, logs:CreateLogGroup:`,
      { role: { inline: [polling] }, faults: [refused] },
    ],
  ])('%s: %s', async (_, status, says, scenario) => {
    const { sandbox, session } = await build({ ...scenario, ...simulator })
    const faults = [...(simulator.faults ?? []), ...(scenario.faults ?? [])]
    for (const fault of faults) sandbox.faults.inject(fault)
    const { byRule } = await preflight(session)
    const finding = byRule['role-lacks-log-permissions']
    expect({ status: finding?.status, message: finding?.message }).toEqual({
      status,
      message: expect.stringContaining(says),
    })
    expect(finding?.gap?.permission).toBe(status === 'unknown' ? 'logs:FilterLogEvents' : undefined)
  })
})
