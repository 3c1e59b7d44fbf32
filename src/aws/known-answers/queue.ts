import { limits } from '../../limits.js'
import { shown } from '../../shown.js'
import { endpointHint } from '../not-aws.js'
import type { FailedCall, KnownAnswer } from './known-answer.js'
import { command, listQueues, mendPair, nameOf, queue, reason, where } from './words.js'

const queueUrl = (call: FailedCall) =>
  command('aws', call, 'sqs', 'get-queue-url', '--queue-name', nameOf(call.queue, '<queue>'))

/** Refusals of SQS that say which parameter is wrong. */
const invalidParameter = /^Value (.+) for parameter (\w+) is invalid\. Reason: (.+)$/s

/** What SQS says about queues and messages. */
export const queueAnswers: readonly KnownAnswer[] = [
  {
    slug: 'sqs-queue-not-found',
    title: 'SQS knows no such queue',
    code: 'QUEUE_NOT_FOUND',
    says: 'The specified queue does not exist.',
    when: [
      { names: /^(?:QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/ },
      { text: /^The specified queue does not exist/ },
    ],
    rule: () => 'queue-not-found',
    message: (call) => `${queue(call)} does not exist${where(call)}.`,
    hint: (call) =>
      `Check the name, the Region and the account. The queues of your account${where(call)}:\n${listQueues(call)}`,
  },
  {
    slug: 'queue-address-invalid',
    title: 'The address of the queue does not belong to this endpoint',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^InvalidAddress$/ }, { text: /^The address (\S+) is not valid for this endpoint/ }],
    message: (_, { input }) => `The address of the queue does not fit the Region or endpoint${reason(input)}`,
    hint: (call) => `Use the address that SQS gives for the queue:\n${queueUrl(call)}`,
  },
  {
    slug: 'message-group-missing',
    title: 'A message to a FIFO queue needs a message group',
    code: 'REJECTED_BY_AWS',
    says: 'The request must contain the parameter MessageGroupId.',
    when: [{ text: /^The request must contain the parameter MessageGroupId/ }],
    message: (call) => `${queue(call)} is a FIFO queue, and each of its messages needs a message group.`,
    hint: (call) =>
      `Messages of one group are processed in order, one batch at a time. Name the group:\n${command('sqs-trigger', call, 'send', nameOf(call.queue, '<queue>'), '--group-id', '<group>')}`,
  },
  {
    slug: 'deduplication-id-missing',
    title: 'A message to this FIFO queue needs a deduplication id',
    code: 'REJECTED_BY_AWS',
    says: 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    when: [
      { text: /^The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId/ },
    ],
    message: (call) =>
      `${queue(call)} is a FIFO queue that does not deduplicate by content: each message needs a deduplication id.`,
    hint: (call) =>
      `Give each message an id of its own, or switch ContentBasedDeduplication on:\n${command('sqs-trigger', call, 'send', nameOf(call.queue, '<queue>'), '--deduplication-id', '<id>')}`,
  },
  {
    slug: 'receipt-handle-expired',
    title: 'The message was held longer than the visibility timeout',
    code: 'REJECTED_BY_AWS',
    says: 'Value AQEBexample for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
    when: [{ text: /The receipt handle has expired/ }],
    rule: () => 'visibility-timeout-below-function-timeout',
    message: () =>
      'The message was held longer than the visibility timeout of the queue, so it cannot be deleted any more and comes back.',
    hint: (call) =>
      `Raise the visibility timeout of the queue above the time that the consumer needs:\n${mendPair(call)}`,
  },
  {
    slug: 'parameter-out-of-range',
    title: 'A parameter of a call to SQS is out of range',
    code: 'REJECTED_BY_AWS',
    says: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    when: [{ text: invalidParameter }],
    message: (_, [, value = '', parameter, reason]) =>
      `SQS refused ${shown(value)} for ${parameter}: ${reason}`,
    hint: () => 'Give a value that keeps to what SQS says here.',
  },
  {
    slug: 'message-too-large',
    title: 'The message is larger than SQS takes',
    code: 'REJECTED_BY_AWS',
    says: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    when: [{ text: /Message must be shorter than (\d+) bytes/ }],
    rule: () => 'test-message-too-large',
    message: (_, [, bytes]) =>
      `The message is larger than ${bytes ?? limits.messageBodyMaximum.value} bytes.`,
    hint: () => 'Send a smaller body, or put it into S3 and send where it lies. Attributes count, too.',
  },
  {
    slug: 'batch-has-too-many-entries',
    title: 'A batch of calls to SQS has too many entries',
    code: 'REJECTED_BY_AWS',
    says: 'Maximum number of entries per request are 10. You have sent 20.',
    when: [
      { names: /^(?:AWS\.SimpleQueueService\.)?TooManyEntriesInBatchRequest$/ },
      { text: /^Maximum number of entries per request are \d+/ },
    ],
    message: () => `SQS takes no more than ${limits.sendBatchMaximum.value} entries in one batch.`,
    hint: () => 'Split the batch.',
  },
  {
    slug: 'batch-too-long',
    title: 'The messages of one batch are too large together',
    code: 'REJECTED_BY_AWS',
    says: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    when: [
      { names: /^(?:AWS\.SimpleQueueService\.)?BatchRequestTooLong$/ },
      { text: /^Batch requests cannot be longer than \d+ bytes/ },
    ],
    message: () =>
      `The messages of one batch may have ${limits.messageBodyMaximum.value} bytes together, attributes included.`,
    hint: () => 'Split the batch.',
  },
  {
    slug: 'batch-entry-id-invalid',
    title: 'An id in a batch has characters that SQS does not take',
    code: 'REJECTED_BY_AWS',
    says: 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    when: [
      { names: /^(?:AWS\.SimpleQueueService\.)?InvalidBatchEntryId$/ },
      { text: /^A batch entry id can only contain/ },
    ],
    message: () => 'An id in the batch has characters that SQS does not take, or is too long.',
    hint: () => 'Use letters, digits, hyphens and underscores, 80 at most.',
  },
  {
    slug: 'batch-empty',
    title: 'A batch of calls to SQS has no entries',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^(?:AWS\.SimpleQueueService\.)?EmptyBatchRequest$/ }],
    message: () => 'The batch has no entries.',
    hint: () => 'Send at least one.',
  },
  {
    slug: 'too-many-in-flight',
    title: 'Too many messages of the queue are being processed at once',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^OverLimit$/ }],
    message: (call) =>
      `${queue(call)} has about 120,000 messages that were received and not deleted yet: SQS hands out no more.`,
    hint: () => 'Let the consumers delete what they have processed, and look whether they fail.',
  },
  {
    slug: 'checksum-differs',
    title: 'The checksum of a message does not match its body',
    code: 'ENDPOINT_NOT_AWS',
    says: 'Invalid MD5 checksum on messages: 7c1d2f0a-5b1e-4a53-9a55-0d3b8f1c2e77',
    when: [
      { names: /^InvalidChecksumError$/ },
      { text: /^(?:Error: )?InvalidChecksumError$|^Invalid MD5 checksum on messages: / },
    ],
    message: (call) =>
      `SQS${where(call)} answered with a checksum that does not match the message: something in between changed it, or it is not AWS.`,
    hint: ({ endpoint }) => endpointHint(endpoint),
  },
]
