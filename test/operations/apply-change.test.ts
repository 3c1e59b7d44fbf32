import { PutRolePolicyCommand } from '@aws-sdk/client-iam'
import { DeleteEventSourceMappingCommand } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { toolCommand, updateCommand, wireCommand } from '../../src/command-line.js'
import { applyChange } from '../../src/operations/apply-change.js'
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

  const wanted = {
    batchSize: 5,
    batchWindowSeconds: 1,
    maxConcurrency: 3,
    minimumPollers: 2,
    maximumPollers: 9,
    reportBatchItemFailures: false,
    filters: ['{}'],
    eventCountMetrics: true,
    enabled: false,
    tags: { team: 'a b' },
  }
  test.each([
    ['batchSize', '--batch-size 5'],
    ['batchWindowSeconds', '--maximum-batching-window-in-seconds 1'],
    ['maxConcurrency', '--scaling-config MaximumConcurrency=3'],
    ['minimumPollers', '--provisioned-poller-config MinimumPollers=2,MaximumPollers=9'],
    ['reportBatchItemFailures', "--function-response-types '[]'"],
    ['filters', `--filter-criteria '{"Filters":[{"Pattern":"{}"}]}'`],
    ['eventCountMetrics', `--metrics-config '{"Metrics":["EventCount"]}'`],
    ['enabled', '--no-enabled'],
  ] as const)('%s of an existing mapping', (setting, flags) => {
    expect(updateCommand(here, mapping(), wanted, [{ setting, wanted: null, found: null }])).toBe(
      `aws lambda update-event-source-mapping --uuid ${uuid} ${flags} --region eu-west-1`,
    )
  })

  test('tags of an existing mapping', () => {
    expect(updateCommand(here, mapping(), wanted, [{ setting: 'tags', wanted: null, found: null }])).toBe(
      `aws lambda tag-resource --resource ${mapping().arn} --tags 'team=a b' --region eu-west-1`,
    )
  })
})
