import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, deny, forWhom, polling, type Scenario } from '../preflight/scenario.js'
import { attributes, type ErrorWorld, grants } from './error-worlds.js'

const ann = `arn:aws:iam::${account}:user/ann`
const key = { policy: () => [forWhom(`arn:aws:iam::${account}:root`, allow('kms:*'))] }
const describing = ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:ListGrants']
const reading = ['iam:*', 'sqs:Get*', 'sqs:List*', 'lambda:Get*', 'lambda:List*', ...describing]
const create = 'lambda:CreateEventSourceMapping'
const user = (actions: readonly string[], more: Partial<Scenario> = {}): Scenario => ({
  caller: { kind: 'user', inline: [allow([...reading, ...actions])] },
  ...more,
})
const mayNot = (what: string) => new RegExp(`^You may not call ${what} as ${ann}: .+\\.$`)
const mended = { by: grants('User', 'ann', allow('*')) }
const tagged = ['orders', 'worker', '--tag', 'team=blue']
const sending = ['orders', 'worker', '--send-test']

/** What whoever runs the command may not do. */
export const callerWorlds: readonly ErrorWorld[] = [
  {
    rule: 'caller-lacks-create-event-source-mapping',
    scenario: user([]),
    message: mayNot(create),
    mended,
  },
  {
    rule: 'caller-lacks-create-event-source-mapping',
    when: 'an assumed role',
    scenario: { caller: { kind: 'role', inline: [allow(reading)] } },
    message:
      /^You may not call lambda:CreateEventSourceMapping as arn:aws:sts::\d+:assumed-role\/deployer\/run-7: .+\.$/,
    mended: { by: grants('Role', 'deployer', allow('*')) },
  },
  {
    rule: 'caller-lacks-tag-resource',
    scenario: user([create]),
    args: tagged,
    message: mayNot('lambda:TagResource'),
    mended,
  },
  {
    rule: 'caller-lacks-send-message',
    scenario: user([create]),
    args: sending,
    message: mayNot('sqs:SendMessage'),
    mended,
  },
  {
    rule: 'caller-lacks-send-message',
    when: 'the queue’s policy denies it',
    scenario: {
      caller: { kind: 'user', inline: [allow('*')] },
      queue: { policy: [forWhom(ann, deny('sqs:SendMessage', arnOfQueue()))] },
    },
    args: sending,
    message: mayNot('sqs:SendMessage'),
    mended: { by: attributes({ Policy: '' }) },
  },
  {
    rule: 'caller-lacks-key-for-test-message',
    scenario: user([create, 'sqs:*'], {
      key,
      role: { inline: [polling, allow('kms:Decrypt')] },
    }),
    args: sending,
    message: mayNot('kms:GenerateDataKey and kms:Decrypt'),
    mended,
  },
]
