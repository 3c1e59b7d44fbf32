import { newDeadLetterQueue } from '../dead-letter-fix.js'
import { advice, changeFix } from '../fix.js'
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
      : bad({ arn, source: queue }, grounds)
  },
  message: ({ arn }, { queueName }) =>
    `Queue ${queueName} names ${arn} as dead-letter queue, which does not exist.`,
  fix: ({ arn, source }, context) => {
    const [, , service, region, account, name] = arn.split(':')
    // Queues are made in the caller's account and Region only, and the name of a FIFO queue says that it is one.
    const makeable = service === 'sqs' && region === context.region && account === context.account
    if (!makeable || name?.endsWith('.fifo') !== source.fifo) {
      return advice(`Name a queue that exists in the redrive policy of ${context.queueName}.`)
    }
    const summary = `Create ${name}, or name another one in the redrive policy.`
    return changeFix(context, summary, [newDeadLetterQueue(arn, source, context)], true)
  },
})
