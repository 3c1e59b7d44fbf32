import { describe, expect, test } from 'vitest'
import { checksFailed } from '../../src/cli/checks-failed.js'
import { proofError } from '../../src/cli/proof-bar.js'
import type { Proof, ProofLevel } from '../../src/operations/events.js'
import type { Finding } from '../../src/preflight/finding.js'
import { findings, proof, uuid } from '../report/samples.js'

const failed = (rule: string): Finding => ({ ...(findings[3] as Finding), rule, message: `${rule} is so.` })

describe('findings that stop a run', () => {
  test('none is no error', () => {
    expect(checksFailed([], findings)).toBeUndefined()
  })

  test.each<[readonly string[], string, string]>([
    [['role-lacks-receive-message'], 'CHECKS_FAILED', '1 of 6 checks failed. Nothing was changed.'],
    [
      ['queue-not-found', 'role-not-found'],
      'QUEUE_NOT_FOUND',
      'queue-not-found is so. 2 of 6 checks failed. Nothing was changed.',
    ],
    [
      ['role-not-found', 'qualifier-not-found'],
      'FUNCTION_NOT_FOUND',
      'qualifier-not-found is so. 2 of 6 checks failed. Nothing was changed.',
    ],
  ])('%j', (rules, code, message) => {
    const error = checksFailed(rules.map(failed), findings)
    expect(error).toMatchObject({ code, message })
    expect(error?.hint).toContain('aws iam put-role-policy')
  })

  test('the hint offers --fix where that would mend one of them', () => {
    const offer = 'sqs-trigger preflight orders worker --fix'
    const hintOf = (rule: string, automatic: boolean) => {
      const { fix, ...finding } = failed(rule)
      const one = { ...finding, fix: fix && { ...fix, automatic } }
      return checksFailed([one], findings, { offer })?.hint
    }
    expect(hintOf('role-lacks-receive-message', true)).toBe(`let this tool fix it: ${offer}`)
    expect(hintOf('role-lacks-receive-message', false)).toContain('aws iam put-role-policy')
    // A queue that does not exist cannot be mended by what would be right for its policies.
    expect(hintOf('queue-not-found', true)).toContain('aws iam put-role-policy')
  })

  test.each([
    [1, '1 of 6 checks failed. That is after one fix.'],
    [2, '1 of 6 checks failed. That is after 2 fixes.'],
  ])('after %i fixes it does not say that nothing was changed', (made, message) => {
    const error = checksFailed([failed('role-lacks-receive-message')], findings, { made })
    expect(error?.message).toBe(message)
  })

  const open = findings[4] as Finding
  const unsettled: Finding = { ...open, gap: open.gap && { ...open.gap, permission: null } }
  const warning: Finding = { ...failed('no-dead-letter-queue'), status: 'warn', severity: 'warning' }
  test.each<[string, readonly Finding[], string]>([
    [
      'one unknown',
      [open],
      '1 of 6 checks is unknown, which --strict does not let pass; iam:GetRole would settle it.',
    ],
    [
      'two unknown',
      [open, unsettled],
      '2 of 6 checks are unknown, which --strict does not let pass; iam:GetRole would settle the first.',
    ],
    [
      'one that no permission settles',
      [unsettled],
      '1 of 6 checks is unknown, which --strict does not let pass.',
    ],
    [
      'one unknown beside one that failed',
      [open, failed('role-not-found')],
      '1 of 6 checks failed and 1 is unknown, which --strict does not let pass; iam:GetRole would settle it.',
    ],
    [
      'an end that may not exist is not taken for missing',
      [{ ...unsettled, rule: 'queue-not-found' }],
      '1 of 6 checks is unknown, which --strict does not let pass.',
    ],
    [
      'one that only warns, under --fail-on warning',
      [warning],
      '1 of 6 checks warned, which --fail-on warning does not let pass.',
    ],
    [
      'one that only warns, beside one that failed',
      [failed('role-not-found'), warning],
      '1 of 6 checks failed and 1 warned.',
    ],
    [
      'one that only warns, beside one that is unknown',
      [warning, unsettled],
      '1 of 6 checks warned and 1 is unknown, which --strict does not let pass.',
    ],
  ])('what stops a run: %s', (_, stopping, message) => {
    expect(checksFailed(stopping, findings)).toMatchObject({
      code: 'CHECKS_FAILED',
      message: `${message} Nothing was changed.`,
    })
  })

  test('unknown ones that would only warn are told apart', () => {
    const warner: Finding = { ...unsettled, severity: 'warning' }
    expect(checksFailed([unsettled], [unsettled, warner, { ...open }])?.message).toBe(
      '1 of 3 checks is unknown, which --strict does not let pass. 1 more is unknown, and would only warn. Nothing was changed.',
    )
  })

  test('where only what stands above the account is open, --strict=core is offered', () => {
    const guardrail: Finding = {
      ...unsettled,
      fix: null,
      gap: { problem: 'p', reason: 'r', permission: null, class: 'guardrail' },
    }
    const hint = 'to let pass what stands above the account and can hardly ever be read: --strict=core'
    expect(checksFailed([guardrail], findings, { strict: 'all' })?.hint).toBe(hint)
    expect(checksFailed([guardrail], findings, { strict: 'core' })?.hint).toBeUndefined()
    expect(
      checksFailed([guardrail, { ...unsettled, fix: null }], findings, { strict: 'all' })?.hint,
    ).toBeUndefined()
  })
})

test.each<[ProofLevel, ProofLevel, boolean]>([
  ['strong', 'strong', true],
  ['medium', 'strong', false],
  ['medium', 'medium', true],
  ['weak', 'medium', false],
  ['weak', 'weak', true],
  ['none', 'weak', false],
])('evidence %s where %s is asked for: enough is %s', (level, bar, enough) => {
  expect(proofError({ ...proof, level }, bar, 'orders', {}) === undefined).toBe(enough)
})

describe('the command that helps most', () => {
  const lacking = { missingPermissions: [{ action: 'logs:FilterLogEvents', on: '/aws/lambda/worker' }] }
  const profile = { profile: 'dev' }
  const preflight = 'sqs-trigger preflight orders order-worker --profile dev'

  test.each<[string, Partial<Proof>, hint: string]>([
    [
      'the log of the run that failed',
      { functionFailed: true },
      `sqs-trigger logs ${uuid} --request ${proof.requestId} --profile dev`,
    ],
    ['a failure without a run that can be named', { functionFailed: true, requestId: null }, preflight],
    ['too little was seen', { level: 'none' }, preflight],
    [
      'more would be seen with a permission',
      { level: 'weak', ...lacking },
      `This would show more: logs:FilterLogEvents on /aws/lambda/worker.\n${preflight}`,
    ],
    [
      'which of several functions cannot be told',
      { level: 'none', mapping: null },
      'sqs-trigger list --queue orders --profile dev',
    ],
  ])('%s', (_, seen, hint) => {
    const error = proofError({ ...proof, ...seen }, 'medium', 'orders', profile)
    expect(error).toMatchObject({ hint })
  })

  test('a function that failed on a message that reached it is told as that, and not as a missing delivery', () => {
    const failed = { hop: 'invoked', outcome: 'failed', detail: 'order-worker failed', elapsedMs: 1 } as const
    const strong = { ...proof, level: 'strong', functionFailed: true, evidence: [failed] } as const
    expect(proofError(strong, 'weak', 'orders', {})).toMatchObject({
      code: 'FUNCTION_FAILED',
      message: 'The message was delivered, and the function failed on it.',
    })
    expect(proofError({ ...strong, level: 'none' }, 'weak', 'orders', {})).toMatchObject({
      code: 'NOT_DELIVERED',
      message: expect.stringMatching(/^Delivery is not proven/),
    })
  })

  test.each([true, null] as const)(
    'a message that SQS dropped as a repeated one needs a fresh id (%s)',
    (repeated) => {
      const error = proofError({ ...proof, level: 'none', repeated }, 'medium', 'orders', profile)
      expect(error).toMatchObject({
        code: 'NOT_DELIVERED',
        hint: expect.stringMatching(/--deduplication-id that is new/),
      })
    },
  )

  test('a function that failed is never a delivery, and no proof asked for is no error', () => {
    expect(proofError({ ...proof, functionFailed: true }, 'weak', 'orders', {})).toBeDefined()
    expect(proofError(null, 'strong', 'orders', {})).toBeUndefined()
  })
})
