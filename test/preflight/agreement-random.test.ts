import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { roleCanDecrypt, roleMay } from '../../src/sandbox/event-source/role-access.js'
import { propertyRuns } from '../support/property-runs.js'
import { account, region } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  forWhom,
  judgeScenario,
  noSimulator,
  other,
  roleArn,
  type Scenario,
  type Statement,
  type Verdict,
} from './scenario.js'

const actions = ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const
const rules = ['role-lacks-receive-message', 'role-lacks-delete-message', 'role-lacks-get-queue-attributes']
const ofQueue = ['queue-policy-denies-role', 'queue-policy-omits-role']

/** What is said of one call: one cause is told by one rule, so the rule about the role may leave it to another. */
function saidOf(byRule: Verdict['byRule'], rule: string, action: string): string | undefined {
  const others = rule === 'role-lacks-decrypt' ? ['key-policy-omits-role'] : ofQueue
  const told = others.some(
    (other) =>
      byRule[other]?.status === 'fail' &&
      (rule === 'role-lacks-decrypt' || byRule[other].message.includes(`sqs:${action}`)),
  )
  return told ? 'fail' : byRule[rule]?.status
}

/** Conditions whose truth the preflight can know. */
const knowable = fc.constantFrom<object>(
  { StringEquals: { 'aws:RequestedRegion': region } },
  { StringNotEquals: { 'aws:RequestedRegion': region } },
  { StringEquals: { 'aws:PrincipalAccount': account } },
  { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/worker-*' } },
  { ArnNotEquals: { 'aws:PrincipalArn': roleArn } },
  { Bool: { 'aws:SecureTransport': 'false' } },
  { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
  { Null: { 'lambda:SourceFunctionArn': 'true' } },
  { StringNotLike: { 'aws:PrincipalTag/team': 'b*' } },
  { StringEquals: { 'aws:PrincipalTag/team': `$${'{aws:PrincipalTag/team}'}` } },
  { DateLessThan: { 'aws:CurrentTime': '2030-01-01T00:00:00Z' } },
  { StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': arnOfQueue() } },
  { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
)
/** And some that only AWS can. */
const hidden = fc.constantFrom<object>(
  { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } },
  { NotIpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
  { StringEquals: { 'aws:ResourceTag/team': 'blue' } },
  { StringLike: { 'aws:userid': '*:awslambda*' } },
)

const somewhere = (queue: string) =>
  fc.constantFrom('*', queue, `${queue}*`, `${queue}-2`, 'arn:aws:sqs:*:*:ord?rs')
const something = fc.constantFrom(
  '*',
  'sqs:*',
  'sqs:ReceiveMessage',
  'sqs:delete*',
  'sqs:Get*',
  'kms:Decrypt',
  'logs:*',
)

const statement = (queue: string, condition: fc.Arbitrary<object>) =>
  fc
    .record({
      Effect: fc.constantFrom('Allow', 'Allow', 'Allow', 'Deny'),
      action: fc.oneof(
        fc.record({ Action: fc.array(something, { minLength: 1, maxLength: 3 }) }),
        fc.record({ NotAction: something }),
      ),
      resource: fc.oneof(
        { weight: 4, arbitrary: fc.record({ Resource: somewhere(queue) }) },
        { weight: 1, arbitrary: fc.record({ NotResource: somewhere(queue) }) },
      ),
      Condition: fc.option(condition, { nil: undefined, freq: 2 }),
    })
    .map(
      ({ Effect, action, resource, Condition }): Statement => ({
        Effect,
        ...action,
        ...resource,
        ...(Condition && { Condition }),
      }),
    )

const principals = fc.constantFrom('*', roleArn, `arn:aws:iam::${account}:root`, `arn:aws:iam::${other}:root`)

/** Role, boundary, queue policy and key at random; the caller may read all of it. */
function scenarios(owner: string, condition: fc.Arbitrary<object>): fc.Arbitrary<Scenario> {
  const queue = arnOfQueue('orders', owner)
  const some = (maxLength: number) => fc.array(statement(queue, condition), { maxLength })
  // The preflight reads queue and key as somebody whom they let in; a random Deny must not lock that somebody out.
  const notAnn = { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:user/ann' } }
  const ofResource = fc
    .tuple(principals, some(2))
    .map(([principal, statements]) =>
      statements.map((one) =>
        forWhom(principal, { ...one, Condition: { ...(one.Condition as object), ...notAnn } }),
      ),
    )
  const annMay = (Action: string | readonly string[]) =>
    forWhom(`arn:aws:iam::${account}:user/ann`, allow(Action, '*'))
  return fc
    .record({
      inline: some(3),
      managed: fc.option(
        some(2).filter(({ length }) => length > 0),
        { nil: undefined },
      ),
      boundary: fc.option(
        some(3).filter(({ length }) => length > 0),
        { nil: undefined, freq: 2 },
      ),
      queuePolicy: fc.option(ofResource, { nil: undefined }),
      keyPolicy: fc.option(ofResource, { nil: undefined }),
    })
    .map(({ inline, managed, boundary, queuePolicy, keyPolicy }) => ({
      caller: { kind: 'user', inline: [allow('*')] },
      role: { inline, ...(managed && { managed }), ...(boundary && { boundary }) },
      queue: { account: owner, policy: [annMay('sqs:GetQueueAttributes'), ...(queuePolicy ?? [])] },
      ...(keyPolicy === undefined
        ? {}
        : {
            key: {
              account: owner,
              policy: () => [annMay(['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']), ...keyPolicy],
            },
          }),
      also: async ({ world }) => {
        const role = world.iam.roles.get(roleArn)
        if (role) world.iam.roles.set(roleArn, { ...role, tags: new Map([['team', 'blue']]) })
      },
    }))
}

/** Where both sides allow everything. */
const open = (owner: string): Scenario => ({
  caller: { kind: 'user', inline: [allow('*')] },
  role: { inline: [allow('*')] },
  queue: { account: owner, policy: [forWhom('*', allow('sqs:*', arnOfQueue('orders', owner)))] },
})

const simulators = fc.constantFrom<Pick<Scenario, 'faults' | 'options'>>(
  {},
  { options: { simulatorShape: 'old' } },
  { faults: noSimulator },
)

/** What the sandbox lets the role do, beside what the preflight says of it. */
async function compare(
  scenario: Scenario,
): Promise<readonly (readonly [said: string | undefined, truth: string])[]> {
  const { sandbox, session } = await build(scenario)
  const owner = scenario.queue?.account ?? account
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  const arn = arnOfQueue('orders', owner)
  const queue = sandbox.world.sqs.queues.get(arn)
  if (queue === undefined) throw new Error('the queue was made')
  const pairs = actions.map((action, index) => {
    const truth = roleMay(sandbox.world, roleArn, action, {
      arn,
      region,
      account: owner,
      fifo: false,
      name: 'orders',
    })
    return [saidOf(byRule, rules[index] ?? '', action), truth ? 'pass' : 'fail'] as const
  })
  if (scenario.key === undefined) return pairs
  const decrypts = roleCanDecrypt(sandbox.world, roleArn, queue) ? 'pass' : 'fail'
  return [...pairs, [saidOf(byRule, 'role-lacks-decrypt', 'Decrypt'), decrypts] as const]
}

describe.each([
  ['its own account', account],
  ['another account', other],
])('random policies, a queue of %s', (_, owner) => {
  it('are judged as the sandbox enforces them, and never left open', { timeout: 170_000 }, async () => {
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(scenarios(owner, knowable), simulators, async (scenario, simulator) => {
        for (const [said, truth] of await compare({ ...scenario, ...simulator })) {
          expect(said).toBe(truth)
          seen.add(truth)
        }
      }),
      // Chance alone seldom makes both accounts allow it.
      { numRuns: propertyRuns(25, 200), examples: [[open(owner), {}]] },
    )
    // Both sides must be reached, or the comparison says nothing.
    expect([...seen].sort()).toEqual(['fail', 'pass'])
  })

  it('that turn on what only AWS sees are never judged wrongly', { timeout: 170_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(
        scenarios(owner, fc.oneof(knowable, hidden)),
        simulators,
        async (scenario, simulator) => {
          for (const [said, truth] of await compare({ ...scenario, ...simulator })) {
            if (said !== 'unknown') expect(said).toBe(truth)
          }
        },
      ),
      { numRuns: propertyRuns(25, 200) },
    )
  })
})
