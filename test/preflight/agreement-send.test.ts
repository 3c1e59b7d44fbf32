import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { describe, expect, it } from 'vitest'
import type { FindingStatus } from '../../src/preflight/finding.js'
import type { TestSandbox } from '../support/sandbox.js'
import { account, preflight, region, sessionOf } from './preflight-world.js'
import {
  allow,
  arnOfQueue,
  build,
  deny,
  forWhom,
  judgeScenario,
  noSimulator,
  other,
  type Scenario,
  type Statement,
  simulators,
} from './scenario.js'

const rule = 'caller-lacks-key-for-test-message'
const ann = `arn:aws:iam::${account}:user/ann`
const root = `arn:aws:iam::${account}:root`
/** Everything but the use of keys, so that nothing is unreadable. */
const reading = allow(['iam:*', 'sqs:*', 'lambda:*', 'kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants'])
const use = ['kms:GenerateDataKey', 'kms:Decrypt']
const delegated = () => [forWhom(root, allow('kms:*'))]
const user = (inline: readonly Statement[], more: Partial<Scenario> = {}): Scenario => ({
  caller: { kind: 'user', inline },
  key: { policy: delegated },
  ...more,
})
const through = (service: string) => ({
  StringEquals: { 'kms:ViaService': `${service}.${region}.amazonaws.com` },
})
const forQueue = (arn: string) => ({ StringEquals: { 'kms:EncryptionContext:aws:sqs:arn': arn } })

/** Whether a test message could be encrypted as the caller. */
const rows: readonly (readonly [what: string, status: FindingStatus, scenario: Scenario])[] = [
  ['everything', 'pass', user([allow('*')])],
  ['both rights', 'pass', user([reading, allow(use)])],
  ['no right on keys', 'fail', user([reading])],
  ['no right to decrypt', 'fail', user([reading, allow('kms:GenerateDataKey')])],
  ['no right to make data keys', 'fail', user([reading, allow('kms:Decrypt')])],
  ['both, through SQS only', 'pass', user([reading, allow(use, '*', through('sqs'))])],
  ['both, through another service only', 'fail', user([reading, allow(use, '*', through('s3'))])],
  ['both, for messages of this queue', 'pass', user([reading, allow(use, '*', forQueue(arnOfQueue()))])],
  [
    'both, for messages of another',
    'fail',
    user([reading, allow(use, '*', forQueue(arnOfQueue('orders-2')))]),
  ],
  ['both, and a Deny', 'fail', user([reading, allow(use), deny('kms:GenerateDataKey*')])],
  [
    'the key’s policy alone',
    'pass',
    user([reading], { key: { policy: () => [...delegated(), forWhom(ann, allow(use))] } }),
  ],
  [
    'a key that leaves nothing to IAM and omits the caller',
    'fail',
    user([reading, allow(use)], {
      key: { policy: () => [forWhom(ann, allow(['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']))] },
    }),
  ],
  [
    'a grant',
    'pass',
    user([reading], {
      key: {
        policy: delegated,
        grant: { GranteePrincipal: ann, Operations: ['GenerateDataKey', 'Decrypt'] },
      },
    }),
  ],
  [
    'a boundary without keys',
    'fail',
    user([], { caller: { kind: 'user', inline: [allow('*')], boundary: [reading] } }),
  ],
  ['a role', 'pass', user([], { caller: { kind: 'role', inline: [reading, allow(use)], path: '/ci/' } })],
  [
    'AWS’s own key',
    'pass',
    {
      caller: { kind: 'user', inline: [reading] },
      queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } },
    },
  ],
  [
    'AWS’s own key, and a Deny of data keys',
    'fail',
    {
      caller: { kind: 'user', inline: [reading, deny('kms:GenerateDataKey')] },
      queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } },
    },
  ],
  [
    'AWS’s own key, and a boundary that denies KMS',
    'fail',
    {
      caller: { kind: 'user', inline: [reading], boundary: [allow('*'), deny('kms:Decrypt')] },
      queue: { attributes: { KmsMasterKeyId: 'alias/aws/sqs' } },
    },
  ],
  ['a role without', 'fail', user([], { caller: { kind: 'role', inline: [reading], path: '/ci/' } })],
]

describe.each(simulators)('the key of a test message, with %s simulator', (simulator) => {
  it.each(rows)('%s: %s', async (_, wanted, scenario) => {
    const options = simulator === 'old' ? { simulatorShape: 'old' as const } : {}
    const { sandbox, session } = await build({ ...scenario, options })
    const faults = simulator === 'no' ? noSimulator : []
    const { byRule } = await judgeScenario(session, sandbox, {
      ...scenario,
      faults,
      request: { sendTest: true },
    })
    const sent = await session.clients.sqs
      .send(new SendMessageCommand({ QueueUrl: `${sandbox.endpoint}/${account}/orders`, MessageBody: 'x' }))
      .then(
        () => 'sent',
        (error: unknown) => String(error),
      )
    expect({ status: byRule[rule]?.status, sent }).toMatchObject({ status: wanted })
    expect(sent === 'sent', sent).toBe(wanted === 'pass')
    expect(byRule['caller-lacks-send-message']?.status).toBe('pass')
  })
})

describe('where it is no question', () => {
  it.each<readonly [string, FindingStatus, RegExp, Scenario]>([
    ['no test message is asked for', 'skip', /^No test message was asked for/, user([reading])],
    [
      'the queue has no key',
      'skip',
      /is not encrypted with a KMS key/,
      { caller: { kind: 'user', inline: [reading] }, request: { sendTest: true } },
    ],
    [
      'a key that is being deleted',
      'skip',
      /is being deleted; key-not-usable tells it/,
      user([reading], { key: { after: 'ScheduleKeyDeletion' }, request: { sendTest: true } }),
    ],
    [
      'the key cannot be seen',
      'unknown',
      /kms:DescribeKey was refused/,
      user([allow(['iam:*', 'sqs:*', 'lambda:*'])], { request: { sendTest: true } }),
    ],
    [
      'a key policy and grants that cannot be read',
      'unknown',
      /kms:GetKeyPolicy was refused/,
      user([allow(['iam:*', 'sqs:*', 'lambda:*', 'kms:DescribeKey', ...use])], {
        request: { sendTest: true },
      }),
    ],
  ])('%s: %s', async (_, status, message, scenario) => {
    const { sandbox, session } = await build(scenario)
    const { byRule } = await judgeScenario(session, sandbox, scenario)
    expect(byRule[rule]).toMatchObject({ status, message: expect.stringMatching(message) })
  })

  it('root uses its account’s key if the key’s policy lets the account in', async () => {
    const scenario: Scenario = {
      queue: { account: other },
      key: { account: other },
      request: { sendTest: true },
    }
    const { sandbox } = await build(scenario)
    expect(await asRoot(sandbox)).toBe('pass')
  })
})

/** The preflight of the root user of the queue's account: the function is elsewhere, the sending is not. */
async function asRoot(sandbox: TestSandbox): Promise<FindingStatus | undefined> {
  const { byRule } = await preflight(await sessionOf(sandbox, other), {
    queue: arnOfQueue('orders', other),
    function: `arn:aws:lambda:${region}:${account}:function:worker`,
    sendTest: true,
  })
  return byRule[rule]?.status
}
