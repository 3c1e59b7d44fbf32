import type { FailedCall, KnownAnswer } from './known-answer.js'
import { command, nameOf, queue, reason } from './words.js'

const keyIn = (text: string) => /arn:[\w-]+:kms:[\w:/-]+\w/.exec(text)?.[0] ?? '<key>'
const kms = (call: FailedCall, text: string, operation: string) =>
  command('aws', call, 'kms', operation, '--key-id', keyIn(text))

/** What SQS says about the settings of a queue, and about the key that encrypts it. */
export const queueSettingsAnswers: readonly KnownAnswer[] = [
  {
    slug: 'two-encryptions',
    title: 'A queue takes one kind of encryption at a time',
    code: 'REJECTED_BY_AWS',
    says: 'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    when: [{ text: /^You can use one type of server-side encryption/ }],
    message: () => 'A queue is encrypted with a KMS key or by SQS itself, not both.',
    hint: () => 'Leave out either KmsMasterKeyId or SqsManagedSseEnabled.',
  },
  {
    slug: 'queue-attribute-unknown',
    title: 'SQS has no attribute of that name',
    code: 'REJECTED_BY_AWS',
    says: 'Unknown Attribute Foo.',
    when: [{ names: /^InvalidAttributeName$/ }, { text: /^Unknown Attribute (\S+?)\.?$/ }],
    message: (_, { input }) => `SQS has no such attribute${reason(input)}`,
    hint: () =>
      'The names are listed in https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  {
    slug: 'queue-attribute-invalid',
    title: 'An attribute of the queue cannot have that value',
    code: 'REJECTED_BY_AWS',
    when: [
      { names: /^InvalidAttributeValue$/ },
      { text: /^Invalid value for the parameter (\w+)\. Reason: (.+)/s },
    ],
    message: (_, { input }) => `SQS refused a setting of the queue${reason(input)}`,
    hint: () =>
      'The values are listed in https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  },
  {
    slug: 'queue-exists-otherwise',
    title: 'A queue of that name exists with other settings',
    code: 'CONFLICT',
    says: 'A queue already exists with the same name and a different value for attribute VisibilityTimeout',
    when: [
      { names: /^(?:QueueNameExists|QueueAlreadyExists)$/ },
      { text: /^A queue already exists with the same name and a different value for attribute (\w+)/ },
    ],
    message: (call, { input }) => {
      const attribute = /attribute (\w+)/.exec(input)?.[1] ?? 'an attribute'
      return `${queue(call)} exists already, with another ${attribute}.`
    },
    hint: (call) =>
      `Use it as it is, change it, or take another name:\n${command('aws', call, 'sqs', 'get-queue-url', '--queue-name', nameOf(call.queue, '<queue>'))}`,
  },
  {
    slug: 'purge-in-progress',
    title: 'A queue can be purged once in 60 seconds',
    code: 'CONFLICT',
    says: 'Only one PurgeQueue operation on orders is allowed every 60 seconds.',
    when: [
      { names: /^(?:AWS\.SimpleQueueService\.)?PurgeQueueInProgress$/ },
      { text: /^Only one PurgeQueue operation on \S+ is allowed/ },
    ],
    message: (call) => `${queue(call)} was purged less than 60 seconds ago.`,
    hint: () => 'Wait a minute, then run the same command again.',
  },
  {
    slug: 'key-disabled',
    title: 'The key that encrypts the queue is disabled',
    code: 'REJECTED_BY_AWS',
    when: [
      { names: /^(?:KmsDisabled|KMS\.DisabledException|DisabledException)$/ },
      { text: /^arn:[\w-]+:kms:\S+ is disabled/ },
    ],
    rule: () => 'key-not-usable',
    message: (call, { input }) => `${queue(call)} is encrypted, and its key cannot be used${reason(input)}`,
    hint: (call, { input }) =>
      `Whoever administers the key can enable it:\n${kms(call, input, 'enable-key')}`,
  },
  {
    slug: 'key-state-invalid',
    title: 'The key that encrypts the queue is pending deletion or import',
    code: 'REJECTED_BY_AWS',
    when: [
      { names: /^(?:KmsInvalidState|KMS\.(?:KMS)?InvalidStateException|KMSInvalidStateException)$/ },
      { text: /^arn:[\w-]+:kms:\S+ is pending / },
    ],
    rule: () => 'key-not-usable',
    message: (call, { input }) => `${queue(call)} is encrypted, and its key cannot be used${reason(input)}`,
    hint: (call, { input }) =>
      /deletion/.test(input)
        ? `Only whoever administers the key should take its deletion back:\n${kms(call, input, 'cancel-key-deletion')}`
        : `Look at the state of the key; SQS needs it Enabled:\n${kms(call, input, 'describe-key')}`,
  },
  {
    slug: 'key-not-found',
    title: 'KMS knows no such key',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^(?:KmsNotFound|KMS\.NotFoundException)$/ }],
    rule: () => 'key-not-usable',
    message: (call, { input }) => `${queue(call)} is encrypted, and its key cannot be used${reason(input)}`,
    hint: (call, { input }) =>
      `Check that the key exists in this Region and is enabled:\n${kms(call, input, 'describe-key')}`,
  },
  {
    slug: 'key-usage-invalid',
    title: 'The key is not one that can encrypt messages',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^(?:KmsInvalidKeyUsage|KMS\.InvalidKeyUsageException)$/ }],
    rule: () => 'key-not-usable',
    message: (call, { input }) => `${queue(call)} is encrypted, and its key cannot be used${reason(input)}`,
    hint: (call, { input }) =>
      `SQS needs a symmetric key for encryption and decryption:\n${kms(call, input, 'describe-key')}`,
  },
  {
    slug: 'key-opt-in-required',
    title: 'The account may not use KMS yet',
    code: 'REJECTED_BY_AWS',
    when: [{ names: /^(?:KmsOptInRequired|KMS\.OptInRequired)$/ }],
    message: (call, { input }) =>
      `${queue(call)} is encrypted, and this account may not use KMS yet${reason(input)}`,
    hint: () => 'Complete the sign-up of the account with AWS, then run the same command again.',
  },
]
