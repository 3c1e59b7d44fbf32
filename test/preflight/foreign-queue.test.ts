import { describe, expect, it } from 'vitest'
import { account } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  forWhom,
  judgeScenario,
  other,
  polling,
  type Scenario,
} from './scenario.js'

const foreign = arnOfQueue('orders', other)
const ann = `arn:aws:iam::${account}:user/ann`
const caller: Scenario['caller'] = { kind: 'user', inline: [allow('*')] }
const closed: Scenario = {
  caller,
  queue: { account: other, policy: [forWhom(`arn:aws:iam::${other}:root`, allow('sqs:*', foreign))] },
}

async function judged(scenario: Scenario, sendTest = false) {
  const { sandbox, session } = await build(scenario)
  return judgeScenario(session, sandbox, { ...scenario, request: { sendTest } })
}

describe('a queue of another account that may not be read', () => {
  it('names the permission that would settle it, and whose policies must grant it', async () => {
    const { byRule, errors } = await judged(closed, true)
    expect(errors).toEqual([])
    const gap = {
      permission: 'sqs:GetQueueAttributes',
      reason: expect.stringMatching(new RegExp(`account ${other}.*${ann}`)),
    }
    for (const rule of [
      'queue-not-found',
      'role-lacks-receive-message',
      'role-lacks-delete-message',
      'role-lacks-get-queue-attributes',
      'caller-lacks-send-message',
      'visibility-timeout-below-function-timeout',
      'no-dead-letter-queue',
    ]) {
      expect([rule, byRule[rule]]).toMatchObject([rule, { status: 'unknown', gap }])
    }
    const reasons = ['queue-not-found', 'role-lacks-receive-message', 'caller-lacks-send-message'].map(
      (rule) => byRule[rule]?.gap?.reason,
    )
    // One cause, one reason: it is told once.
    expect(new Set(reasons).size).toBe(1)
  })

  it('with the role’s policies closed too, both causes are told', async () => {
    const effect = { kind: 'error', code: 'AccessDenied', message: 'no', status: 403 } as const
    const faults = ['SimulatePrincipalPolicy', 'ListRolePolicies', 'ListAttachedRolePolicies'].map(
      (operation) => ({ service: 'iam', operation, effect }) as const,
    )
    const { byRule } = await judged({ ...closed, faults })
    expect(byRule['role-lacks-receive-message']).toMatchObject({
      status: 'unknown',
      gap: {
        permission: 'iam:SimulatePrincipalPolicy',
        reason: expect.stringMatching(/iam:ListRolePolicies.*, and .*sqs:GetQueueAttributes/),
      },
    })
  })
})

it('consumers of the account that owns the queue cannot be seen, and are no pass', async () => {
  const policy = [forWhom(`arn:aws:iam::${account}:root`, { ...polling, Resource: foreign })]
  const { byRule, errors } = await judged({ caller, queue: { account: other, policy } })
  expect(errors).toEqual([])
  expect(byRule['queue-not-found']?.status).toBe('pass')
  expect(byRule['queue-has-other-consumers']).toMatchObject({
    status: 'unknown',
    gap: { reason: expect.stringContaining(`the consumers of account ${other}`), permission: null },
  })
})

it('a key policy that may not be read is told by its own permission', async () => {
  const effect = { kind: 'error', code: 'AccessDeniedException', message: 'no', status: 400 } as const
  const { byRule } = await judged({
    caller,
    key: {},
    faults: [{ service: 'kms', operation: 'GetKeyPolicy', effect }],
  })
  expect(byRule['role-lacks-decrypt']).toMatchObject({
    status: 'unknown',
    gap: { permission: 'kms:GetKeyPolicy', reason: 'kms:GetKeyPolicy was refused' },
  })
})
