import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { applyChange } from '../../src/operations/apply-change.js'
import { account, sessionOf } from '../preflight/preflight-world.js'
import { allow, build, forWhom, judgeScenario, polling, type Scenario, tryIt } from '../preflight/scenario.js'
import { loseDeadLetterQueue } from '../preflight/scenario-parts.js'
import { run } from '../support/run-command.js'
import type { TestSandbox } from '../support/sandbox.js'

const version = spawnSync('aws', ['--version'], { encoding: 'utf8', timeout: 20_000 })
const missing = version.status === 0 ? undefined : 'aws is not on PATH'
const root = forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))
const receive = 'role-lacks-receive-message'

describe.skipIf(missing !== undefined)(
  `the command of a fix, pasted into a shell${missing ? ` (${missing})` : ''}`,
  () => {
    it.each<readonly [rule: string, scenario: Scenario]>([
      [receive, { role: {} }],
      ['role-lacks-decrypt', { role: { inline: [polling] }, key: { policy: () => [root] } }],
      ['role-lacks-log-permissions', { role: { inline: [polling] } }],
      [
        'role-not-assumable-by-lambda',
        {
          role: {
            inline: [polling],
            trust: [
              { Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' },
            ],
          },
        },
      ],
      ['visibility-timeout-below-function-timeout', { queue: { attributes: { VisibilityTimeout: '4' } } }],
      ['visibility-timeout-leaves-no-retry-room', { queue: { attributes: { VisibilityTimeout: '6' } } }],
      ['no-dead-letter-queue', {}],
      ['no-dead-letter-queue', { queue: { name: 'orders.fifo' } }],
      ['dead-letter-queue-missing', { also: loseDeadLetterQueue }],
    ])('%s passes afterwards, and the mapping delivers', { timeout: 60_000 }, async (rule, scenario) => {
      const { sandbox, session } = await build(scenario)
      const before = await judgeScenario(session, sandbox, scenario)
      expect(before.byRule[rule]?.status).toMatch(/fail|warn/)
      const { commands = [] } = before.byRule[rule]?.fix ?? {}
      expect(commands).toHaveLength(1)
      const { code, stderr } = await run('sh', ['-c', commands[0]?.text ?? 'false'], {
        env: {
          AWS_ACCESS_KEY_ID: sandbox.adminCredentials.accessKeyId,
          AWS_SECRET_ACCESS_KEY: sandbox.adminCredentials.secretAccessKey,
        },
      })
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
      const after = await judgeScenario(session, sandbox, scenario)
      expect({ status: after.byRule[rule]?.status, errors: after.errors }).toEqual({
        status: 'pass',
        errors: [],
      })
      const pasted = stateOf(sandbox)
      expect(await tryIt(session, sandbox, scenario)).toBe('delivers')
      if (before.byRule[rule]?.fix?.automatic) expect(pasted).toEqual(await stateAfterChanges(rule, scenario))
    })
  },
)

/** What the changes of a fix make of the same scenario: the tool's way, beside the pasted one. */
async function stateAfterChanges(rule: string, scenario: Scenario) {
  const { sandbox, session } = await build(scenario)
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  const admin = await sessionOf(sandbox, sandbox.adminCredentials.accessKeyId)
  const changes = byRule[rule]?.fix?.changes ?? []
  expect(changes.length).toBeGreaterThan(0)
  for (const change of changes) await applyChange(change, admin)
  return stateOf(sandbox)
}

/** Policies of the role and settings of all queues. Key ids differ from sandbox to sandbox. */
function stateOf({ world }: TestSandbox) {
  const text = (value: string) => value.replaceAll(/key\/[0-9a-f-]{36}/g, 'key/…')
  return {
    inline: [...world.iam.roles.values()].map(({ name, inline }) => [
      name,
      [...inline].map(([policy, document]) => [policy, JSON.parse(text(document))]),
    ]),
    queues: [...world.sqs.queues.values()].map(({ arn, settings }) => [
      arn,
      [...settings].map(([name, value]) => [name, text(value)]).toSorted(),
    ]),
  }
}
