import { describe, expect, it } from 'vitest'
import { account, preflight, region } from './preflight-world.js'
import { allow, build, noSimulator, type Scenario } from './scenario.js'

const roleRules = ['receive-message', 'delete-message', 'get-queue-attributes'].map(
  (right) => `role-lacks-${right}`,
)
const pairRules = ['mapping-differs', 'mapping-exists', 'partial-batch-response-off']

const deployer: Scenario['caller'] = { kind: 'role', inline: [allow('*')] }

describe.each<[string, Scenario]>([
  ['with the simulator', {}],
  ['without a simulator', { faults: noSimulator }],
  ['for an assumed role', { caller: deployer }],
])('%s', (_, scenario) => {
  async function ask(request: NonNullable<Scenario['request']>) {
    const { sandbox, session } = await build(scenario)
    for (const fault of scenario.faults ?? []) sandbox.faults.inject(fault)
    return preflight(session, { ...request, sendTest: true })
  }

  it('a queue that does not exist leaves nothing unknown: what is about it is skipped, with the reason', async () => {
    const { failed, unknown, byRule } = await ask({ queue: 'ordres' })
    expect({ failed, unknown }).toEqual({ failed: ['queue-not-found'], unknown: [] })
    for (const rule of [
      ...roleRules,
      ...pairRules,
      'role-lacks-decrypt',
      'caller-lacks-send-message',
      'queue-has-other-consumers',
    ]) {
      expect([rule, byRule[rule]?.status, byRule[rule]?.message]).toEqual([
        rule,
        'skip',
        expect.stringMatching(/^Queue "ordres" does not exist/),
      ])
    }
  })

  it('a function that does not exist leaves nothing unknown either', async () => {
    const { failed, unknown, byRule } = await ask({ queue: 'orders', function: 'wroker' })
    expect({ failed, unknown }).toEqual({ failed: ['function-not-found'], unknown: [] })
    for (const rule of [...roleRules, ...pairRules, 'role-lacks-log-permissions', 'role-not-found']) {
      expect([rule, byRule[rule]?.status, byRule[rule]?.message]).toEqual([
        rule,
        'skip',
        expect.stringMatching(/^Function "wroker" does not exist/),
      ])
    }
    // The queue is there: who else reads from it can be told.
    expect(byRule['queue-has-other-consumers']?.status).toBe('pass')
  })
})

/** The rules that are unknown, where AWS refuses one call. */
async function unknownWithout(operation: string, scenario: Scenario) {
  const { sandbox, session } = await build(scenario)
  const effect = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 403 } as const
  sandbox.faults.inject({ operation, effect })
  return preflight(session, { sendTest: true, ...scenario.request })
}

describe('what could not be read is no open question where something else decides', () => {
  const here = `arn:aws:sqs:${region}:${account}:orders`
  const ofMapping = ['mapping-without-queue', 'mapping-disabled-with-backlog', 'mapping-without-function']
  const ofRole = [...roleRules, 'queue-policy-denies-role', 'queue-policy-omits-role', 'role-lacks-decrypt']
  it.each<readonly [string, Scenario, readonly string[]]>([
    [
      'GetQueueAttributes',
      { request: { queue: here } },
      [...ofMapping, 'aws-managed-key-across-accounts', 'queue-policy-omits-role'],
    ],
    ['GetQueueAttributes', { request: { queue: here, function: 'wroker' } }, ofRole],
    ['GetFunctionConfiguration', {}, [...ofMapping, 'queue-policy-omits-role', 'role-lacks-decrypt']],
    ['GetFunctionConfiguration', { request: { queue: 'ordres' } }, [...ofRole, 'key-policy-omits-role']],
    ['GetFunctionConcurrency', {}, ['maximum-concurrency-above-reserved']],
    ['DescribeKey', { key: {} }, ['aws-managed-key-across-accounts']],
  ])('%s refused, %j', async (operation, scenario, rules) => {
    const { unknown, byRule } = await unknownWithout(operation, scenario)
    expect(unknown.length).toBeGreaterThan(0)
    expect(rules.map((rule) => [rule, byRule[rule]?.status])).toEqual(rules.map((rule) => [rule, 'skip']))
  })

  it('of a function of another account only that is told', async () => {
    const { session } = await build({})
    const named = `arn:aws:lambda:${region}:444455556666:function:worker`
    const { failed, unknown } = await preflight(session, { function: named })
    expect({ failed, unknown }).toEqual({ failed: ['function-not-in-caller-account'], unknown: [] })
  })
})

it('a mapping that was left behind by a deleted queue is still told', async () => {
  const { sandbox, session } = await build({})
  const input = { EventSourceArn: `arn:aws:sqs:${region}:${account}:orders`, FunctionName: 'worker' }
  await sandbox.seed([{ service: 'lambda', operation: 'CreateEventSourceMapping', input }])
  const QueueUrl = `${sandbox.endpoint}/${account}/orders`
  await sandbox.seed([{ service: 'sqs', operation: 'DeleteQueue', input: { QueueUrl } }])
  // SQS needs up to a minute to forget a queue.
  await sandbox.advance(60_000)
  const { failed, byRule } = await preflight(session)
  expect(failed).toContain('queue-not-found')
  expect(byRule['mapping-exists']?.status).toBe('warn')
})
