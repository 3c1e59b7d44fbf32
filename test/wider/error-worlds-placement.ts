import { account, region } from '../preflight/preflight-world.js'
import {
  allow,
  arnOfQueue,
  deny,
  forWhom,
  other,
  polling,
  roleArn,
  type Scenario,
  type Statement,
  workerArn,
} from '../preflight/scenario.js'
import { policyOf } from '../preflight/scenario-parts.js'
import { attributes, type ErrorWorld, grants, newQueue, seeding, step } from './error-worlds.js'

const polls = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
const foreign = arnOfQueue('orders', other)
const ann = `arn:aws:iam::${account}:user/ann`
const root = (id: string) => `arn:aws:iam::${id}:root`
export const anyone: NonNullable<Scenario['caller']> = { kind: 'user', inline: [allow('*')] }
const letsIn = forWhom(root(account), allow(polls, foreign))
/** A queue of another account that the caller may look at. */
const abroad = (...statements: readonly Statement[]): Scenario => ({
  caller: anyone,
  queue: { account: other, policy: [forWhom(ann, allow(polls, foreign)), ...statements] },
})
const queuePolicy = (...statements: readonly Statement[]) =>
  attributes({ Policy: policyOf(statements) }, 'orders', other)
const elsewhere = 'eu-west-1'
const arnElsewhere = `arn:aws:sqs:${elsewhere}:${account}:orders`

/** Where queue, function and caller stand to each other, and what the queue's own policy says. */
export const placementWorlds: readonly ErrorWorld[] = [
  {
    rule: 'partitions-differ',
    scenario: {},
    args: [`arn:aws-cn:sqs:cn-north-1:${account}:orders`, 'worker'],
    message: 'Queue orders is in partition aws-cn, function worker in aws.',
    mended: { args: ['orders', 'worker'] },
  },
  {
    rule: 'regions-differ',
    when: 'the queue is in another Region',
    scenario: { also: seeding(newQueue('orders', {}, { region: elsewhere })) },
    args: [arnElsewhere, 'worker'],
    message: `Queue orders is in ${elsewhere}, function worker in ${region}.`,
    mended: { args: ['orders', 'worker'] },
  },
  {
    rule: 'regions-differ',
    when: 'both are in another Region than the calls',
    scenario: {},
    args: [arnOfQueue(), workerArn, '--region', elsewhere],
    message: `Queue orders and function worker are in ${region}, but your Region is ${elsewhere}.`,
    mended: { args: [arnOfQueue(), workerArn, '--region', region] },
  },
  {
    rule: 'function-not-in-caller-account',
    scenario: abroad(letsIn),
    as: other,
    args: [foreign, workerArn],
    message: `Function worker is in account ${account}, but you call as account ${other}.`,
    mended: { scenario: abroad(letsIn) },
  },
  {
    rule: 'aws-managed-key-across-accounts',
    scenario: {
      caller: anyone,
      queue: { account: other, policy: [letsIn], attributes: { KmsMasterKeyId: 'alias/aws/sqs' } },
    },
    args: [foreign, 'worker'],
    message: `Queue orders of account ${other} is encrypted with alias/aws/sqs, which function worker of account ${account} can never use.`,
    mended: { by: attributes({ KmsMasterKeyId: '' }, 'orders', other), status: 'skip' },
  },
  {
    rule: 'queue-policy-denies-role',
    scenario: { queue: { policy: [forWhom(roleArn, deny('sqs:*', arnOfQueue()))] } },
    message:
      /^The policy of queue orders denies role worker-role sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes: /,
    mended: { by: attributes({ Policy: '' }) },
  },
  {
    rule: 'queue-policy-denies-role',
    when: 'of another account',
    scenario: abroad(letsIn, forWhom(roleArn, deny('sqs:DeleteMessage', foreign))),
    args: [foreign, 'worker'],
    message: /^The policy of queue orders denies role worker-role sqs:DeleteMessage: /,
    mended: { by: queuePolicy(forWhom(ann, allow(polls, foreign)), letsIn) },
  },
  {
    rule: 'queue-policy-omits-role',
    scenario: abroad(),
    args: [foreign, 'worker'],
    message: `The policy of queue orders, kept by account ${other}, does not let role worker-role call sqs:ReceiveMessage, sqs:DeleteMessage, sqs:GetQueueAttributes.`,
    mended: { by: queuePolicy(forWhom(ann, allow(polls, foreign)), forWhom(roleArn, allow(polls, foreign))) },
  },
  ...(['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'] as const).map(
    (action): ErrorWorld => ({
      rule: `role-lacks-${action.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}`,
      scenario: { role: { inline: [allow(polls.filter((right) => right !== `sqs:${action}`))] } },
      message: new RegExp(
        `^Role worker-role of function worker may not call sqs:${action} on queue orders: .+\\.$`,
      ),
      mended: { by: grants('Role', 'worker-role', polling) },
    }),
  ),
  {
    rule: 'role-not-assumable-by-lambda',
    scenario: {
      role: {
        inline: [polling],
        trust: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
      },
    },
    message: /^Lambda may not assume role worker-role of function worker: .+\.$/,
    mended: {
      by: seeding(
        step('iam', 'UpdateAssumeRolePolicy', {
          RoleName: 'worker-role',
          PolicyDocument: policyOf([
            { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ]),
        }),
      ),
    },
  },
  {
    rule: 'role-not-found',
    scenario: {
      also: seeding(
        step('iam', 'DeleteRolePolicy', { RoleName: 'worker-role', PolicyName: 'inline' }),
        step('iam', 'DeleteRole', { RoleName: 'worker-role' }),
      ),
    },
    message: `Role ${roleArn} of function worker does not exist.`,
    mended: { scenario: {} },
  },
]
