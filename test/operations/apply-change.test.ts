import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { DeleteEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import type { RepairChange } from '../../src/change.js'
import { toolCommand, updateCommand, wireCommand } from '../../src/command-line.js'
import type { JournaledChange } from '../../src/journal.js'
import { applyChange, sendChange } from '../../src/operations/apply-change.js'
import { account, configuration, fakeSession, functionArn, mapping, queueArn, uuid } from './fake-session.js'

const here = { region: 'eu-west-1', profile: null, endpoint: null }

describe('making a change', () => {
  test('a role policy is written whole, and can be undone', async () => {
    const fake = fakeSession()
    fake.iam.on(PutRolePolicyCommand).resolves({})
    const policy = { Version: '2012-10-17', Statement: [] }
    const change = {
      action: 'put',
      type: 'role-policy',
      iamAction: 'iam:PutRolePolicy',
      roleArn: `arn:aws:iam::${account}:role/path/worker-role`,
      policyName: 'sqs-trigger-orders',
      policy,
    } as const
    expect(await applyChange(change, fake.session)).toEqual({
      action: 'put',
      type: 'role-policy',
      id: 'worker-role/sqs-trigger-orders',
      undo: 'aws iam delete-role-policy --role-name worker-role --policy-name sqs-trigger-orders --region eu-west-1',
    })
    expect(fake.sent('iam')).toEqual([
      [
        'PutRolePolicy',
        { RoleName: 'worker-role', PolicyName: 'sqs-trigger-orders', PolicyDocument: JSON.stringify(policy) },
      ],
    ])
  })

  const roleArn = `arn:aws:iam::${account}:role/worker-role`
  const ofRole = { type: 'role-policy', roleArn, policyName: 'poll' } as const
  const put = { ...ofRole, action: 'put', iamAction: 'iam:PutRolePolicy', policy: { new: 1 } } as const
  const remove = { ...ofRole, action: 'delete', iamAction: 'iam:DeleteRolePolicy' } as const
  const attributes = {
    action: 'set',
    type: 'queue-attributes',
    iamAction: 'sqs:SetQueueAttributes',
    queueArn,
    attributes: { VisibilityTimeout: '30', RedrivePolicy: '{}' },
  } as const
  const newQueue = { ...attributes, action: 'create', type: 'queue', iamAction: 'sqs:CreateQueue' } as const
  const policyNames = '--role-name worker-role --policy-name poll'
  const end = '--region eu-west-1'
  test.each<readonly [string, RepairChange, JournaledChange['previous'] | undefined, string]>([
    [
      'a policy that was there',
      put,
      { old: 1 },
      `aws iam put-role-policy ${policyNames} --policy-document '{"old":1}' ${end}`,
    ],
    ['a new policy', put, null, `aws iam delete-role-policy ${policyNames} ${end}`],
    [
      'a policy that is deleted',
      remove,
      { old: 1 },
      `aws iam put-role-policy ${policyNames} --policy-document '{"old":1}' ${end}`,
    ],
    ['a policy that is deleted and nobody read', remove, undefined, ''],
    [
      'attributes',
      attributes,
      { VisibilityTimeout: '4', RedrivePolicy: '' },
      `aws sqs set-queue-attributes --queue-url https://sqs.eu-west-1.amazonaws.com/${account}/orders --attributes '{"VisibilityTimeout":"4","RedrivePolicy":""}' ${end}`,
    ],
    ['attributes of which one was not read', attributes, { VisibilityTimeout: '4' }, ''],
    ['attributes that nobody read', attributes, undefined, ''],
    ['a queue', newQueue, null, ''],
  ])('the undo of %s', async (_, change, previous, undo) => {
    const fake = fakeSession()
    fake.iam.onAnyCommand().resolves({})
    fake.sqs.onAnyCommand().resolves({})
    expect((await sendChange(change, fake.session, previous)).made.undo).toBe(undo)
  })

  test('a deletion', async () => {
    const fake = fakeSession()
    fake.lambda.on(DeleteEventSourceMappingCommand).resolves(configuration({ State: 'Deleting' }))
    const change = {
      action: 'delete',
      type: 'event-source-mapping',
      iamAction: 'lambda:DeleteEventSourceMapping',
      uuid,
    } as const
    expect(await applyChange(change, fake.session)).toMatchObject({
      action: 'delete',
      id: uuid,
      undo: expect.stringContaining('sqs-trigger wire'),
    })
  })
})

describe('commands to paste', () => {
  test('carry profile, Region and endpoint, quoted for a shell', () => {
    const destination = { region: 'eu-west-1', profile: "it's mine", endpoint: 'http://127.0.0.1:4566' }
    expect(toolCommand(destination, 'wait', uuid)).toBe(
      String.raw`sqs-trigger wait ${uuid} --profile 'it'\''s mine' --region eu-west-1 --endpoint-url http://127.0.0.1:4566`,
    )
  })

  test('the undo of a deletion makes the same mapping', () => {
    const full = mapping({
      FunctionArn: `${functionArn}:live`,
      State: 'Disabled',
      MaximumBatchingWindowInSeconds: 5,
      ScalingConfig: { MaximumConcurrency: 7 },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      FilterCriteria: { Filters: [{ Pattern: '{"body":{"a":[1]}}' }] },
      MetricsConfig: { Metrics: ['EventCount'] },
    })
    expect(wireCommand(here, full)).toBe(
      `sqs-trigger wire ${queueArn} ${functionArn}:live --batch-size 10 --batch-window 5 --max-concurrency 7 --report-batch-item-failures --filter '{"body":{"a":[1]}}' --event-count-metrics --start-disabled --yes --region eu-west-1`,
    )
  })

  const untouched = { settings: {}, clear: [], untag: [] } as const
  test.each([
    [{ settings: { batchSize: 5 } }, 'update U --batch-size 5'],
    [{ settings: { batchWindowSeconds: 1 } }, 'update U --batch-window 1'],
    [{ settings: { maxConcurrency: 3 } }, 'update U --max-concurrency 3'],
    [
      { settings: { minimumPollers: 2, maximumPollers: 9 } },
      'update U --minimum-pollers 2 --maximum-pollers 9',
    ],
    [{ settings: { reportBatchItemFailures: false } }, 'update U --no-report-batch-item-failures'],
    [{ settings: { filters: ['{"body":{}}', '{}'] } }, `update U --filter '{"body":{}}' --filter '{}'`],
    [{ settings: { eventCountMetrics: true } }, 'update U --event-count-metrics'],
    [{ settings: { tags: { team: 'a b' } } }, "update U --tag 'team=a b'"],
    [{ settings: { enabled: true } }, 'enable U'],
    [{ settings: { enabled: false } }, 'disable U'],
    [{ settings: { enabled: false, batchSize: 1 } }, 'update U --batch-size 1 --no-enabled'],
    [{ clear: ['filter', 'pollers'] }, 'update U --clear filter --clear pollers'],
    [{ untag: ['team'] }, 'update U --untag team'],
    [{ functionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:f' }, 'update U --to-function ARN'],
  ] as const)('the command that changes %j', (update, words) => {
    const typed = words.replace('U', uuid).replace('ARN', 'arn:aws:lambda:eu-west-1:111122223333:function:f')
    expect(updateCommand(here, uuid, { ...untouched, ...update })).toBe(
      `sqs-trigger ${typed} --region eu-west-1`,
    )
  })
})
