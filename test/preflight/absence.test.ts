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
