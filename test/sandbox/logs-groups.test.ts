import {
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DeleteLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs'
import { describe, expect, test } from 'vitest'
import { startOfTime, startTestSandbox } from '../support/sandbox.js'

const logGroupName = '/aws/lambda/worker'
const arn = `arn:aws:logs:us-east-1:111122223333:log-group:${logGroupName}`

async function start() {
  const sandbox = await startTestSandbox()
  const { logs } = sandbox.admin
  await logs.send(new CreateLogGroupCommand({ logGroupName }))
  return { sandbox, logs }
}

describe('log groups', () => {
  test('are described as recorded', async () => {
    const { logs } = await start()
    await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays: 14 }))
    const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/' }))
    expect(logGroups).toEqual([
      {
        logGroupName,
        creationTime: startOfTime,
        retentionInDays: 14,
        metricFilterCount: 0,
        arn: `${arn}:*`,
        storedBytes: 0,
        logGroupClass: 'STANDARD',
        logGroupArn: arn,
        deletionProtectionEnabled: false,
      },
    ])
  })

  test('belong to an account and a Region', async () => {
    const { sandbox } = await start()
    const elsewhere = sandbox.clientsFor({ accessKeyId: '444455556666' })
    expect((await elsewhere.logs.send(new DescribeLogGroupsCommand({}))).logGroups).toEqual([])
  })

  test('come in pages', async () => {
    const { logs } = await start()
    for (const name of ['b', 'c']) await logs.send(new CreateLogGroupCommand({ logGroupName: name }))
    const first = await logs.send(new DescribeLogGroupsCommand({ limit: 2 }))
    const next = await logs.send(new DescribeLogGroupsCommand({ limit: 2, nextToken: first.nextToken }))
    const names = [first, next].map(({ logGroups = [] }) => logGroups.map((group) => group.logGroupName))
    expect(names).toEqual([[logGroupName, 'b'], ['c']])
    expect(next.nextToken).toBeUndefined()
    expect(
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePattern: 'work' }))).logGroups,
    ).toHaveLength(1)
  })

  test('are gone with their streams when deleted', async () => {
    const { logs } = await start()
    await logs.send(new DeleteLogGroupCommand({ logGroupName }))
    await expect(logs.send(new DescribeLogStreamsCommand({ logGroupName }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The specified log group does not exist.',
      $metadata: { httpStatusCode: 400 },
    })
  })
})

describe('log streams', () => {
  test('are described with the times of their events', async () => {
    const { logs } = await start()
    for (const logStreamName of ['a', 'b']) {
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }))
    }
    const timestamp = startOfTime + 1000
    await logs.send(
      new PutLogEventsCommand({ logGroupName, logStreamName: 'a', logEvents: [{ timestamp, message: 'm' }] }),
    )
    const { logStreams } = await logs.send(
      new DescribeLogStreamsCommand({ logGroupIdentifier: arn, orderBy: 'LastEventTime', descending: true }),
    )
    const empty = { creationTime: startOfTime, storedBytes: 0 }
    expect(logStreams).toEqual([
      {
        ...empty,
        logStreamName: 'a',
        arn: `${arn}:log-stream:a`,
        firstEventTimestamp: timestamp,
        lastEventTimestamp: timestamp,
        lastIngestionTime: startOfTime,
      },
      { ...empty, logStreamName: 'b', arn: `${arn}:log-stream:b` },
    ])
  })
})

describe('refusals', () => {
  const old = startOfTime - 15 * 24 * 60 * 60 * 1000
  test.each([
    {
      what: 'a group that is there',
      command: new CreateLogGroupCommand({ logGroupName }),
      name: 'ResourceAlreadyExistsException',
    },
    {
      what: 'a stream that is there',
      command: new CreateLogStreamCommand({ logGroupName, logStreamName: 'there' }),
      name: 'ResourceAlreadyExistsException',
    },
    {
      what: 'a name that is too long',
      command: new CreateLogGroupCommand({ logGroupName: 'x'.repeat(513) }),
      name: 'InvalidParameterException',
    },
    {
      what: 'events for no stream',
      command: new PutLogEventsCommand({ logGroupName, logStreamName: 'none', logEvents: [] }),
      name: 'ResourceNotFoundException',
    },
    {
      what: 'events out of order',
      command: new PutLogEventsCommand({
        logGroupName,
        logStreamName: 'there',
        logEvents: [
          { timestamp: startOfTime, message: 'b' },
          { timestamp: startOfTime - 1, message: 'a' },
        ],
      }),
      name: 'InvalidParameterException',
    },
    {
      what: 'prefix and pattern',
      command: new DescribeLogGroupsCommand({ logGroupNamePrefix: 'a', logGroupNamePattern: 'b' }),
      name: 'InvalidParameterException',
    },
    {
      what: 'name and identifier',
      command: new DescribeLogStreamsCommand({ logGroupName, logGroupIdentifier: arn }),
      name: 'ValidationException',
    },
  ])('$what', async ({ command, name }) => {
    const { logs } = await start()
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'there' }))
    // Commands of several kinds: each is one that the client takes.
    const sent = logs.send(command as CreateLogGroupCommand)
    await expect(sent).rejects.toMatchObject({ name, $metadata: { httpStatusCode: 400 } })
  })

  test('events too old or too new are left out, and the answer says which', async () => {
    const { sandbox, logs } = await start()
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 's' }))
    const logEvents = [old, startOfTime, startOfTime + 3 * 60 * 60 * 1000].map((timestamp) => ({
      timestamp,
      message: 'm',
    }))
    const answer = await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 's', logEvents }))
    expect(answer.rejectedLogEventsInfo).toEqual({ tooOldLogEventEndIndex: 1, tooNewLogEventStartIndex: 2 })
    expect(sandbox.world.logs.groups.get(arn)?.streams.get('s')?.events).toHaveLength(1)
  })

  test('a caller without the permission', async () => {
    const { sandbox } = await start()
    const nobody = sandbox.clientsFor({ accessKeyId: 'AKIASANDBOXNOBODY' }).logs
    await expect(nobody.send(new CreateLogGroupCommand({ logGroupName: 'x' }))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(
        'is not authorized to perform: logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:111122223333:log-group:x:log-stream:',
      ),
    })
  })
})
