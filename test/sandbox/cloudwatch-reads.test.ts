import { GetMetricDataCommand, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch'
import { SendMessageCommand } from '@aws-sdk/client-sqs'
import { expect, test } from 'vitest'
import { cloudWatchOf, readMetrics } from '../support/cloudwatch.js'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const sent = { namespace: 'AWS/SQS', name: 'NumberOfMessagesSent', dimensions: { QueueName: 'orders' } }
const hour = { StartTime: new Date(startOfTime), EndTime: new Date(startOfTime + 3_600_000) }
const stat = {
  Metric: {
    Namespace: 'AWS/SQS',
    MetricName: 'NumberOfMessagesSent',
    Dimensions: [{ Name: 'QueueName', Value: 'orders' }],
  },
  Period: 60,
  Stat: 'Sum',
}

/** Minute n had n+1 messages sent, one call each. */
async function startWithTraffic(minutes: number) {
  const sandbox = await startTestSandbox()
  await sandbox.seed([{ service: 'sqs', operation: 'CreateQueue', input: { QueueName: 'orders' } }])
  const QueueUrl = `${sandbox.endpoint}/111122223333/orders`
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let count = 0; count <= minute; count += 1) {
      await sandbox.admin.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }))
    }
    await sandbox.advance(60_000)
  }
  return { sandbox, client: cloudWatchOf(sandbox) }
}

test('points come newest first unless asked otherwise, under the id of their query', async () => {
  const { client } = await startWithTraffic(3)
  const answer = await client.send(
    new GetMetricDataCommand({
      ...hour,
      MetricDataQueries: [
        { Id: 'sent', MetricStat: stat },
        { Id: 'none', Label: 'nothing', MetricStat: { ...stat, Metric: { ...stat.Metric, Dimensions: [] } } },
        { Id: 'hidden', MetricStat: stat, ReturnData: false },
      ],
    }),
  )
  expect(answer.MetricDataResults).toEqual([
    {
      Id: 'sent',
      Label: 'NumberOfMessagesSent',
      Timestamps: [2, 1, 0].map((minute) => new Date(startOfTime + minute * 60_000)),
      Values: [3, 2, 1],
      StatusCode: 'Complete',
    },
    { Id: 'none', Label: 'nothing', Timestamps: [], Values: [], StatusCode: 'Complete' },
  ])
})

test('a longer period takes minutes together, by any statistic', async () => {
  const { client } = await startWithTraffic(4)
  const wanted = ['Sum', 'Maximum', 'Minimum', 'Average', 'SampleCount'].map((name) => ({
    ...sent,
    stat: name,
    period: 120,
  }))
  expect(await readMetrics(client, wanted, { start: startOfTime })).toEqual([
    [
      [0, 3],
      [2, 7],
    ],
    [
      [0, 1],
      [2, 1],
    ],
    // Each minute is also measured at its end, with nothing sent at that moment.
    [
      [0, 0],
      [2, 0],
    ],
    [
      [0, 3 / 5],
      [2, 7 / 9],
    ],
    [
      [0, 5],
      [2, 9],
    ],
  ])
})

test('the start is included, the end is not', async () => {
  const { client } = await startWithTraffic(3)
  const range = { start: startOfTime + 60_000, minutes: 1 }
  expect(await readMetrics(client, [sent], range)).toEqual([[[0, 2]]])
})

test('GetMetricStatistics gives the same points with all their statistics', async () => {
  const { client } = await startWithTraffic(1)
  const answer = await client.send(
    new GetMetricStatisticsCommand({
      ...hour,
      Namespace: 'AWS/SQS',
      MetricName: 'NumberOfMessagesSent',
      Dimensions: stat.Metric.Dimensions,
      Period: 60,
      Statistics: ['Sum', 'SampleCount'],
    }),
  )
  expect(answer).toMatchObject({
    Label: 'NumberOfMessagesSent',
    Datapoints: [{ Timestamp: hour.StartTime, Sum: 1, SampleCount: 2, Unit: 'Count' }],
  })
})

test.each([
  ['no query', { MetricDataQueries: [] }],
  ['an end before the start', { EndTime: hour.StartTime }],
  ['half a minute', { MetricDataQueries: [{ Id: 'a', MetricStat: { ...stat, Period: 30 } }] }],
  ['a percentile', { MetricDataQueries: [{ Id: 'a', MetricStat: { ...stat, Stat: 'p99' } }] }],
  ['an expression', { MetricDataQueries: [{ Id: 'a', Expression: 'SUM(METRICS())' }] }],
  ['an id with a capital', { MetricDataQueries: [{ Id: 'A', MetricStat: stat }] }],
])('%s is refused', async (_, input) => {
  const client = cloudWatchOf(await startTestSandbox())
  const queries = [{ Id: 'a', MetricStat: stat }]
  await expect(
    client.send(new GetMetricDataCommand({ ...hour, MetricDataQueries: queries, ...input })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException', $metadata: { httpStatusCode: 400 } })
})

test('reading metrics needs a right of its own', async () => {
  const sandbox = await startTestSandbox()
  const client = cloudWatchOf(sandbox, 'AKIASANDBOXNOBODY')
  await expect(
    client.send(new GetMetricDataCommand({ ...hour, MetricDataQueries: [{ Id: 'a', MetricStat: stat }] })),
  ).rejects.toMatchObject({ name: 'AccessDenied', $metadata: { httpStatusCode: 403 } })
})

test('clients that still speak the query protocol are understood', async () => {
  const { sandbox } = await startWithTraffic(1)
  const form = new URLSearchParams({
    Action: 'GetMetricData',
    Version: '2010-08-01',
    StartTime: '2026-11-23T12:00:00Z',
    EndTime: '2026-11-23T13:00:00Z',
    'MetricDataQueries.member.1.Id': 'a',
    'MetricDataQueries.member.1.ReturnData': 'true',
    'MetricDataQueries.member.1.MetricStat.Period': '60',
    'MetricDataQueries.member.1.MetricStat.Stat': 'Sum',
    'MetricDataQueries.member.1.MetricStat.Metric.Namespace': 'AWS/SQS',
    'MetricDataQueries.member.1.MetricStat.Metric.MetricName': 'NumberOfMessagesSent',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Name': 'QueueName',
    'MetricDataQueries.member.1.MetricStat.Metric.Dimensions.member.1.Value': 'orders',
  })
  const response = await fetch(sandbox.endpoint, {
    method: 'POST',
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${sandbox.adminCredentials.accessKeyId}/20261123/us-east-1/monitoring/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: form,
  })
  const text = await response.text()
  expect(text).toContain('<Timestamps><member>2026-11-23T12:00:00Z</member></Timestamps>')
  expect(text).toContain('<Values><member>1</member></Values>')
})
