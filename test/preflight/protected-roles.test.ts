import { expect, it } from 'vitest'
import type { Finding } from '../../src/preflight/finding.js'
import { build, judgeScenario, polling, type Scenario } from './scenario.js'

const paths = {
  'a service-linked role': ['/aws-service-role/x.amazonaws.com/', /AWS alone changes service-linked roles/],
  'a role of Identity Center': ['/aws-reserved/sso.amazonaws.com/', /or change the permission set/],
} as const
const ec2 = [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }]

it.each(
  Object.entries(paths).flatMap(([what, [path, said]]) => [
    ['role-lacks-receive-message', what, said, { role: { path } }] as const,
    ['role-lacks-log-permissions', what, said, { role: { path, inline: [polling] } }] as const,
    ['role-not-assumable-by-lambda', what, said, { role: { path, trust: ec2 } }] as const,
  ]),
)('%s of %s: words, and no command that AWS would refuse', async (rule, _, said, scenario: Scenario) => {
  const { sandbox, session } = await build(scenario)
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  const fix: Finding['fix'] = byRule[rule]?.fix ?? null
  expect(fix).toMatchObject({
    automatic: false,
    commands: [],
    summary: expect.stringMatching(
      /^Role worker-role is protected: .* Give the function an execution role of its own/,
    ),
  })
  expect(fix?.summary).toMatch(said)
  expect(fix?.changes).toBe(undefined)
})
