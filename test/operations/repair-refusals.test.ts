import { describe, expect, it } from 'vitest'
import { account } from '../preflight/preflight-world.js'
import { allow, arnOfQueue, deny, forWhom, other, type Scenario } from '../preflight/scenario.js'
import { policyOf } from '../preflight/scenario-parts.js'
import type { TestSandbox } from '../support/sandbox.js'
import { mend, ownedByStack, planFor, putPolicy, refused, repairFor, scene, tagged } from './repair-scene.js'

const logs = allow('logs:*')
const receive = 'role-lacks-receive-message'

describe('what is refused, and who can act', () => {
  it.each<readonly [what: string, rule: string, refusal: RegExp, scenario: Scenario]>([
    [
      'a service-linked role',
      receive,
      /is protected: AWS alone changes service-linked roles. Give the function an execution role/,
      { role: { path: '/aws-service-role/x.amazonaws.com/' } },
    ],
    [
      'a role of Identity Center',
      receive,
      /is protected: IAM Identity Center alone changes it\. .*, or change the permission set/,
      { role: { path: '/aws-reserved/sso.amazonaws.com/' } },
    ],
    [
      'a role that Lambda may not assume',
      receive,
      /Lambda may not assume role worker-role.*trust policy comes first/,
      {
        role: {
          trust: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
      },
    ],
    [
      'a role of a stack, as CloudFormation says',
      receive,
      /Role worker-role belongs to CloudFormation stack shop \(as WorkerRole\): .* drift/,
      { role: {}, also: ownedByStack('worker-role') },
    ],
    [
      'a role of a stack of another Region, as its tags say',
      receive,
      /belongs to CloudFormation stack shop/,
      { role: {}, also: tagged('aws:cloudformation:stack-name', 'shop') },
    ],
    [
      'a role whose function is of a stack, where CloudFormation does not answer',
      receive,
      /Role worker-role belongs to CloudFormation stack shop, which made function worker/,
      {
        role: {},
        also: async (sandbox) => {
          sandbox.faults.inject(refused('DescribeStackResources'))
          const Resource = `arn:aws:lambda:${sandbox.region}:${account}:function:worker`
          const Tags = { 'aws:cloudformation:stack-name': 'shop' }
          await sandbox.seed([{ service: 'lambda', operation: 'TagResource', input: { Resource, Tags } }])
        },
      },
    ],
    [
      'a queue of a stack',
      'visibility-timeout-below-function-timeout',
      /Queue orders belongs to CloudFormation stack shop/,
      {
        queue: { attributes: { VisibilityTimeout: '1' } },
        also: ownedByStack(`ENDPOINT/${account}/orders`),
      },
    ],
    [
      'more than fits',
      receive,
      /may have 10,240 characters together, and would have 10,\d\d\d\. Move one/,
      { role: { inline: [allow('logs:*', `arn:aws:s3:::${'x'.repeat(10_100)}`)] } },
    ],
    [
      'a Deny in the role',
      receive,
      /Deny in the policies of role worker-role/,
      { role: { inline: [deny('sqs:*')] } },
    ],
    [
      'a Deny of another action that polling needs',
      'role-lacks-delete-message',
      /not be enough: explicit Deny.* Remove or narrow the Deny in the policies of role worker-role/,
      { role: { inline: [deny('sqs:ReceiveMessage')] } },
    ],
    [
      'a boundary that leaves out another action that polling needs',
      'role-lacks-delete-message',
      /permissions boundary of role worker-role must allow sqs:ReceiveMessage;/,
      {
        role: {
          inline: [allow('sqs:ReceiveMessage')],
          boundary: [allow(['logs:*', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'])],
        },
      },
    ],
    [
      'a key whose policy lets nobody of the account in',
      receive,
      /not be enough: .* must allow kms:Decrypt to role worker-role/,
      {
        role: {},
        key: { policy: () => [forWhom(`arn:aws:iam::${account}:user/administrator`, allow('kms:*'))] },
      },
    ],
    [
      'a boundary',
      receive,
      /permissions boundary of role worker-role must allow sqs:ReceiveMessage/,
      { role: { boundary: [allow('logs:*')] } },
    ],
    [
      'a queue of another account',
      'no-dead-letter-queue',
      /Whoever owns queue orders, in account 444455556666/,
      {
        queue: {
          account: other,
          policy: [forWhom(`arn:aws:iam::${account}:root`, allow('sqs:*', arnOfQueue('orders', other)))],
        },
      },
    ],
    [
      'a queue that has the name of the new one',
      'no-dead-letter-queue',
      /A queue orders-dead-letter exists already, with other settings/,
      {
        also: (sandbox) =>
          sandbox.seed([
            { service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders-dead-letter' } },
          ]),
      },
    ],
  ])('%s', async (_, rule, refusal, scenario) => {
    const at = await scene(scenario)
    const { repairs } = await at.plan()
    expect(repairFor(repairs, rule).refusal).toMatch(refusal)
    expect(at.changes()).toEqual([])
  })

  it('a policy that cannot be read is not written over', async () => {
    const at = await scene({ role: {} })
    const { result } = await at.judge()
    at.sandbox.faults.inject(refused('GetRolePolicy'))
    const repairs = await planFor(at, result)
    expect(repairFor(repairs, receive).refusal).toMatch(
      /could not be read, and is not overwritten: iam:GetRolePolicy was refused/,
    )
  })

  it.each([
    [
      'a Deny of its own',
      putPolicy('stop', deny('sqs:*')),
      /explicit Deny.*Remove or narrow the Deny in the policies of role worker-role/,
    ],
    [
      'a Deny of the queue',
      (sandbox: TestSandbox) =>
        sandbox.seed([
          {
            service: 'sqs',
            operation: 'SetQueueAttributes',
            input: {
              QueueUrl: `${sandbox.endpoint}/${account}/orders`,
              Attributes: { Policy: policyOf([forWhom('*', deny('sqs:ReceiveMessage', arnOfQueue()))]) },
            },
          },
        ]),
      /explicit Deny in the resource policy|explicit Deny.*queue policy/,
    ],
  ])('a role that came to be refused by %s: the new policy would not help', async (_, change, said) => {
    const at = await scene({ role: { inline: [logs] } })
    const { result } = await at.judge()
    await change(at.sandbox)
    const { result: now } = await at.judge()
    // The finding of before, with the queue as it is now.
    const repairs = await planFor(at, { ...result, facts: now.facts })
    expect(repairFor(repairs, receive).refusal).toMatch(/^A policy of the role would not be enough: /)
    expect(repairFor(repairs, receive).refusal).toMatch(said)
  })

  it('what is in the way of one part is not in the way of the other', async () => {
    const seeded = {
      service: 'sqs',
      operation: 'CreateQueue',
      input: { QueueName: 'orders-dead-letter' },
    } as const
    const at = await scene({
      queue: { attributes: { VisibilityTimeout: '1' } },
      also: (sandbox) => sandbox.seed([seeded]),
    })
    const { repairs } = await at.plan()
    expect(repairs.map(({ rules, refusal }) => [rules, refusal === null])).toEqual([
      [['visibility-timeout-below-function-timeout'], true],
      [['no-dead-letter-queue'], false],
    ])
  })

  it('a dead-letter queue of an earlier run is used as it is', async () => {
    const at = await scene({
      also: (sandbox) =>
        sandbox.seed([
          {
            service: 'sqs',
            operation: 'CreateQueue',
            input: { QueueName: 'orders-dead-letter', Attributes: { MessageRetentionPeriod: '1209600' } },
          },
        ]),
    })
    const { repair } = await mend(at, 'no-dead-letter-queue')
    expect(repair.changes.map(({ type }) => type)).toEqual(['queue-attributes'])
    expect(repair.effects[0]).toMatch(/exists already, just as it would be made/)
  })
})
