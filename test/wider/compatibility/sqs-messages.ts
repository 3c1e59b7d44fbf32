import { startOfTime } from '../../support/sandbox.js'
import { onQueue, queueArn } from './ends.js'
import { of } from './step.js'

/** One message that is seen twice and ends in the dead-letter queue, and a batch. */
export const messages = of('sqs', [
  {
    operation: 'SendMessage',
    input: onQueue('orders', {
      MessageBody: 'first',
      MessageAttributes: { Title: { DataType: 'String', StringValue: 'The Whistler' } },
    }),
    answer: {
      MD5OfMessageBody: '8b04d5e3775d298e78455efc5ca404d5',
      MD5OfMessageAttributes: 'f4ba90390ad3f80d43ce8a9e4a4abfd6',
      MessageId: 'UUID',
    },
  },
  {
    operation: 'SendMessageBatch',
    input: onQueue('orders', {
      Entries: [
        { Id: 'a', MessageBody: 'second' },
        { Id: 'b', MessageBody: 'third' },
        { Id: 'c', MessageBody: 'fourth', DelaySeconds: 901 },
      ],
    }),
    answer: {
      Successful: [
        { Id: 'a', MessageId: 'UUID', MD5OfMessageBody: 'a9f0e61a137d86aa9db53465e0801612' },
        { Id: 'b', MessageId: 'UUID', MD5OfMessageBody: 'dd5c8bf51558ffcbe5007071908e9524' },
      ],
      Failed: [
        {
          Id: 'c',
          SenderFault: true,
          Code: 'InvalidParameterValue',
          Message:
            'Value 901 for parameter DelaySeconds is invalid. Reason: Must be between 0 and 900, if provided.',
        },
      ],
    },
  },
  {
    operation: 'SendMessageBatch',
    // A list that would be empty is left out, against the model: https://github.com/aws/aws-sdk/issues/657
    besideTheModel: ['SendMessageBatch.Failed is missing'],
    input: onQueue('other', { Entries: [{ Id: 'a', MessageBody: 'alone' }] }),
    answer: {
      Successful: [{ Id: 'a', MessageId: 'UUID', MD5OfMessageBody: 'c42bbd90740264d115048a82c9a10214' }],
    },
  },
  {
    operation: 'ReceiveMessage',
    input: onQueue('orders', { MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] }),
    keep: 'received',
    answer: {
      Messages: [
        {
          MessageId: 'UUID',
          ReceiptHandle: 'TOKEN',
          MD5OfBody: '8b04d5e3775d298e78455efc5ca404d5',
          Body: 'first',
          Attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: String(startOfTime),
            SenderId: 'AIDA…',
            ApproximateFirstReceiveTimestamp: String(startOfTime),
          },
          MD5OfMessageAttributes: 'f4ba90390ad3f80d43ce8a9e4a4abfd6',
          MessageAttributes: { Title: { DataType: 'String', StringValue: 'The Whistler' } },
        },
      ],
    },
  },
  {
    operation: 'ChangeMessageVisibility',
    input: onQueue('orders', (seen) => ({
      ReceiptHandle: seen.text('received', 'Messages', 0, 'ReceiptHandle'),
      VisibilityTimeout: 10,
    })),
  },
  {
    operation: 'ChangeMessageVisibilityBatch',
    input: onQueue('orders', (seen) => ({
      Entries: [
        {
          Id: 'a',
          ReceiptHandle: seen.text('received', 'Messages', 0, 'ReceiptHandle'),
          VisibilityTimeout: 1,
        },
        { Id: 'b', ReceiptHandle: 'no handle', VisibilityTimeout: 1 },
      ],
    })),
    answer: {
      Successful: [{ Id: 'a' }],
      Failed: [
        {
          Id: 'b',
          SenderFault: true,
          Code: 'ReceiptHandleIsInvalid',
          Message: 'The input receipt handle "no handle" is not a valid receipt handle.',
        },
      ],
    },
  },
  {
    operation: 'ReceiveMessage',
    input: onQueue('orders', { MaxNumberOfMessages: 10 }),
    keep: 'others',
    answer: {
      Messages: [
        {
          MessageId: 'UUID',
          ReceiptHandle: 'TOKEN',
          MD5OfBody: 'a9f0e61a137d86aa9db53465e0801612',
          Body: 'second',
        },
        {
          MessageId: 'UUID',
          ReceiptHandle: 'TOKEN',
          MD5OfBody: 'dd5c8bf51558ffcbe5007071908e9524',
          Body: 'third',
        },
      ],
    },
  },
  {
    operation: 'DeleteMessage',
    input: onQueue('orders', (seen) => ({
      ReceiptHandle: seen.text('others', 'Messages', 0, 'ReceiptHandle'),
    })),
  },
  {
    operation: 'DeleteMessageBatch',
    input: onQueue('orders', (seen) => ({
      Entries: [
        { Id: 'a', ReceiptHandle: seen.text('others', 'Messages', 1, 'ReceiptHandle') },
        { Id: 'b', ReceiptHandle: 'no handle' },
      ],
    })),
    answer: {
      Successful: [{ Id: 'a' }],
      Failed: [
        {
          Id: 'b',
          SenderFault: true,
          Code: 'ReceiptHandleIsInvalid',
          Message: 'The input receipt handle "no handle" is not a valid receipt handle.',
        },
      ],
    },
  },
  { operation: 'ReceiveMessage', input: onQueue('orders'), later: 61_000 },
  {
    operation: 'ReceiveMessage',
    input: onQueue('dead', { MessageSystemAttributeNames: ['All'], VisibilityTimeout: 0 }),
    answer: {
      Messages: [
        {
          MessageId: 'UUID',
          ReceiptHandle: 'TOKEN',
          MD5OfBody: '8b04d5e3775d298e78455efc5ca404d5',
          Body: 'first',
          Attributes: {
            ApproximateReceiveCount: '2',
            SentTimestamp: String(startOfTime),
            SenderId: 'AIDA…',
            ApproximateFirstReceiveTimestamp: String(startOfTime),
            DeadLetterQueueSourceArn: queueArn('orders'),
          },
        },
      ],
    },
  },
])
