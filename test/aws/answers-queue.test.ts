import { answerTable, type Row } from './answer-table.js'

const recorded: readonly Row[] = [
  {
    service: 'sqs',
    name: 'QueueDoesNotExist',
    text: 'The specified queue does not exist.',
    slug: 'sqs-queue-not-found',
    code: 'QUEUE_NOT_FOUND',
    message: 'Queue "orders" does not exist in eu-central-1.',
    hint: 'Check the name, the Region and the account. The queues of your account in eu-central-1:\naws sqs list-queues --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'AWS.SimpleQueueService.NonExistentQueue',
    text: 'The specified queue does not exist for this wsdl version.',
    slug: 'sqs-queue-not-found',
    code: 'QUEUE_NOT_FOUND',
    message: 'Queue "orders" does not exist in eu-central-1.',
    hint: 'Check the name, the Region and the account. The queues of your account in eu-central-1:\naws sqs list-queues --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'Error',
    text: 'The specified queue does not exist or you do not have access to it.',
    slug: 'sqs-queue-not-found',
    code: 'QUEUE_NOT_FOUND',
    message: 'Queue "orders" does not exist in eu-central-1.',
    hint: 'Check the name, the Region and the account. The queues of your account in eu-central-1:\naws sqs list-queues --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'InvalidAddress',
    text: 'The address https://sqs.eu-central-1.amazonaws.com/ is not valid for this endpoint.',
    slug: 'queue-address-invalid',
    code: 'REJECTED_BY_AWS',
    message:
      'The address of the queue does not fit the Region or endpoint: The address https://sqs.eu-central-1.amazonaws.com/ is not valid for this endpoint.',
    hint: 'Use the address that SQS gives for the queue:\naws sqs get-queue-url --queue-name orders --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'MissingRequiredParameterException',
    text: 'The request must contain the parameter MessageGroupId.',
    slug: 'message-group-missing',
    code: 'REJECTED_BY_AWS',
    message: 'Queue "orders" is a FIFO queue, and each of its messages needs a message group.',
    hint: "Messages of one group are processed in order, one batch at a time. Name the group:\nsqs-trigger send orders --group-id '<group>' --region eu-central-1 --profile prod",
  },
  {
    service: 'sqs',
    name: 'InvalidParameterValueException',
    text: 'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
    slug: 'deduplication-id-missing',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" is a FIFO queue that does not deduplicate by content: each message needs a deduplication id.',
    hint: "Give each message an id of its own, or switch ContentBasedDeduplication on:\nsqs-trigger send orders --deduplication-id '<id>' --region eu-central-1 --profile prod",
  },
  {
    service: 'sqs',
    name: 'InvalidParameterValueException',
    text: 'Value 11 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.',
    slug: 'parameter-out-of-range',
    code: 'REJECTED_BY_AWS',
    message: 'SQS refused "11" for MaxNumberOfMessages: Must be between 1 and 10, if provided.',
    hint: 'Give a value that keeps to what SQS says here.',
  },
  {
    service: 'sqs',
    name: 'InvalidParameterValueException',
    text: 'Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if provided.',
    slug: 'parameter-out-of-range',
    code: 'REJECTED_BY_AWS',
    message: 'SQS refused "21" for WaitTimeSeconds: Must be >= 0 and <= 20, if provided.',
    hint: 'Give a value that keeps to what SQS says here.',
  },
  {
    service: 'sqs',
    name: 'InvalidParameterValueException',
    text: 'Value AQEB for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.',
    slug: 'receipt-handle-expired',
    code: 'REJECTED_BY_AWS',
    message:
      'The message was held longer than the visibility timeout of the queue, so it cannot be deleted any more and comes back.',
    hint: 'Raise the visibility timeout of the queue above the time that the consumer needs:\nsqs-trigger preflight orders worker --fix --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'InvalidParameterValueException',
    text: 'One or more parameters are invalid. Reason: Message must be shorter than 1048576 bytes.',
    slug: 'message-too-large',
    code: 'REJECTED_BY_AWS',
    message: 'The message is larger than 1048576 bytes.',
    hint: 'Send a smaller body, or put it into S3 and send where it lies. Attributes count, too.\nsqs-trigger explain test-message-too-large orders worker --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'TooManyEntriesInBatchRequest',
    text: 'Maximum number of entries per request are 10. You have sent 20.',
    slug: 'batch-has-too-many-entries',
    code: 'REJECTED_BY_AWS',
    message: 'SQS takes no more than 10 entries in one batch.',
    hint: 'Split the batch.',
  },
  {
    service: 'sqs',
    name: 'BatchRequestTooLong',
    text: 'Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.',
    slug: 'batch-too-long',
    code: 'REJECTED_BY_AWS',
    message: 'The messages of one batch may have 1048576 bytes together, attributes included.',
    hint: 'Split the batch.',
  },
  {
    service: 'sqs',
    name: 'AWS.SimpleQueueService.InvalidBatchEntryId',
    text: 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.',
    slug: 'batch-entry-id-invalid',
    code: 'REJECTED_BY_AWS',
    message: 'An id in the batch has characters that SQS does not take, or is too long.',
    hint: 'Use letters, digits, hyphens and underscores, 80 at most.',
  },
]

answerTable('recorded', recorded)

/** Only the name, or the words that are looked for: what AWS says in full is not recorded. */
const partly: readonly Row[] = [
  {
    service: 'sqs',
    name: 'OverLimit',
    text: '',
    slug: 'too-many-in-flight',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" has about 120,000 messages that were received and not deleted yet: SQS hands out no more.',
    hint: 'Let the consumers delete what they have processed, and look whether they fail.',
  },
  {
    service: 'sqs',
    name: 'EmptyBatchRequest',
    text: '',
    slug: 'batch-empty',
    code: 'REJECTED_BY_AWS',
    message: 'The batch has no entries.',
    hint: 'Send at least one.',
  },
]

answerTable('known in part', partly)
