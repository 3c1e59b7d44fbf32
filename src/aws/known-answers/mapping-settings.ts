import { limits } from '../../limits.js'
import { shown } from '../../shown.js'
import type { KnownAnswer } from './known-answer.js'
import { command, functionWord, mendPair, queue } from './words.js'

const range = (flag: string, from: { readonly value: number }, to: { readonly value: number }) =>
  `${flag} takes ${from.value} to ${to.value}.`

/** By the member that Lambda names, in lower case: the rule that checks it, and what it may be. */
const constraints: Readonly<Record<string, { readonly rule: string; readonly hint: string }>> = {
  batchsize: {
    rule: 'batch-size-out-of-range',
    hint: range('--batch-size', limits.batchSizeMinimum, limits.batchSizeMaximum),
  },
  maximumbatchingwindowinseconds: {
    rule: 'window-out-of-range',
    hint: range('--batch-window', limits.batchWindowMinimum, limits.batchWindowMaximum),
  },
  'scalingconfig.maximumconcurrency': {
    rule: 'maximum-concurrency-out-of-range',
    hint: range('--max-concurrency', limits.maximumConcurrencyMinimum, limits.maximumConcurrencyMaximum),
  },
  'provisionedpollerconfig.minimumpollers': {
    rule: 'pollers-out-of-range',
    hint: range('--minimum-pollers', limits.minimumPollersMinimum, limits.minimumPollersMaximum),
  },
  'provisionedpollerconfig.maximumpollers': {
    rule: 'pollers-out-of-range',
    hint: range('--maximum-pollers', limits.maximumPollersMinimum, limits.maximumPollersMaximum),
  },
  eventsourcearn: {
    rule: 'not-an-sqs-queue',
    hint: 'Give the ARN of an SQS queue: arn:aws:sqs:<region>:<account>:<name>.',
  },
}

const constraintOf = (member = '') => constraints[member.toLowerCase()]

/** What Lambda says about the settings of a mapping, and about settings of queue and function that do not fit. */
export const mappingSettingsAnswers: readonly KnownAnswer[] = [
  {
    slug: 'visibility-timeout-too-short',
    title: 'The queue hides a message for less time than the function may run',
    code: 'REJECTED_BY_AWS',
    says: 'Queue visibility timeout: 60 seconds is less than Function timeout: 300 seconds',
    when: [
      {
        text: /^Queue visibility timeout: (\d+) seconds is less than Function timeout: (\d+) seconds/,
      },
    ],
    rule: () => 'visibility-timeout-below-function-timeout',
    message: (call, [, queueSeconds, functionSeconds]) =>
      `${queue(call)} hides a message for ${queueSeconds} s, but the function may run for ${functionSeconds} s.`,
    hint: (call, [, , seconds]) => {
      const multiple = limits.visibilityTimeoutMultiple.value
      const least = seconds === undefined ? "the function's timeout" : `${seconds} s`
      const advised = seconds === undefined ? `${multiple} times that` : `${Number(seconds) * multiple} s`
      return `Raise the queue's visibility timeout to at least ${least}; AWS advises ${advised}. This does it, and asks before:\n${mendPair(call)}`
    },
  },
  {
    slug: 'batch-size-without-window',
    title: 'A batch size above 10 needs a batching window',
    code: 'REJECTED_BY_AWS',
    says: 'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    when: [
      {
        text: /^Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10/,
      },
    ],
    rule: () => 'batch-size-needs-window',
    message: () => 'A batch size above 10 needs a batching window of at least 1 second.',
    hint: () => 'Add --batch-window 1 or more, or lower --batch-size to 10.',
  },
  {
    slug: 'batch-size-above-ten',
    title: 'This queue takes batches of no more than 10 messages',
    code: 'REJECTED_BY_AWS',
    says: 'Maximum batch size must be between 1 and 10 inclusive',
    when: [{ text: /^Maximum batch size must be between 1 and 10 inclusive/ }],
    rule: () => 'fifo-batch-size-above-ten',
    message: () => 'This queue takes batches of no more than 10 messages, as every FIFO queue does.',
    hint: () => 'Lower --batch-size to 10.',
  },
  {
    slug: 'batch-window-on-fifo',
    title: 'A FIFO queue takes no batching window',
    code: 'REJECTED_BY_AWS',
    says: 'Batching window is not supported for FIFO queues',
    when: [{ text: /^Batching window is not supported for FIFO queues/ }],
    rule: () => 'window-on-fifo',
    message: () => 'A FIFO queue takes no batching window.',
    hint: () => 'Leave out --batch-window.',
  },
  {
    slug: 'invalid-filter-pattern',
    title: 'A filter pattern is not valid',
    code: 'REJECTED_BY_AWS',
    says: 'Invalid filter pattern definition.',
    when: [{ text: /^Invalid filter pattern definition/ }],
    rule: () => 'filter-pattern-invalid',
    message: () => 'A filter pattern is not valid.',
    hint: () =>
      'Each pattern is a JSON object whose leaves are lists, e.g. --filter \'{"body":{"type":["order"]}}\'.',
  },
  {
    slug: 'unsupported-parameter',
    title: 'A setting of streams was given for an SQS queue',
    code: 'REJECTED_BY_AWS',
    says: 'Unsupported DestinationConfig parameter for given event source mapping type.',
    when: [
      {
        text: /^Unsupported (\w+) parameter for given event source mapping type|^Unsupported (starting position) for/,
      },
    ],
    message: (_, [, parameter, position]) =>
      `Mappings of SQS queues have no ${parameter ?? position ?? 'such setting'}: it belongs to streams.`,
    hint: () =>
      'Leave it out. Failed messages of a queue go to the dead-letter queue in the redrive policy of the queue itself.',
  },
  {
    slug: 'pollers-and-concurrency',
    title: 'Provisioned pollers and a maximum concurrency exclude each other',
    code: 'REJECTED_BY_AWS',
    // The restriction is documented, AWS's words are not: recognised by both names standing in one refusal.
    when: [
      { text: /ProvisionedPollerConfig.*(?:ScalingConfig|MaximumConcurrency)/is },
      { text: /(?:ScalingConfig|MaximumConcurrency).*ProvisionedPollerConfig/is },
    ],
    rule: () => 'pollers-with-maximum-concurrency',
    message: (_, { input }) =>
      `AWS refused provisioned pollers together with a maximum concurrency: ${shown(input).slice(1, -1)}`,
    hint: () => 'Give either --max-concurrency, or --minimum-pollers and --maximum-pollers.',
  },
  {
    slug: 'regions-must-match',
    title: 'Queue and function stand in different Regions',
    code: 'REJECTED_BY_AWS',
    // The restriction is documented, AWS's words are not.
    when: [{ text: /must be in the same (?:AWS )?Region/i }],
    rule: () => 'regions-differ',
    message: () => 'Queue and function stand in different Regions; a mapping cannot cross them.',
    hint: (call) =>
      `Use a queue in the function's Region:\n${command('aws', call, 'lambda', 'get-function-configuration', '--function-name', functionWord(call), '--query', 'FunctionArn')}`,
  },
  {
    slug: 'constraint-violated',
    title: 'A value breaks a limit or has the wrong form',
    code: 'REJECTED_BY_AWS',
    says: "1 validation error detected: Value '10001' at 'batchSize' failed to satisfy constraint: Member must have value less than or equal to 10000",
    when: [
      {
        text: /validation errors? detected: Value (?:'([^']*)'|null|\S*) at '([^']+)' failed to satisfy constraint: (.+)$/s,
      },
    ],
    rule: ([, , member]) => constraintOf(member)?.rule,
    message: (_, [, value, member, constraint]) =>
      `AWS refused ${value === undefined ? 'the missing value' : shown(value)} for ${member}: ${constraint}`,
    hint: (_, [, , member]) => constraintOf(member)?.hint ?? 'Give a value that keeps to what AWS says here.',
  },
]
