import { advice, awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'dead-letter-queue-missing',
  group: 'queue',
  title: 'The dead-letter queue that the queue names does not exist',
  severity: 'error',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue', 'deadLetterQueueExists'],
  why: 'A message that has been received too often has nowhere to go: it stays and is tried again until its retention ends.',
  example: {
    bad: {
      queue: {
        redrive: { deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:gone', maxReceiveCount: 5 },
      },
      deadLetterQueueExists: false,
    },
    good: { deadLetterQueueExists: true },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  ],
  judge: ({ queue, deadLetterQueueExists }) => {
    const arn = queue.redrive?.deadLetterQueueArn ?? ''
    const grounds = { observed: deadLetterQueueExists, expected: true }
    return deadLetterQueueExists
      ? good(`The dead-letter queue ${arn} exists.`, grounds)
      : bad({ arn, fifo: queue.fifo }, grounds)
  },
  message: ({ arn }, { queueName }) =>
    `Queue ${queueName} names ${arn} as dead-letter queue, which does not exist.`,
  fix: ({ arn, fifo }, context) => {
    const [, , service, region, account] = arn.split(':')
    // The command makes queues in the caller's account and Region only.
    if (service !== 'sqs' || region !== context.region || account !== context.account) {
      return advice(`Name a queue that exists in the redrive policy of ${context.queueName}.`)
    }
    const words = [
      'sqs',
      'create-queue',
      '--queue-name',
      arn.split(':').at(-1) ?? '',
      ...(fifo ? ['--attributes', 'FifoQueue=true'] : []),
    ]
    return awsFix(context, 'Create it, or name another one in the redrive policy.', ...words)
  },
})
