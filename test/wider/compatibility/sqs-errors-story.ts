import { wellKnownAccessKeys } from '../../../src/sandbox/default-principals.js'
import { queueSeed } from '../../../src/sandbox/seeds.js'
import type { Sandbox } from '../../../src/sandbox/start-sandbox.js'
import { onQueue, queueArn } from './ends.js'
import { type ExpectedError, of } from './step.js'

const invalidValue = (message: string): ExpectedError => ({
  name: 'InvalidParameterValue',
  message,
})
/** Codes that carried a prefix in the query protocol show it to those who still read that code. */
const prefixed = (name: string, message: string): ExpectedError => ({
  name,
  code: `AWS.SimpleQueueService.${name}`,
  message,
})
const noSuchQueue: ExpectedError = {
  name: 'QueueDoesNotExist',
  code: 'AWS.SimpleQueueService.NonExistentQueue',
  message: 'The specified queue does not exist.',
}
const entries = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Id: String(index), MessageBody: 'x' }))
/** A queue under a key of one's own with a message that `nobody` may receive, but not decrypt. */
async function addSecret({ seed, endpoint }: Sandbox): Promise<void> {
  const [made] = await seed([{ service: 'kms', operation: 'CreateKey', input: {} }])
  const Statement = [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }]
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement })
  await seed([
    {
      service: 'iam',
      operation: 'PutUserPolicy',
      input: { UserName: 'nobody', PolicyName: 'sqs', PolicyDocument },
    },
    queueSeed({ name: 'secret', attributes: { KmsMasterKeyId: Object(made).KeyMetadata.KeyId } }),
    {
      service: 'sqs',
      operation: 'SendMessage',
      input: { QueueUrl: `${endpoint}/111122223333/secret`, MessageBody: 'x' },
    },
  ])
}

const noGroup = 'The request must contain the parameter MessageGroupId.'

/** Every refusal of SQS whose words are known. */
export const sqsErrorsStory = of('sqs', [
  { operation: 'GetQueueUrl', input: { QueueName: 'nowhere' }, error: noSuchQueue },
  { operation: 'GetQueueAttributes', input: onQueue('nowhere'), error: noSuchQueue },
  {
    operation: 'GetQueueAttributes',
    input: { QueueUrl: 'https://example.com/orders' },
    error: {
      name: 'InvalidAddress',
      message: 'The address https://example.com/orders is not valid for this endpoint.',
    },
  },
  {
    prepare: ({ seed }) => seed([queueSeed({ name: 'orders' }), queueSeed({ name: 'steps.fifo' })]),
    operation: 'SendMessage',
    input: onQueue('orders', { MessageBody: 'x' }),
    as: wellKnownAccessKeys.nobody,
    error: {
      name: 'AccessDenied',
      message: `User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: sqs:sendmessage on resource: ${queueArn('orders')} because no identity-based policy allows the sqs:sendmessage action`,
    },
  },
  {
    operation: 'SetQueueAttributes',
    input: onQueue('orders', { Attributes: { Colour: 'red' } }),
    error: { name: 'InvalidAttributeName', message: 'Unknown Attribute Colour.' },
  },
  {
    operation: 'SetQueueAttributes',
    input: onQueue('orders', {
      Attributes: { KmsMasterKeyId: 'alias/aws/sqs', SqsManagedSseEnabled: 'true' },
    }),
    error: {
      name: 'InvalidAttributeName',
      message:
        'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    },
  },
  {
    operation: 'SendMessage',
    input: onQueue('steps.fifo', { MessageBody: 'x' }),
    error: { name: 'MissingParameter', message: noGroup },
  },
  {
    operation: 'SendMessageBatch',
    input: onQueue('steps.fifo', { Entries: entries(2) }),
    error: invalidValue(noGroup),
  },
  {
    operation: 'SendMessage',
    input: onQueue('steps.fifo', { MessageBody: 'x', MessageGroupId: 'a' }),
    error: invalidValue(
      'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    ),
  },
  {
    operation: 'ReceiveMessage',
    input: onQueue('orders', { MaxNumberOfMessages: 11 }),
    error: invalidValue(
      'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    ),
  },
  {
    operation: 'ReceiveMessage',
    input: onQueue('orders', { WaitTimeSeconds: 21 }),
    error: invalidValue(
      'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    ),
  },
  {
    operation: 'SendMessage',
    input: onQueue('orders', { MessageBody: 'x'.repeat(1_048_577) }),
    error: invalidValue(
      'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    ),
  },
  {
    operation: 'SendMessageBatch',
    input: onQueue('orders', { Entries: entries(20) }),
    error: prefixed(
      'TooManyEntriesInBatchRequest',
      'Maximum number of entries per request are 10. You have sent 20.',
    ),
  },
  {
    operation: 'SendMessageBatch',
    input: onQueue('orders', {
      Entries: [
        { Id: 'a', MessageBody: 'x'.repeat(1_048_576) },
        { Id: 'b', MessageBody: 'x' },
      ],
    }),
    error: prefixed(
      'BatchRequestTooLong',
      'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    ),
  },
  {
    operation: 'SendMessageBatch',
    input: onQueue('orders', { Entries: [{ Id: 'a b', MessageBody: 'x' }] }),
    error: prefixed(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    ),
  },
  { operation: 'PurgeQueue', input: onQueue('orders') },
  {
    operation: 'PurgeQueue',
    input: onQueue('orders'),
    error: prefixed(
      'PurgeQueueInProgress',
      'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    ),
  },
  {
    operation: 'CreateQueue',
    input: { QueueName: 'orders', Attributes: { VisibilityTimeout: '61' } },
    error: {
      name: 'QueueNameExists',
      code: 'QueueAlreadyExists',
      message:
        'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    },
  },
  {
    operation: 'SendMessage',
    input: onQueue('steps.fifo', { MessageBody: 'x', MessageGroupId: 'a', MessageDeduplicationId: '1' }),
    answer: {
      MessageId: 'UUID',
      MD5OfMessageBody: '9dd4e461268c8034f5c8564e155c67a6',
      SequenceNumber: '10000000000000000256',
    },
  },
  {
    operation: 'ReceiveMessage',
    input: onQueue('steps.fifo'),
    keep: 'step',
    answer: {
      Messages: [
        {
          MessageId: 'UUID',
          ReceiptHandle: 'TOKEN',
          MD5OfBody: '9dd4e461268c8034f5c8564e155c67a6',
          Body: 'x',
        },
      ],
    },
  },
  {
    operation: 'DeleteMessage',
    later: 31_000,
    input: onQueue('steps.fifo', (seen) => ({
      ReceiptHandle: seen.text('step', 'Messages', 0, 'ReceiptHandle'),
    })),
    error: invalidValue(
      'Value TOKEN for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
    ),
  },
  {
    prepare: addSecret,
    operation: 'ReceiveMessage',
    input: onQueue('secret'),
    as: wellKnownAccessKeys.nobody,
    error: {
      name: 'KmsAccessDenied',
      code: 'KMS.AccessDeniedException',
      message:
        'User: arn:aws:iam::111122223333:user/nobody is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:us-east-1:111122223333:key/UUID because no identity-based policy allows the kms:Decrypt action',
    },
  },
  {
    operation: 'ListQueues',
    as: wellKnownAccessKeys.expired,
    error: { name: 'ExpiredToken', message: 'The security token included in the request is expired' },
  },
  {
    operation: 'ListQueues',
    as: 'AKIAUNKNOWNTOEVERYONE',
    error: { name: 'InvalidClientTokenId', message: 'The security token included in the request is invalid' },
  },
])
