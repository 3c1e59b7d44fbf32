import { describe, expect, it } from 'vitest'
import { openPage } from '../../src/report/page.js'
import { plainPalette } from '../../src/report/palette.js'
import { findingLines } from '../../src/report/text/finding-lines.js'
import { account, region } from './preflight-world.js'
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
  type Statement,
  simulators,
  tryIt,
} from './scenario.js'

const queueArn = arnOfQueue()
const foreign = arnOfQueue('orders', other)
const polls = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
const root = (id: string) => `arn:aws:iam::${id}:root`
const ann = `arn:aws:iam::${account}:user/ann`
const anyone: NonNullable<Scenario['caller']> = { kind: 'user', inline: [allow('*')] }
const pollRules = [
  'role-lacks-receive-message',
  'role-lacks-delete-message',
  'role-lacks-get-queue-attributes',
]
const decrypt = allow('kms:Decrypt')
/** Everyone but whom it lists, by account and by name. The poller's session is called as AWS likes. */
const sparing: Statement = {
  ...deny('sqs:ReceiveMessage', queueArn),
  NotPrincipal: { AWS: [root(account), roleArn, `arn:aws:sts::${account}:assumed-role/worker-role/worker`] },
}

/** A queue of another account that the caller may look at. */
const abroad = (role: Scenario['role'], ...statements: readonly Statement[]): Scenario => ({
  caller: anyone,
  ...(role && { role }),
  queue: { account: other, policy: [forWhom(ann, allow(polls, foreign)), ...statements] },
})
/** A key of another account that the caller may look at, for a queue of that account that lets the role in. */
const keyAbroad = (role: NonNullable<Scenario['role']>, ...statements: readonly Statement[]): Scenario => ({
  ...abroad(role, forWhom(roleArn, allow(polls, foreign))),
  key: {
    account: other,
    policy: () => [
      forWhom(ann, allow(['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'])),
      ...statements,
    ],
  },
})
const keyHere = (role: NonNullable<Scenario['role']>, ...statements: readonly Statement[]): Scenario => ({
  caller: anyone,
  role,
  key: { policy: () => [forWhom(ann, allow('kms:*')), ...statements] },
})

/** Which rules fail: one cause, one failure. */
const rows: readonly (readonly [what: string, errors: readonly string[], scenario: Scenario])[] = [
  [
    'a Deny of the queue for all that polling needs',
    ['queue-policy-denies-role'],
    {
      queue: {
        policy: [
          forWhom(
            '*',
            deny('sqs:*', queueArn, { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/worker*' } }),
          ),
        ],
      },
    },
  ],
  [
    'a Deny of the queue, and a role without rights',
    ['queue-policy-denies-role', 'role-lacks-delete-message'],
    {
      role: { inline: [allow(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'])] },
      queue: { policy: [forWhom(roleArn, deny('sqs:DeleteMessage', queueArn))] },
    },
  ],
  [
    'a Deny of the queue that does not reach the role',
    [],
    { queue: { policy: [forWhom(`${roleArn}s`, deny('sqs:*', queueArn))] } },
  ],
  [
    'a queue policy without the role, in one account',
    [],
    { queue: { policy: [forWhom(ann, allow('sqs:*', queueArn))] } },
  ],
  [
    'a queue policy without the role, and a role without rights, in one account',
    pollRules,
    { role: {}, queue: { policy: [forWhom(ann, allow('sqs:*', queueArn))] } },
  ],
  ['another account: the queue omits the role', ['queue-policy-omits-role'], abroad(undefined)],
  ['another account: neither side', ['queue-policy-omits-role', ...pollRules], abroad({})],
  [
    'another account: the role’s side is missing',
    pollRules,
    abroad({}, forWhom(roleArn, allow('sqs:*', foreign))),
  ],
  [
    'another account: the queue omits one call',
    ['queue-policy-omits-role'],
    abroad(undefined, forWhom(roleArn, allow(['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], foreign))),
  ],
  [
    'another account: the queue denies what it allows',
    ['queue-policy-denies-role'],
    abroad(
      undefined,
      forWhom(root(account), allow(polls, foreign)),
      forWhom(roleArn, deny('sqs:Del*', foreign)),
    ),
  ],
  ['another account: both sides', [], abroad(undefined, forWhom(root(account), allow(polls, foreign)))],
  ['a key that omits the role', ['key-policy-omits-role'], keyHere({ inline: [polling, decrypt] })],
  [
    'a key that omits the role, which has no right either',
    ['key-policy-omits-role'],
    keyHere({ inline: [polling] }),
  ],
  [
    'a key that leaves it to a role without the right',
    ['role-lacks-decrypt'],
    keyHere({ inline: [polling] }, forWhom(root(account), allow('kms:*'))),
  ],
  [
    'a key that names a role whose boundary does not',
    ['role-lacks-decrypt'],
    keyHere({ inline: [polling], boundary: [polling] }, forWhom(roleArn, decrypt)),
  ],
  [
    'a key that denies the role',
    ['role-lacks-decrypt'],
    keyHere(
      { inline: [polling, decrypt] },
      forWhom(root(account), allow('kms:*')),
      forWhom(roleArn, deny('kms:Decrypt')),
    ),
  ],
  [
    'a key that omits the role, but for a grant',
    [],
    {
      caller: anyone,
      role: { inline: [polling] },
      key: {
        policy: () => [forWhom(ann, allow('kms:*'))],
        grant: { GranteePrincipal: roleArn, Operations: ['Decrypt'] },
      },
    },
  ],
  [
    'a key that omits the role, whose boundary has no room for it either',
    ['key-policy-omits-role', 'role-lacks-decrypt'],
    keyHere({ inline: [polling, decrypt], boundary: [polling] }),
  ],
  [
    'a key that omits the role, which a policy of its own denies',
    ['key-policy-omits-role', 'role-lacks-decrypt'],
    keyHere({ inline: [polling, deny('kms:Decrypt')] }),
  ],
  [
    'a key that denies the role, which has no right either',
    ['role-lacks-decrypt'],
    keyHere({ inline: [polling] }, forWhom(root(account), allow('kms:*')), forWhom('*', deny('kms:Decrypt'))),
  ],
  [
    'a key that is being deleted, and a role without the right to it',
    ['key-not-usable'],
    { role: { inline: [polling] }, key: { after: 'ScheduleKeyDeletion' } },
  ],
  [
    'a queue that spares the role by NotPrincipal, which a boundary makes void',
    ['queue-policy-denies-role'],
    { role: { inline: [polling], boundary: [allow('*')] }, queue: { policy: [sparing] } },
  ],
  [
    'a key of another account: it omits the role, and a boundary has no room for it',
    ['key-policy-omits-role', 'role-lacks-decrypt'],
    keyAbroad({ inline: [polling, decrypt], boundary: [polling] }),
  ],
  [
    'a key of another account: it omits the role',
    ['key-policy-omits-role'],
    keyAbroad({ inline: [polling, decrypt] }),
  ],
  [
    'a key of another account: neither side',
    ['key-policy-omits-role', 'role-lacks-decrypt'],
    keyAbroad({ inline: [polling] }),
  ],
  [
    'a key of another account: the role’s side is missing',
    ['role-lacks-decrypt'],
    keyAbroad({ inline: [polling] }, forWhom(root(account), decrypt)),
  ],
]

describe.each(simulators)('which side is told, with %s simulator', (simulator) => {
  it.each(rows)('%s', async (_, wanted, scenario) => {
    const options = simulator === 'old' ? { simulatorShape: 'old' as const } : {}
    const { sandbox, session } = await build({ ...scenario, options })
    const faults = simulator === 'no' ? noSimulator : []
    const { errors, unknown } = await judgeScenario(session, sandbox, { ...scenario, faults })
    const truth = await tryIt(session, sandbox, scenario)
    expect({ errors: errors.toSorted(), unknown }).toEqual({ errors: wanted.toSorted(), unknown: [] })
    expect(truth === 'delivers', truth).toBe(wanted.length === 0)
  })
})

it.each([
  ['queue-policy-omits-role', abroad(undefined), 'SqsTriggerCrossAccountPoll', foreign],
  ['key-policy-omits-role', keyHere({ inline: [polling] }), 'SqsTriggerCrossAccountDecrypt', '*'],
] as const)('%s comes with the statement, and it mends it', async (rule, scenario, Sid, Resource) => {
  const { sandbox, session } = await build(scenario)
  const before = await judgeScenario(session, sandbox, scenario)
  const { fix } = before.byRule[rule] ?? {}
  expect(fix).toMatchObject({ automatic: false, commands: [], policy: { Statement: [{ Sid, Resource }] } })
  const page = openPage(80, true, plainPalette)
  const lines = before.byRule[rule] ? findingLines(page, before.byRule[rule]) : []
  expect(lines.join('\n')).toContain(`must add this statement to its policy`)
  const shown = lines.map((line) => line.trim()).find((line) => line.startsWith('{'))
  const { Statement = [] } = (fix?.policy ?? {}) as { Statement?: readonly Statement[] } // as the rule writes it
  const mended = rule.startsWith('queue')
    ? abroad(undefined, ...Statement)
    : keyHere({ inline: [polling] }, ...Statement)
  const after = await build(mended)
  // What is shown is what mends it, whole.
  expect(JSON.parse(shown ?? '')).toEqual(Statement[0])
  expect((await judgeScenario(after.session, after.sandbox, mended)).errors).toEqual([])
  expect(await tryIt(after.session, after.sandbox, mended)).toBe('delivers')
})

it('a role that was deleted and made again is another to the queue’s policy', async () => {
  const scenario = abroad(undefined)
  const { sandbox, session } = await build(scenario)
  const queue = sandbox.world.sqs.queues.get(foreign)
  if (queue === undefined) throw new Error('the queue was made')
  const lost = { ...forWhom('AROAEXAMPLEID1234567', allow(polls, foreign)) }
  const policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [forWhom(ann, allow(polls, foreign)), lost],
  })
  queue.settings = new Map([...queue.settings, ['Policy', policy]])
  const { byRule } = await judgeScenario(session, sandbox, scenario)
  expect(byRule['queue-policy-omits-role']).toMatchObject({
    status: 'fail',
    message: expect.stringMatching(/made again under the same name is another/),
  })
  expect(byRule['queue-policy-omits-role']?.subject.arn).toBe(`arn:aws:sqs:${region}:${other}:orders`)
})

describe('whoever asks for one rule only', () => {
  const denied: Scenario = { queue: { policy: [forWhom(roleArn, deny('sqs:ReceiveMessage', queueArn))] } }
  const only = (slug: string): Scenario => ({ ...denied, request: { only: [slug] } })

  it('hears of the cause that another rule tells in its place', async () => {
    const scenario = only('role-lacks-receive-message')
    const { sandbox, session } = await build(scenario)
    const { byRule, errors } = await judgeScenario(session, sandbox, scenario)
    expect(Object.keys(byRule)).toEqual(['queue-policy-denies-role', 'role-lacks-receive-message'])
    expect(errors).toEqual(['queue-policy-denies-role'])
  })

  it('and of nothing else', async () => {
    const scenario = only('role-lacks-get-queue-attributes')
    const { sandbox, session } = await build({ ...scenario, queue: {} })
    const { byRule } = await judgeScenario(session, sandbox, { ...scenario, queue: {} })
    expect(Object.keys(byRule)).toEqual(['role-lacks-get-queue-attributes'])
  })
})
