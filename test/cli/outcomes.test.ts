import { describe, expect, test } from 'vitest'
import { blockingFindings, checksFailed } from '../../src/cli/checks-failed.js'
import { proofError } from '../../src/cli/proof-bar.js'
import type { ProofLevel } from '../../src/operations/events.js'
import type { Finding } from '../../src/preflight/finding.js'
import { findings, proof } from '../report/samples.js'

const failed = (rule: string): Finding => ({ ...(findings[3] as Finding), rule, message: `${rule} is so.` })

describe('findings that stop a run', () => {
  test.each<['error' | 'warning', readonly string[]]>([
    ['error', ['role-lacks-receive-message']],
    ['warning', ['no-dead-letter-queue', 'role-lacks-receive-message']],
  ])('at --fail-on %s; notes and unknowns never do', (failOn, rules) => {
    expect(blockingFindings(findings, failOn).map(({ rule }) => rule)).toEqual(rules)
  })

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
})

test.each<[ProofLevel, ProofLevel, boolean]>([
  ['strong', 'strong', true],
  ['medium', 'strong', false],
  ['medium', 'medium', true],
  ['weak', 'medium', false],
  ['weak', 'weak', true],
  ['none', 'weak', false],
])('evidence %s where %s is asked for: enough is %s', (level, bar, enough) => {
  expect(proofError({ ...proof, level }, bar, 'look') === undefined).toBe(enough)
})

test('a function that failed is never a delivery, and no proof asked for is no error', () => {
  expect(proofError({ ...proof, functionFailed: true }, 'weak', 'look')).toMatchObject({
    code: 'NOT_DELIVERED',
    hint: 'look',
  })
  expect(proofError(null, 'strong', 'look')).toBeUndefined()
})
