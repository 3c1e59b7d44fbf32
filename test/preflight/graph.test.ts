import { describe, expect, it } from 'vitest'
import type { SentCall } from '../support/in-rounds.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, preflightInRounds } from './preflight-world.js'
import { allow, arnOfQueue, build, noSimulator, polling, type Scenario, workerArn } from './scenario.js'

/** What a call has to know before it can be sent, as the calls that tell it. */
type Needs = Readonly<Record<string, readonly string[]>>

const caller = 'GetCallerIdentity'
const target = 'GetFunctionConfiguration worker'
const queue = 'GetQueueAttributes orders'
const role = 'GetRole worker-role'
const creating = 'lambda:CreateEventSourceMapping'
const getting = 'lambda:GetEventSourceMapping'
const ofRole = 'SimulatePrincipalPolicy worker-role sqs:ReceiveMessage'
const ofLogs = 'SimulatePrincipalPolicy worker-role logs:CreateLogGroup'

/** Of every preflight. A queue’s name alone does not say whose it is, and neither does a role’s until STS was asked. */
const always: Needs = {
  [caller]: [],
  [target]: [],
  'GetFunctionConcurrency worker': [],
  [queue]: [caller],
  'ListEventSourceMappings orders': [caller],
  [role]: [caller, target],
  [ofRole]: [caller, target],
  [ofLogs]: [caller, target],
}
const asUserNamed = (name: string): Needs => ({
  ...always,
  [`SimulatePrincipalPolicy ${name} ${creating}`]: [caller],
  [`SimulatePrincipalPolicy ${name} ${getting}`]: [caller],
})
const asUser = asUserNamed('developer')
const byArn: Needs = { ...asUser, [queue]: [], 'ListEventSourceMappings orders': [] }

const key = 'DescribeKey'
/** Asked of a key only that is there, and the customer’s own. */
const withKey: Needs = {
  [key]: [queue],
  GetKeyPolicy: [key],
  ListGrants: [key],
  'SimulatePrincipalPolicy worker-role kms:Decrypt': [key, target],
}
const deadLetters: Needs = {
  'GetQueueAttributes orders-dead': [queue],
  'ListEventSourceMappings orders-dead': [queue],
}
const documentsOf = (holder: string, kind: 'Role' | 'User', silence: string): Needs => ({
  [`List${kind}Policies ${holder}`]: [silence],
  [`ListAttached${kind}Policies ${holder}`]: [silence],
})
const managed = (name: string, listed: string): Needs => ({
  [`GetPolicy ${name}`]: [listed],
  [`GetPolicyVersion ${name}`]: [listed],
})
const everything = [polling, allow('logs:*')]

const addDeadLetterQueue = (sandbox: TestSandbox) =>
  sandbox.seed([
    { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders-dead' } },
    {
      service: 'sqs',
      operation: 'SetQueueAttributes',
      input: {
        QueueUrl: `${sandbox.endpoint}/${account}/orders`,
        Attributes: {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: arnOfQueue('orders-dead'),
            maxReceiveCount: 5,
          }),
        },
      },
    },
  ])
const nameTheQueue = (sandbox: TestSandbox) =>
  sandbox.seed([
    {
      service: 'lambda',
      operation: 'UpdateFunctionConfiguration',
      input: { FunctionName: 'worker', Environment: { Variables: { NEXT: 'orders' } } },
    },
  ])
const wireThem = (sandbox: TestSandbox) =>
  sandbox.seed([
    {
      service: 'lambda',
      operation: 'CreateEventSourceMapping',
      input: { EventSourceArn: arnOfQueue(), FunctionName: 'worker' },
    },
  ])

const deployer = 'GetRole deployer'
const ofAnn = `SimulatePrincipalPolicy ann ${creating}`

const worlds: readonly (readonly [what: string, needs: Needs, scenario: Scenario])[] = [
  ['two names', asUser, {}],
  ['two ARNs', byArn, { request: { queue: arnOfQueue(), function: workerArn } }],
  ['part of an ARN', asUser, { request: { function: `${account}:function:worker` } }],
  [
    'a customer key by its alias, and an ARN',
    { ...byArn, ...withKey },
    {
      key: { called: 'alias' },
      role: { inline: [...everything, allow('kms:*')] },
      request: { queue: arnOfQueue() },
    },
  ],
  [
    'a dead-letter queue, and an ARN',
    { ...byArn, ...deadLetters },
    { also: addDeadLetterQueue, request: { queue: arnOfQueue() } },
  ],
  [
    'a boundary',
    { ...asUser, ...managed('worker-role-boundary', role) },
    { role: { inline: [allow('*')], boundary: everything } },
  ],
  [
    'a variable that names the queue',
    { ...asUser, 'GetFunctionRecursionConfig worker': [target, caller] },
    { also: nameTheQueue },
  ],
  [
    'a mapping that exists, tags that are asked for, and an ARN',
    {
      ...byArn,
      'SimulatePrincipalPolicy developer lambda:TagResource': [caller],
      ListTags: ['ListEventSourceMappings orders'],
    },
    { also: wireThem, request: { queue: arnOfQueue(), settings: { tags: { team: 'shop' } } } },
  ],
  [
    'an assumed role',
    {
      ...always,
      [deployer]: [caller],
      [`SimulatePrincipalPolicy deployer ${creating}`]: [deployer],
      [`SimulatePrincipalPolicy deployer ${getting}`]: [deployer],
    },
    { caller: { kind: 'role', path: '/ci/', inline: [allow('*')] } },
  ],
  [
    'no simulator',
    {
      ...asUserNamed('ann'),
      ...documentsOf('worker-role', 'Role', ofRole),
      'GetRolePolicy worker-role': ['ListRolePolicies worker-role'],
      ...managed('worker-role-managed', 'ListAttachedRolePolicies worker-role'),
      ...documentsOf('ann', 'User', ofAnn),
      'ListGroupsForUser ann': [ofAnn],
      'GetUser ann': [ofAnn],
      'GetUserPolicy ann': ['ListUserPolicies ann'],
    },
    {
      role: { inline: [polling], managed: [allow('logs:*')] },
      caller: { kind: 'user', inline: [allow('*')] },
      faults: noSimulator,
    },
  ],
]

describe('a preflight asks for nothing later than it can', () => {
  it.each(worlds)('%s', async (_, needs, scenario) => {
    const { sandbox, session } = await build(scenario)
    for (const fault of scenario.faults ?? []) sandbox.faults.inject(fault)
    const { sent } = await preflightInRounds(session, scenario.request)
    const seen = Object.fromEntries(
      sent.flatMap((calls, round) => calls.map((call) => [labelOf(call), round + 1])),
    )
    const earliest = Object.fromEntries(Object.keys(needs).map((call) => [call, roundOf(call, needs)]))
    expect(seen).toEqual(earliest)
  })
})

/** The first round in which all that it needs has been answered. */
const roundOf = (call: string, needs: Needs): number =>
  1 + Math.max(0, ...(needs[call] ?? []).map((other) => roundOf(other, needs)))

/** What is asked, and of whom: where several questions are asked of one, the first action. */
function labelOf({ name, input }: SentCall): string {
  if (['GetKeyPolicy', 'ListGrants', 'DescribeKey'].includes(name)) return name
  const subject = input.QueueUrl ?? input.EventSourceArn ?? input.FunctionName ?? input.PolicySourceArn
  const holder = subject ?? input.RoleName ?? input.UserName ?? input.PolicyArn
  const { ActionNames: [action] = [] } = input as { readonly ActionNames?: readonly string[] }
  const named = typeof holder === 'string' ? holder.split(/[/:]/).at(-1) : undefined
  return [name, named, action].filter((part) => part !== undefined).join(' ')
}
