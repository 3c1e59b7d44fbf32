import { describe, expect, it } from 'vitest'
import type { TestSandbox } from '../support/sandbox.js'
import { account, preflightInRounds } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  expectAgreement,
  forWhom,
  judgeScenario,
  polling,
  type Row,
  roleArn,
  type Scenario,
  simulators,
} from './scenario.js'

const byTeam = { StringEquals: { 'aws:ResourceTag/team': 'blue' } }
const logs = allow('logs:*')
const role: Scenario['role'] = { inline: [{ ...polling, Condition: byTeam }, logs] }
const tagged = (team: string) => (made: TestSandbox) => {
  const QueueUrl = `${made.endpoint}/${account}/orders`
  return made.seed([{ service: 'sqs', operation: 'TagQueue', input: { QueueUrl, Tags: { team } } }])
}
const pollRules = ['receive-message', 'delete-message', 'get-queue-attributes'].map(
  (name) => `role-lacks-${name}`,
)
const refused = { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } as const

describe.each(simulators)('a role that may poll queues of a tag, simulator: %s', (simulator) => {
  it.each<Row>([
    ['the queue has it', 'pass', null, { role, also: tagged('blue') }],
    ['it has another', 'fail', 'role-lacks-receive-message', { role, also: tagged('red') }],
    ['it has none', 'fail', 'role-lacks-receive-message', { role }],
    [
      'a boundary turns on it',
      'pass',
      null,
      {
        role: { inline: [polling, logs], boundary: [{ ...polling, Condition: byTeam }, logs] },
        also: tagged('blue'),
      },
    ],
    [
      // AWS knows the tags in policies of IAM only, and does not say what a queue policy makes of them.
      'the queue’s own policy turns on it, too',
      'unknown',
      'role-lacks-receive-message',
      { role, queue: { policy: [forWhom(roleArn, allow('sqs:Send*', '*', byTeam))] }, also: tagged('blue') },
    ],
  ])('%s', (...row) => expectAgreement(row, simulator))
})

it('costs one call for the tags, and asking the simulator again', async () => {
  const { session } = await build({ role, also: tagged('blue') })
  const { calls, failed, unknown } = await preflightInRounds(session, { queue: arnOfQueue() })
  expect({ failed, unknown }).toEqual({ failed: [], unknown: [] })
  expect(calls.filter((name) => name === 'ListQueueTags')).toHaveLength(1)
  expect(calls.filter((name) => name === 'SimulatePrincipalPolicy')).toHaveLength(5)
})

it('tags that may not be listed are what would settle it', async () => {
  const faults = [{ service: 'sqs', operation: 'ListQueueTags', effect: refused }] as const
  const scenario = { role, also: tagged('blue'), faults }
  const { sandbox, session } = await build(scenario)
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  const gap = {
    class: 'context',
    permission: 'sqs:ListQueueTags',
    reason: expect.stringMatching(/ResourceTag.*refused/),
  }
  for (const rule of pollRules) expect([rule, byRule[rule]]).toMatchObject([rule, { status: 'unknown', gap }])
})

it('where the role’s policies may not be read, the simulator is told the tags', async () => {
  const faults = ['ListRolePolicies', 'ListAttachedRolePolicies'].map(
    (operation) => ({ service: 'iam', operation, effect: refused }) as const,
  )
  const scenario = { role, also: tagged('blue'), faults }
  const { sandbox, session } = await build(scenario)
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  for (const rule of pollRules) {
    expect([rule, byRule[rule]]).toMatchObject([rule, { status: 'pass', certainty: 'simulated' }])
  }
})
