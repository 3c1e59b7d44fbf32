import { startOfTime } from '../../support/sandbox.js'
import { of } from './step.js'

const group = { logGroupName: '/aws/lambda/worker' }
const stream = { ...group, logStreamName: '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef' }

/** Every operation of CloudWatch Logs: a group with one stream of two lines. */
export const logsStory = of('logs', [
  { operation: 'CreateLogGroup', input: group },
  { operation: 'PutRetentionPolicy', input: { ...group, retentionInDays: 7 } },
  { operation: 'CreateLogStream', input: stream },
  {
    operation: 'PutLogEvents',
    input: {
      ...stream,
      logEvents: [
        { timestamp: startOfTime - 2000, message: 'one' },
        { timestamp: startOfTime - 1000, message: 'two' },
      ],
    },
    answer: { nextSequenceToken: 'TOKEN' },
  },
  {
    operation: 'DescribeLogGroups',
    answer: {
      logGroups: [
        {
          logGroupName: '/aws/lambda/worker',
          creationTime: 1795435200000,
          retentionInDays: 7,
          metricFilterCount: 0,
          arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/worker:*',
          storedBytes: 0,
          logGroupClass: 'STANDARD',
          logGroupArn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/worker',
          deletionProtectionEnabled: false,
        },
      ],
    },
  },
  {
    operation: 'DescribeLogStreams',
    input: group,
    answer: {
      logStreams: [
        {
          logStreamName: '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef',
          creationTime: 1795435200000,
          firstEventTimestamp: 1795435198000,
          lastEventTimestamp: 1795435199000,
          lastIngestionTime: 1795435200000,
          arn: 'arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/worker:log-stream:2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef',
          storedBytes: 0,
        },
      ],
    },
  },
  {
    operation: 'FilterLogEvents',
    input: { ...group, filterPattern: 'two' },
    answer: {
      events: [
        {
          logStreamName: '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef',
          timestamp: 1795435199000,
          message: 'two',
          ingestionTime: 1795435200000,
          eventId: 'TOKEN',
        },
      ],
      searchedLogStreams: [],
    },
  },
  {
    operation: 'FilterLogEvents',
    input: { ...group, limit: 1 },
    answer: {
      events: [
        {
          logStreamName: '2026/11/23/[$LATEST]0123456789abcdef0123456789abcdef',
          timestamp: 1795435198000,
          message: 'one',
          ingestionTime: 1795435200000,
          eventId: 'TOKEN',
        },
      ],
      searchedLogStreams: [],
      nextToken: 'n/MTc5NTQzNTE5ODAwMC4x/s',
    },
  },
  {
    operation: 'GetLogEvents',
    input: { ...stream, startFromHead: true },
    answer: {
      events: [
        { timestamp: 1795435198000, message: 'one', ingestionTime: 1795435200000 },
        { timestamp: 1795435199000, message: 'two', ingestionTime: 1795435200000 },
      ],
      nextForwardToken: 'f/MTc5NTQzNTE5OTAwMC4y/s',
      nextBackwardToken: 'b/MTc5NTQzNTE5ODAwMC4x/s',
    },
  },
  { operation: 'DeleteLogGroup', input: group },
])
