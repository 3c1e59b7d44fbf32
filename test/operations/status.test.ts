import {
  GetEventSourceMappingCommand,
  GetFunctionConfigurationCommand,
  ListTagsCommand,
} from '@aws-sdk/client-lambda'
import { GetQueueAttributesCommand, ListQueueTagsCommand } from '@aws-sdk/client-sqs'
import { describe, expect, test } from 'vitest'
import { consoleLinks } from '../../src/operations/console-links.js'
import { readStatus } from '../../src/operations/status.js'
import { collect } from '../support/collect.js'
import {
  account,
  awsError,
  configuration,
  denied,
  fakeSession,
  mapping,
  plan,
  queueArn,
  region,
  uuid,
} from './fake-session.js'

const url = (name: string) => `https://sqs.${region}.amazonaws.com/${account}/${name}`
const counters = (visible: number, inFlight: number, delayed: number) => ({
  ApproximateNumberOfMessages: String(visible),
  ApproximateNumberOfMessagesNotVisible: String(inFlight),
  ApproximateNumberOfMessagesDelayed: String(delayed),
})

describe('status', () => {
  test('mapping, counters, dead-letter queue, links', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration())
    fake.lambda
      .on(GetFunctionConfigurationCommand)
      .resolves({ Role: 'arn:aws:iam::1:role/r', LoggingConfig: { LogGroup: '/my/logs' } })
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${queueArn}-dlq`, maxReceiveCount: '5' })
    fake.sqs
      .on(GetQueueAttributesCommand, { QueueUrl: url('orders') })
      .resolves({ Attributes: { ...counters(3, 2, 1), RedrivePolicy } })
    fake.sqs
      .on(GetQueueAttributesCommand, { QueueUrl: url('orders-dlq') })
      .resolves({ Attributes: counters(9, 0, 0) })
    fake.sqs.on(ListQueueTagsCommand).resolves({ Tags: { team: 'orders' } })
    fake.lambda.on(ListTagsCommand).resolves({ Tags: { 'sqs-trigger:manifest': 'shop' } })
    const { types, result } = await collect(readStatus(uuid, undefined, fake.session))
    expect(types).toEqual(['caller-identified', 'target-resolved'])
    expect(result).toMatchObject({
      mapping: mapping(),
      queue: { queueArn, counters: { visible: 3, inFlight: 2, delayed: 1 }, unreadable: null },
      deadLetterQueue: { queueArn: `${queueArn}-dlq`, counters: { visible: 9 }, unreadable: null },
      maxReceiveCount: 5,
      queueTags: { team: 'orders' },
      mappingTags: { 'sqs-trigger:manifest': 'shop' },
      findings: null,
      logGroup: '/my/logs',
      links: { logs: expect.stringMatching(/\$252Fmy\$252Flogs$/) },
    })
  })

  test('what may not be read, or is gone, is said; the rest stands', async () => {
    const fake = fakeSession()
    fake.lambda.on(GetEventSourceMappingCommand).resolves(configuration())
    fake.lambda.on(GetFunctionConfigurationCommand).rejects(denied('lambda:GetFunctionConfiguration'))
    fake.sqs
      .on(GetQueueAttributesCommand)
      .rejects(awsError('QueueDoesNotExist', 'The specified queue does not exist.'))
    fake.sqs.on(ListQueueTagsCommand).rejects(denied('sqs:ListQueueTags'))
    fake.lambda.on(ListTagsCommand).rejects(denied('lambda:ListTags'))
    const { types, result } = await collect(readStatus(uuid, undefined, fake.session))
    expect(types).toEqual(['caller-identified', 'target-resolved', 'warning'])
    expect(result).toMatchObject({
      queue: { counters: null, unreadable: expect.stringMatching(/does not exist/) },
      deadLetterQueue: null,
      queueTags: null,
      mappingTags: null,
      maxReceiveCount: null,
      logGroup: '/aws/lambda/worker',
    })
  })
})

describe('links into the console', () => {
  const { context } = plan()
  const rows: readonly [partition: string, region: string, host: string, dnsSuffix: string][] = [
    ['aws', 'eu-west-1', 'eu-west-1.console.aws.amazon.com', 'amazonaws.com'],
    ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn', 'amazonaws.com.cn'],
    ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com', 'amazonaws.com'],
  ]
  test.each(rows)('%s', (partition, there, host, dnsSuffix) => {
    const moved = mapping({
      EventSourceArn: `arn:${partition}:sqs:${there}:${account}:orders`,
      FunctionArn: `arn:${partition}:lambda:${there}:${account}:function:worker:live`,
    })
    expect(consoleLinks(moved, '/aws/lambda/worker', { ...context, partition, region: there })).toEqual({
      queue: `https://${host}/sqs/v3/home?region=${there}#/queues/https%3A%2F%2Fsqs.${there}.${dnsSuffix}%2F${account}%2Forders`,
      function: `https://${host}/lambda/home?region=${there}#/functions/worker?tab=configure`,
      logs: `https://${host}/cloudwatch/home?region=${there}#logsV2:log-groups/log-group/$252Faws$252Flambda$252Fworker`,
    })
  })

  test('none on a custom endpoint, none in an isolated partition', () => {
    expect(consoleLinks(mapping(), 'g', { ...context, endpoint: 'http://127.0.0.1:4566' })).toBeNull()
    expect(consoleLinks(mapping(), 'g', { ...context, partition: 'aws-iso' })).toBeNull()
  })
})
