import { describe, expect, it } from 'vitest'
import { account } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  judgeScenario,
  noSimulator,
  other,
  polling,
  roleArn,
  type Scenario,
} from './scenario.js'

const root = forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))
const receive = 'role-lacks-receive-message'

describe('what stands against it twice is told twice', () => {
  it('a Deny of the queue is told beside what the role lacks, and nothing is written by itself', async () => {
    const scenario: Scenario = {
      role: {},
      queue: { policy: [forWhom('*', deny('sqs:ReceiveMessage', arnOfQueue()))] },
    }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[receive]?.fix).toMatchObject({
      automatic: false,
      commands: [{ text: expect.stringContaining('put-role-policy') }],
      summary: expect.stringMatching(
        /^Remove or narrow the Deny in the queue policy of orders, statement 1: .* Then give role worker-role what/,
      ),
    })
    // What the queue does not deny is worth mending.
    expect(byRule['role-lacks-delete-message']?.fix?.automatic).toBe(true)
  })

  it('a Deny of the key and a role without the right are told together, statement by statement', async () => {
    const scenario: Scenario = {
      role: { inline: [polling] },
      key: {
        policy: () => [
          root,
          { Sid: 'One', ...forWhom('*', deny('kms:Decrypt')) },
          { Sid: 'Two', ...forWhom(roleArn, deny('kms:*')) },
        ],
      },
    }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    const { message, fix, evidence } = byRule['role-lacks-decrypt'] ?? {}
    const places = /the policy of key [0-9a-f-]{36}, statements 2 \(Sid One\) and 3 \(Sid Two\)/
    expect(message).toMatch(places)
    expect(message).toMatch(/; besides, no identity policy allows it\.$/)
    expect(evidence?.map(({ layer, index, sid }) => [layer, index, sid])).toEqual([
      ['key', 2, 'One'],
      ['key', 3, 'Two'],
      ['simulator', undefined, null],
    ])
    expect(fix).toMatchObject({ automatic: false, commands: [], summary: expect.stringMatching(places) })
    expect(fix?.summary).toMatch(
      /administers the key can change .*policies of role worker-role must allow it as/,
    )
    expect(fix?.policy).toMatchObject({ Statement: [{}, { Action: 'kms:Decrypt' }] })
  })

  it.each(['ScheduleKeyDeletion', 'gone'] as const)(
    'a key that is %s is named in no policy',
    async (what) => {
      const scenario: Scenario = {
        role: {},
        ...(what === 'gone'
          ? { queue: { attributes: { KmsMasterKeyId: 'alias/nothing' } } }
          : { key: { policy: () => [root], after: what } }),
      }
      const { sandbox, session } = await build(scenario)
      const { byRule } = await judgeScenario(session, sandbox, scenario)
      expect(byRule['key-not-usable']?.status).toBe('fail')
      expect(byRule['role-lacks-decrypt']).toMatchObject({
        status: 'skip',
        message: expect.stringContaining('key-not-usable tells it'),
      })
      expect(byRule[receive]?.fix).toMatchObject({
        automatic: true,
        policy: { Statement: [{ Sid: 'SqsTriggerPoll' }] },
      })
      expect(JSON.stringify(byRule[receive]?.fix)).not.toContain('kms:')
    },
  )

  it('a Deny of the role, in two statements', async () => {
    const scenario: Scenario = {
      role: { inline: [polling, deny('sqs:*'), { Sid: 'Again', ...deny('sqs:ReceiveMessage') }] },
      faults: noSimulator,
    }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[receive]).toMatchObject({
      message: expect.stringMatching(
        /explicit Deny in identity policy inline, statements 2 and 3 \(Sid Again\)\.$/,
      ),
      fix: {
        automatic: false,
        commands: [],
        summary:
          'Remove or narrow the Deny in the policies of role worker-role (inline), statements 2 and 3 (Sid Again): no Allow outweighs it.',
      },
    })
  })
})

describe('a key of another account', () => {
  const ann = `arn:aws:iam::${account}:user/ann`
  const foreign = arnOfQueue('orders', other)
  const abroad = (role: Scenario['role'], shown: readonly string[]): Scenario => ({
    caller: { kind: 'user', inline: [allow('*')] },
    ...(role && { role }),
    queue: {
      account: other,
      policy: [forWhom(`arn:aws:iam::${account}:root`, allow('sqs:*', foreign))],
    },
    key: {
      account: other,
      policy: () => [forWhom(`arn:aws:iam::${other}:root`, allow('kms:*')), forWhom(ann, allow(shown))],
    },
  })
  const seen = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']

  it('says who acts on either side, for the role', async () => {
    const scenario = abroad({ inline: [polling] }, seen)
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    const owner = `Whoever administers the key, in account ${other}, must`
    expect(byRule['key-policy-omits-role']?.fix).toMatchObject({
      summary: `${owner} add this statement to its policy.`,
      policy: { Statement: [{ Principal: { AWS: roleArn } }] },
    })
    expect(byRule['role-lacks-decrypt']).toMatchObject({
      message: expect.stringMatching(/: neither an identity policy nor the key policy allows it\.$/),
      fix: { automatic: false, summary: expect.stringContaining(`${owner} also add to its policy: {`) },
    })
  })

  it('says so beside a boundary that has no room for it', async () => {
    const scenario = abroad({ inline: [polling, allow('kms:Decrypt')], boundary: [polling] }, seen)
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule['role-lacks-decrypt']?.fix?.summary).toBe(
      `The permissions boundary of role worker-role must allow kms:Decrypt; its administrator can change it. Whoever administers the key, in account ${other}, must let role worker-role in as well.`,
    )
  })

  it('says who acts on either side, for the caller', async () => {
    const scenario: Scenario = {
      ...abroad(undefined, seen),
      caller: { kind: 'user', inline: [allow(['iam:*', 'sqs:*', 'lambda:*', ...seen])] },
      request: { sendTest: true },
    }
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule['caller-lacks-key-for-test-message']?.fix).toMatchObject({
      commands: [{ text: expect.stringContaining('put-user-policy') }],
      summary: expect.stringMatching(
        new RegExp(
          `^Whoever administers the account can grant it. Whoever owns arn:aws:kms:.* in account ${other} must let ${ann} call kms:GenerateDataKey, kms:Decrypt in its policy.$`,
        ),
      ),
    })
  })

  it.each<readonly [what: string, shown: readonly string[], gap: object]>([
    [
      'that may not be seen: two policies would settle it',
      ['kms:ListGrants'],
      {
        permission: 'kms:DescribeKey',
        reason: expect.stringMatching(
          new RegExp(
            `^kms:DescribeKey was refused: the policy of key .*, kept by account ${other}, .* ${ann}$`,
          ),
        ),
      },
    ],
    [
      'whose policy KMS does not show: no permission of the caller would settle it',
      ['kms:DescribeKey'],
      {
        permission: null,
        reason: expect.stringMatching(/to its own account alone: account 444455556666 can say/),
      },
    ],
  ])('%s', async (_, shown, gap) => {
    const scenario = abroad({ inline: [polling, allow('kms:Decrypt')] }, shown)
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule['role-lacks-decrypt']).toMatchObject({ status: 'unknown', gap })
  })
})
