import { startOfTime } from '../../support/sandbox.js'
import { onQueue, queueArn } from './ends.js'
import { messages } from './sqs-messages.js'
import { of } from './step.js'

/** Every operation of SQS: two queues, one message that is seen twice, a batch, a dead-letter queue that is emptied. */
export const sqsStory = [
  ...of('sqs', [
    {
      operation: 'CreateQueue',
      input: { QueueName: 'dead' },
      answer: { QueueUrl: 'ENDPOINT/111122223333/dead' },
    },
    {
      operation: 'CreateQueue',
      input: { QueueName: 'other' },
      answer: { QueueUrl: 'ENDPOINT/111122223333/other' },
    },
    {
      operation: 'CreateQueue',
      input: { QueueName: 'orders', Attributes: { VisibilityTimeout: '60' }, tags: { team: 'shop' } },
      answer: { QueueUrl: 'ENDPOINT/111122223333/orders' },
    },
    {
      operation: 'GetQueueUrl',
      input: { QueueName: 'orders' },
      answer: { QueueUrl: 'ENDPOINT/111122223333/orders' },
    },
    {
      operation: 'GetQueueAttributes',
      input: onQueue('orders', { AttributeNames: ['All'] }),
      answer: {
        Attributes: {
          QueueArn: queueArn('orders'),
          ApproximateNumberOfMessages: '0',
          ApproximateNumberOfMessagesDelayed: '0',
          ApproximateNumberOfMessagesNotVisible: '0',
          CreatedTimestamp: String(startOfTime / 1000),
          LastModifiedTimestamp: String(startOfTime / 1000),
          DelaySeconds: '0',
          MaximumMessageSize: '1048576',
          MessageRetentionPeriod: '345600',
          ReceiveMessageWaitTimeSeconds: '0',
          VisibilityTimeout: '60',
          SqsManagedSseEnabled: 'true',
        },
      },
    },
    {
      operation: 'SetQueueAttributes',
      input: onQueue('orders', {
        Attributes: {
          RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn('dead'), maxReceiveCount: '1' }),
        },
      }),
    },
    {
      operation: 'ListQueues',
      answer: {
        QueueUrls: [
          'ENDPOINT/111122223333/dead',
          'ENDPOINT/111122223333/orders',
          'ENDPOINT/111122223333/other',
        ],
      },
    },
    {
      operation: 'ListQueues',
      input: { MaxResults: 1 },
      answer: { QueueUrls: ['ENDPOINT/111122223333/dead'], NextToken: 'ZGVhZA==' },
    },
    { operation: 'ListQueues', input: { QueueNamePrefix: 'no' } },
    {
      operation: 'ListDeadLetterSourceQueues',
      input: onQueue('dead'),
      answer: { queueUrls: ['ENDPOINT/111122223333/orders'] },
    },
    { operation: 'ListQueueTags', input: onQueue('orders'), answer: { Tags: { team: 'shop' } } },
    { operation: 'TagQueue', input: onQueue('orders', { Tags: { stage: 'test' } }) },
    { operation: 'UntagQueue', input: onQueue('orders', { TagKeys: ['team'] }) },
    { operation: 'ListQueueTags', input: onQueue('orders'), answer: { Tags: { stage: 'test' } } },
    { operation: 'ReceiveMessage', input: onQueue('orders') },
  ]),
  ...messages,
  ...of('sqs', [
    {
      operation: 'StartMessageMoveTask',
      input: { SourceArn: queueArn('dead'), MaxNumberOfMessagesPerSecond: 1 },
      keep: 'task',
      answer: { TaskHandle: 'TOKEN' },
    },
    {
      operation: 'ListMessageMoveTasks',
      input: { SourceArn: queueArn('dead') },
      answer: {
        Results: [
          {
            TaskHandle: 'TOKEN',
            Status: 'RUNNING',
            SourceArn: queueArn('dead'),
            MaxNumberOfMessagesPerSecond: 1,
            ApproximateNumberOfMessagesMoved: 0,
            ApproximateNumberOfMessagesToMove: 1,
            StartedTimestamp: startOfTime + 61_000,
          },
        ],
      },
    },
    {
      operation: 'CancelMessageMoveTask',
      input: (seen) => ({ TaskHandle: seen.text('task', 'TaskHandle') }),
      answer: { ApproximateNumberOfMessagesMoved: 0 },
    },
    {
      operation: 'CreateQueue',
      input: { QueueName: 'steps.fifo', Attributes: { FifoQueue: 'true' } },
      answer: { QueueUrl: 'ENDPOINT/111122223333/steps.fifo' },
    },
    {
      operation: 'SendMessage',
      input: onQueue('steps.fifo', { MessageBody: 'one', MessageGroupId: 'a', MessageDeduplicationId: '1' }),
      answer: {
        MD5OfMessageBody: 'f97c5d29941bfb1b2fdab0874906ab82',
        MessageId: 'UUID',
        SequenceNumber: '10000000000000000256',
      },
    },
    {
      operation: 'ReceiveMessage',
      input: onQueue('steps.fifo', { MessageSystemAttributeNames: ['All'] }),
      keep: 'step',
      answer: {
        Messages: [
          {
            MessageId: 'UUID',
            ReceiptHandle: 'TOKEN',
            MD5OfBody: 'f97c5d29941bfb1b2fdab0874906ab82',
            Body: 'one',
            Attributes: {
              ApproximateReceiveCount: '1',
              SentTimestamp: String(startOfTime + 61_000),
              SenderId: 'AIDA…',
              ApproximateFirstReceiveTimestamp: String(startOfTime + 61_000),
              SequenceNumber: '10000000000000000256',
              MessageGroupId: 'a',
              MessageDeduplicationId: '1',
            },
          },
        ],
      },
    },
    { operation: 'PurgeQueue', input: onQueue('dead') },
    { operation: 'DeleteQueue', input: onQueue('dead') },
  ]),
]
