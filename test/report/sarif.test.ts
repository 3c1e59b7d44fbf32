import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/preflight/finding.js'
import { rules } from '../../src/preflight/rules/index.js'
import { type Ended, failedFinding, preflightEnded, preflightEvents, reported, usage } from './json-run.js'
import { findings, functionArn, queueArn } from './samples.js'

const failed = findings.filter(({ status }) => status === 'fail')
const fail = failedFinding

async function run(ended: Ended, given = {}) {
  const { stdout } = await reported('sarif', ended, given)
  const log = JSON.parse(stdout)
  expect(log).toMatchObject({ version: '2.1.0', runs: [{ tool: { driver: { name: 'sqs-trigger' } } }] })
  expect(log.runs).toHaveLength(1)
  return log.runs[0]
}

describe('rules', () => {
  test('all of the catalogue, each described', async () => {
    const { tool } = await run(preflightEnded(findings, failed))
    const told: readonly Record<string, unknown>[] = tool.driver.rules
    expect(told.map(({ id }) => id)).toEqual(rules.map(({ slug }) => slug))
    for (const rule of told) {
      expect(rule).toMatchObject({
        name: expect.stringMatching(/^([A-Z][a-z0-9]*)+$/),
        shortDescription: { text: expect.stringMatching(/\S/) },
        fullDescription: { text: expect.stringMatching(/\S/) },
        help: {
          text: expect.stringMatching(/\S/),
          markdown: expect.stringContaining('`sqs-trigger explain '),
        },
        defaultConfiguration: { level: expect.stringMatching(/^(error|warning|note)$/) },
      })
      // GitHub cuts longer ones.
      expect(JSON.stringify(rule.fullDescription).length).toBeLessThan(1024)
      expect(JSON.stringify(rule.shortDescription).length).toBeLessThan(1024)
      // There is no page of ours with a public address.
      expect(rule).not.toHaveProperty('helpUri')
    }
  })
})

describe('results', () => {
  test('what objects, with level, place and rule', async () => {
    const { results, tool } = await run(preflightEnded(findings, failed))
    expect(results.map(({ ruleId, level }: never) => [ruleId, level])).toEqual([
      ['no-dead-letter-queue', 'warning'],
      ['role-lacks-receive-message', 'error'],
      ['partial-batch-response-off', 'note'],
    ])
    for (const result of results) {
      expect(tool.driver.rules[result.ruleIndex].id).toBe(result.ruleId)
      expect(result).toMatchObject({
        kind: 'fail',
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'sqs-trigger.yaml' },
              region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
            },
            logicalLocations: [{ fullyQualifiedName: queueArn, name: 'orders', kind: 'resource' }],
          },
        ],
      })
      expect(result).not.toHaveProperty('suppressions')
    }
    expect(results[1].message.text).toMatch(
      /^order-worker-role may not .*\n.*\nFix: .*\naws iam put-role-policy/,
    )
  })

  test('an ignored one is suppressed; one that was unknown before is no result', async () => {
    const ignored: Finding = { ...fail, status: 'ignored' }
    const gap = findings.find(({ status }) => status === 'unknown')?.gap ?? null
    const { results } = await run(preflightEnded([ignored, { ...ignored, gap }], []))
    expect(results).toMatchObject([{ suppressions: [{ kind: 'external', justification: '--ignore' }] }])
    expect(results).toHaveLength(1)
  })

  test('the fingerprint tells apart rule, ends and subject, and nothing else', async () => {
    const fingerprint = async (given: Partial<Finding>, target = {}) => {
      const ended = preflightEnded([{ ...fail, ...given }], [])
      const events = preflightEvents([]).map((event) =>
        'target' in event ? { ...event, target: { ...event.target, ...target } } : event,
      )
      const { results } = await run(ended, { events })
      return results[0].partialFingerprints
    }
    const first = await fingerprint({})
    expect(first['sqsTrigger/v1']).toMatch(/^[0-9a-f]{64}$/)
    expect(first.primaryLocationLineHash).toBe(`${first['sqsTrigger/v1']}:1`)
    expect(await fingerprint({ message: 'Other words.', severity: 'warning', status: 'warn' })).toEqual(first)
    const others = [
      await fingerprint({ rule: 'role-lacks-delete-message' }),
      await fingerprint({ subject: { kind: 'role', arn: 'arn:aws:iam::1:role/other' } }),
      await fingerprint({}, { queueArn: `${queueArn}-2` }),
      await fingerprint({}, { functionArn: `${functionArn}-2` }),
    ].map((one) => one['sqsTrigger/v1'])
    expect(new Set([first['sqsTrigger/v1'], ...others]).size).toBe(5)
  })

  test('each queue and function is a category of its own', async () => {
    const { automationDetails } = await run(preflightEnded(findings, failed), { events: preflightEvents() })
    expect(automationDetails.id).toBe('sqs-trigger/preflight/orders/order-worker/')
  })
})

describe('the invocation', () => {
  test('checks that failed are no failure of the tool; unknowns are told', async () => {
    const { invocations } = await run(preflightEnded(findings, failed))
    expect(invocations).toMatchObject([
      { executionSuccessful: true, exitCode: 3, exitCodeDescription: 'CHECKS_FAILED' },
    ])
    expect(invocations[0].toolExecutionNotifications).toMatchObject([
      { level: 'note', associatedRule: { id: 'role-not-assumable-by-lambda' } },
    ])
  })

  test('an unknown that stops the run is an error', async () => {
    const unknown = findings.filter(({ status }) => status === 'unknown')
    const { invocations } = await run(preflightEnded(findings, unknown))
    expect(invocations[0].toolExecutionNotifications).toMatchObject([{ level: 'error' }])
  })

  test('what ended before anything was judged is an empty run with a notification', async () => {
    const { invocations, results } = await run(usage, { provisional: true })
    expect(results).toEqual([])
    expect(invocations).toMatchObject([
      {
        executionSuccessful: false,
        exitCode: 2,
        toolExecutionNotifications: [
          {
            level: 'error',
            descriptor: { id: 'USAGE' },
            message: { text: expect.stringContaining('--quue') },
          },
        ],
      },
    ])
  })
})
