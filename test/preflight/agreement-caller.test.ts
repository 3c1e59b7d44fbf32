import { describe, expect, it } from 'vitest'
import type { FindingStatus } from '../../src/preflight/finding.js'
import { region } from './preflight-world.js'
import {
  allow,
  build,
  deny,
  judgeScenario,
  noSimulator,
  type Scenario,
  tryIt,
  workerArn,
} from './scenario.js'

const create = 'lambda:CreateEventSourceMapping'
const rule = 'caller-lacks-create-event-source-mapping'
/** Everything but creating, so that nothing is unreadable. */
const reading = allow(['iam:*', 'sqs:*', 'kms:*', 'lambda:Get*', 'lambda:List*'])
const user = (about: Omit<NonNullable<Scenario['caller']>, 'kind'>): Scenario => ({
  caller: { kind: 'user', ...about },
})
const role = (about: Omit<NonNullable<Scenario['caller']>, 'kind'>): Scenario => ({
  caller: { kind: 'role', ...about },
})
const forWorker = { ArnLike: { 'lambda:FunctionArn': [workerArn, `${workerArn}:*`] } }
const forOther = { ArnEquals: { 'lambda:FunctionArn': `${workerArn}s` } }

/** What the rule about creating is to say of whom. */
const rows: readonly (readonly [string, FindingStatus, Scenario])[] = [
  ['the default caller', 'pass', {}],
  ['an inline policy', 'pass', user({ inline: [reading, allow(create)] })],
  ['a managed policy', 'pass', user({ managed: [reading, allow(create)] })],
  ['a policy of a group', 'pass', user({ inline: [reading], group: [allow(create)] })],
  ['a Deny of a group', 'fail', user({ inline: [reading, allow(create)], group: [deny(create)] })],
  ['a user with a path', 'pass', user({ inline: [reading, allow(create)], path: '/team/' })],
  ['nothing', 'fail', user({ inline: [reading] })],
  ['the function as resource', 'fail', user({ inline: [reading, allow(create, workerArn)] })],
  ['NotAction', 'pass', user({ inline: [{ Effect: 'Allow', NotAction: 'lambda:Delete*', Resource: '*' }] })],
  ['for this function', 'pass', user({ inline: [reading, allow(create, '*', forWorker)] })],
  ['for another function', 'fail', user({ inline: [reading, allow(create, '*', forOther)] })],
  [
    'a Deny for another function',
    'pass',
    user({ inline: [reading, allow(create), deny(create, '*', forOther)] }),
  ],
  [
    'a Deny for this function',
    'fail',
    user({ inline: [reading, allow(create), deny(create, '*', forWorker)] }),
  ],
  [
    'a Deny in another Region',
    'pass',
    user({
      inline: [
        reading,
        allow(create),
        deny('*', '*', { StringNotEquals: { 'aws:RequestedRegion': region } }),
      ],
    }),
  ],
  ['a boundary that allows it', 'pass', user({ inline: [allow('*')], boundary: [allow('*')] })],
  ['a boundary that does not', 'fail', user({ inline: [allow('*')], boundary: [reading] })],
  ['a boundary that denies it', 'fail', user({ inline: [allow('*')], boundary: [allow('*'), deny(create)] })],
  [
    'a boundary for this function',
    'pass',
    user({ inline: [allow('*')], boundary: [reading, allow(create, '*', forWorker)] }),
  ],
  [
    'a boundary that denies this function',
    'fail',
    user({ inline: [allow('*')], boundary: [allow('*'), deny(create, '*', forWorker)] }),
  ],
  [
    'a boundary for an address that only AWS sees',
    'unknown',
    user({
      inline: [allow('*')],
      boundary: [reading, allow(create, '*', { IpAddress: { 'aws:SourceIp': '127.0.0.0/8' } })],
    }),
  ],
  ['a role', 'pass', role({ inline: [reading, allow(create)] })],
  ['a role with a path', 'pass', role({ inline: [reading, allow(create)], path: '/ci/' })],
  ['a role that may not', 'fail', role({ inline: [reading] })],
  ['a role with a boundary', 'fail', role({ inline: [allow('*')], boundary: [reading] })],
  [
    'tags that are asked for',
    'pass',
    {
      ...user({
        inline: [
          reading,
          allow([create, 'lambda:TagResource'], '*', { StringEquals: { 'aws:RequestTag/team': 'blue' } }),
        ],
      }),
      request: { settings: { tags: { team: 'blue' } } },
    },
  ],
  [
    'other tags than asked for',
    'fail',
    {
      ...user({
        inline: [
          reading,
          allow('lambda:TagResource'),
          allow(create, '*', { StringEquals: { 'aws:RequestTag/team': 'blue' } }),
        ],
      }),
      request: { settings: { tags: { team: 'red' } } },
    },
  ],
]

describe.each(['new', 'old', 'none'] as const)('who may create, with %s simulator', (simulator) => {
  it.each(rows)('%s: %s', async (_, wanted, scenario) => {
    const options = simulator === 'old' ? { simulatorShape: 'old' as const } : {}
    const faults = simulator === 'none' ? noSimulator : []
    const { sandbox, session } = await build({ ...scenario, options })
    const judged = await judgeScenario(session, sandbox, { ...scenario, faults })
    const truth = await tryIt(session, sandbox, scenario)
    expect({ status: judged.byRule[rule]?.status, truth }).toMatchObject({ status: wanted })
    expect(judged.errors).toEqual(wanted === 'fail' ? [rule] : [])
    if (wanted !== 'unknown')
      expect(truth).toMatch(wanted === 'pass' ? /^delivers$/ : /^refused: AccessDenied/)
  })
})

describe('tags at creation', () => {
  const mappings = 'arn:aws:lambda:us-east-1:111122223333:event-source-mapping:*'
  const tag = 'lambda:TagResource'
  it.each<readonly [string, FindingStatus, ReturnType<typeof allow>[]]>([
    ['the right on mappings', 'pass', [allow(tag, mappings)]],
    ['no right', 'fail', []],
    ['the right on functions', 'fail', [allow(tag, workerArn)]],
    ['the right for this function, which the request does not name', 'fail', [allow(tag, '*', forWorker)]],
    [
      'the right for other tags',
      'fail',
      [allow(tag, '*', { StringEquals: { 'aws:RequestTag/team': 'red' } })],
    ],
    [
      'the right for these keys',
      'pass',
      [allow(tag, '*', { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['team'] } })],
    ],
  ])('%s: %s', async (_, wanted, statements) => {
    const scenario: Scenario = {
      ...user({ inline: [reading, allow(create), ...statements] }),
      request: { settings: { tags: { team: 'blue' } } },
    }
    const { sandbox, session } = await build(scenario)
    const judged = await judgeScenario(session, sandbox, scenario)
    const truth = await tryIt(session, sandbox, scenario)
    expect({ status: judged.byRule['caller-lacks-tag-resource']?.status, truth }).toMatchObject({
      status: wanted,
    })
    expect(truth).toMatch(wanted === 'pass' ? /^delivers$/ : /^refused: AccessDenied/)
  })
})

describe('what nobody can read', () => {
  it('a session policy that takes the right away: a pass that says what it takes for granted', async () => {
    const scenario = role({ inline: [allow('*')], sessionPolicy: [reading] })
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[rule]).toMatchObject({
      status: 'pass',
      assumptions: [
        expect.stringMatching(/^No service control, .*session or VPC endpoint policy refuses it/),
      ],
    })
    expect(await tryIt(session, sandbox, scenario)).toMatch(/^refused: AccessDenied/)
  })
})
