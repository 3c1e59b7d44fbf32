import type { KnownAnswer } from './known-answer.js'
import { command, functionWord, lambdaFunction, mendPair } from './words.js'

/** What Lambda says of how long a function runs, and of how many may run at once. */
export const functionRunAnswers: readonly KnownAnswer[] = [
  {
    slug: 'function-timed-out',
    title: 'The function ran out of time, and the messages of its batch come back',
    code: 'FUNCTION_FAILED',
    says: 'Task timed out after 3.00 seconds',
    // Behind the time and the request. A log may have nothing but the last word of the line that sums up a run:
    // https://github.com/DataBiosphere/azul/issues/8140
    when: [
      { text: /\bTask timed out after ([\d.]+) seconds/ },
      { text: /\bREPORT RequestId: .*\bStatus: timeout\b/ },
    ],
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
    message: (call, [, seconds]) =>
      `${lambdaFunction(call)} was stopped ${seconds === undefined ? 'when its time was up' : `after ${Number(seconds)} s, the time that it has`}. A queue that triggers it gives out the whole batch again when the visibility timeout is over, until each message is a dead letter or too old.`,
    // https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
    hint: (call) =>
      [
        'Find out what took so long: often it is another service that does not answer. A smaller batch takes less time:',
        command('sqs-trigger', call, 'update', '<mapping>', '--batch-size', '<messages>'),
        'Or give the function more time:',
        command(
          'aws',
          call,
          ...['lambda', 'update-function-configuration', '--function-name', functionWord(call)],
          ...['--timeout', '<seconds>'],
        ),
        'The queue has to hide a message at least that long, and AWS advises six times that. This looks, and asks before it mends:',
        mendPair(call),
      ].join('\n'),
  },
  {
    slug: 'too-little-unreserved-concurrency',
    title: 'So much reserved concurrency would leave too little for the other functions',
    code: 'REJECTED_BY_AWS',
    // https://github.com/aws-samples/amazon-rekognition-serverless-large-scale-image-and-video-processing/issues/6
    says: "Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [10].",
    when: [
      {
        text: /ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of \[(\d+)\]/,
      },
    ],
    // https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionConcurrency.html
    message: (_, [, least]) =>
      `Functions without a reservation share what is left of the account’s concurrency in the Region. ${least === undefined ? 'Some' : `At least ${least}`} must be left, so nothing was reserved.`,
    // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    hint: (call) =>
      [
        'A queue does not need a reservation. To limit how many runs it starts at once, give its mapping a maximum, which takes nothing from the others:',
        command('sqs-trigger', call, 'update', '<mapping>', '--max-concurrency', '<runs>'),
        'To reserve some all the same, reserve less, or ask in Service Quotas for more concurrent executions: a new account may have few. What it has:',
        command('aws', call, 'lambda', 'get-account-settings', '--query', 'AccountLimit'),
      ].join('\n'),
  },
]
