import { CreateAccessKeyCommand, CreateUserCommand, PutUserPolicyCommand } from '@aws-sdk/client-iam'
import { describe, expect, it } from 'vitest'
import type { FindingStatus } from '../../src/preflight/finding.js'
import type { TestSandbox } from '../support/sandbox.js'
import {
  account,
  createOrders,
  preflight,
  queueArn,
  region,
  sessionOf,
  startWorld,
} from './preflight-world.js'

const worker = `arn:aws:lambda:${region}:${account}:function:worker`
const create = 'caller-lacks-create-event-source-mapping'
const list = 'caller-lacks-list-functions'
const get = 'caller-lacks-get-event-source-mapping'
const send = 'caller-lacks-send-message'
const all = { Effect: 'Allow', Action: ['iam:*', 'sqs:*', 'kms:*'], Resource: '*' }
const forWorker = { ArnLike: { 'lambda:FunctionArn': [worker, `${worker}:*`] } }

/** The statements of a user beside IAM, SQS and KMS in full, and what the rules make of them. */
const rows: readonly (readonly [
  what: string,
  statements: readonly object[],
  wanted: Readonly<Record<string, FindingStatus>>,
])[] = [
  [
    'everything',
    [{ Effect: 'Allow', Action: '*', Resource: '*' }],
    { [create]: 'pass', [list]: 'pass', [get]: 'pass', [send]: 'pass' },
  ],
  ['nothing of Lambda', [], { [create]: 'fail', [list]: 'warn', [get]: 'warn', [send]: 'pass' }],
  [
    'all of Lambda, for this function only: listing carries no function',
    [{ Effect: 'Allow', Action: 'lambda:*', Resource: '*', Condition: forWorker }],
    { [create]: 'pass', [list]: 'warn', [get]: 'pass' },
  ],
  [
    'creating for another function',
    [
      {
        Effect: 'Allow',
        Action: 'lambda:*',
        Resource: '*',
        Condition: { ArnLike: { 'lambda:FunctionArn': `${worker}s` } },
      },
    ],
    { [create]: 'fail', [get]: 'warn' },
  ],
  [
    'creating on the function as resource, which never works',
    [{ Effect: 'Allow', Action: 'lambda:*', Resource: worker }],
    { [create]: 'fail', [list]: 'warn', [get]: 'warn' },
  ],
  [
    'a Deny on sending',
    [
      { Effect: 'Allow', Action: 'lambda:*', Resource: '*' },
      { Effect: 'Deny', Action: 'sqs:SendMessage', Resource: queueArn },
    ],
    { [create]: 'pass', [send]: 'fail' },
  ],
  [
    'an address that only AWS sees',
    [
      {
        Effect: 'Allow',
        Action: 'lambda:*',
        Resource: '*',
        Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
      },
    ],
    { [create]: 'unknown', [get]: 'unknown' },
  ],
]

describe.each(['new', 'old'] as const)(
  'what the caller may do, with the simulator’s %s shape',
  (simulatorShape) => {
    it.each(rows)('%s', async (_, statements, wanted) => {
      const sandbox = await startWorld({ simulatorShape })
      await createOrders(sandbox)
      const session = await sessionOf(sandbox, await userWith(sandbox, [all, ...statements]))
      const { byRule } = await preflight(session, { sendTest: true })
      const found = Object.fromEntries(Object.keys(wanted).map((rule) => [rule, byRule[rule]?.status]))
      expect(found).toEqual(wanted)
    })
  },
)

async function userWith(sandbox: TestSandbox, Statement: readonly object[]): Promise<string> {
  const { iam } = sandbox.admin
  await iam.send(new CreateUserCommand({ UserName: 'ann' }))
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await iam.send(new PutUserPolicyCommand({ UserName: 'ann', PolicyName: 'own', PolicyDocument }))
  const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'ann' }))
  return AccessKey?.AccessKeyId ?? ''
}
