import { answerTable, type Row } from './answer-table.js'

const recorded: readonly Row[] = [
  {
    service: 'sqs',
    name: 'KmsDisabled',
    text: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
    slug: 'key-disabled',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" is encrypted, and its key cannot be used: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
    hint: 'Whoever administers the key can enable it:\naws kms enable-key --key-id arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'KmsInvalidState',
    text: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion.',
    slug: 'key-state-invalid',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" is encrypted, and its key cannot be used: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending deletion.',
    hint: 'Only whoever administers the key should take its deletion back:\naws kms cancel-key-deletion --key-id arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'KMSInvalidStateException',
    text: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending import.',
    slug: 'key-state-invalid',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" is encrypted, and its key cannot be used: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is pending import.',
    hint: 'Look at the state of the key; SQS needs it Enabled:\naws kms describe-key --key-id arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'InvalidAttributeName',
    text: 'Unknown Attribute Foo.',
    slug: 'queue-attribute-unknown',
    code: 'REJECTED_BY_AWS',
    message: 'SQS has no such attribute: Unknown Attribute Foo.',
    hint: 'The names are listed in https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  {
    service: 'sqs',
    name: 'InvalidAttributeValue',
    text: 'Invalid value for the parameter VisibilityTimeout. Reason: …',
    slug: 'queue-attribute-invalid',
    code: 'REJECTED_BY_AWS',
    message:
      'SQS refused a setting of the queue: Invalid value for the parameter VisibilityTimeout. Reason: …',
    hint: 'The values are listed in https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  {
    service: 'sqs',
    name: 'PurgeQueueInProgress',
    text: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    slug: 'purge-in-progress',
    code: 'CONFLICT',
    message: 'Queue "orders" was purged less than 60 seconds ago.',
    hint: 'Wait a minute, then run the same command again.',
  },
  {
    service: 'sqs',
    name: 'QueueNameExists',
    text: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    slug: 'queue-exists-otherwise',
    code: 'CONFLICT',
    message: 'Queue "orders" exists already, with another VisibilityTimeout.',
    hint: 'Use it as it is, change it, or take another name:\naws sqs get-queue-url --queue-name orders --region eu-central-1 --profile prod',
  },
  {
    service: 'sqs',
    name: 'InvalidAttributeName',
    text: 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    slug: 'two-encryptions',
    code: 'REJECTED_BY_AWS',
    message: 'A queue is encrypted with a KMS key or by SQS itself, not both.',
    hint: 'Leave out either KmsMasterKeyId or SqsManagedSseEnabled.',
  },
  {
    service: 'iam',
    name: 'DisabledException',
    text: 'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
    slug: 'key-disabled',
    code: 'REJECTED_BY_AWS',
    message:
      'Queue "orders" is encrypted, and its key cannot be used: arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab is disabled.',
    hint: 'Whoever administers the key can enable it:\naws kms enable-key --key-id arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab --region eu-central-1 --profile prod',
  },
]

answerTable('recorded', recorded)

/** Only the name, or the words that are looked for: what AWS says in full is not recorded. */
const partly: readonly Row[] = [
  {
    service: 'sqs',
    name: 'KmsNotFound',
    text: '',
    slug: 'key-not-found',
    code: 'REJECTED_BY_AWS',
    message: 'Queue "orders" is encrypted, and its key cannot be used.',
    hint: "Check that the key exists in this Region and is enabled:\naws kms describe-key --key-id '<key>' --region eu-central-1 --profile prod",
  },
  {
    service: 'sqs',
    name: 'KmsOptInRequired',
    text: '',
    slug: 'key-opt-in-required',
    code: 'REJECTED_BY_AWS',
    message: 'Queue "orders" is encrypted, and this account may not use KMS yet.',
    hint: 'Complete the sign-up of the account with AWS, then run the same command again.',
  },
  {
    service: 'sqs',
    name: 'KmsInvalidKeyUsage',
    text: '',
    slug: 'key-usage-invalid',
    code: 'REJECTED_BY_AWS',
    message: 'Queue "orders" is encrypted, and its key cannot be used.',
    hint: "SQS needs a symmetric key for encryption and decryption:\naws kms describe-key --key-id '<key>' --region eu-central-1 --profile prod",
  },
  {
    service: 'sqs',
    name: 'KMS.NotFoundException',
    text: '',
    slug: 'key-not-found',
    code: 'REJECTED_BY_AWS',
    message: 'Queue "orders" is encrypted, and its key cannot be used.',
    hint: "Check that the key exists in this Region and is enabled:\naws kms describe-key --key-id '<key>' --region eu-central-1 --profile prod",
  },
]

answerTable('known in part', partly)
