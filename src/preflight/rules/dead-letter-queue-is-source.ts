import { advice } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'dead-letter-queue-is-source',
  group: 'queue',
  title: 'The queue is its own dead-letter queue',
  severity: 'error',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue'],
  why: 'A dead-letter queue holds what the function could not process. Where it is the queue itself, such a message stays among those that the function is given again.',
  example: {
    bad: {
      queue: {
        redrive: { deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders', maxReceiveCount: 5 },
      },
    },
    good: {
      queue: {
        redrive: {
          deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead',
          maxReceiveCount: 5,
        },
      },
    },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  ],
  judge: ({ queue }) => {
    if (queue.redrive === null) return skip(`Queue ${queue.name} has no dead-letter queue.`)
    const { deadLetterQueueArn } = queue.redrive
    const grounds = { observed: deadLetterQueueArn, expected: 'another queue' }
    return deadLetterQueueArn === queue.arn
      ? bad({}, grounds)
      : good(`The dead-letter queue of ${queue.name} is another queue.`, grounds)
  },
  message: (_, { queueName }) => `Queue ${queueName} names itself as its dead-letter queue.`,
  fix: (_, { queueName }) => advice(`Name another queue in the redrive policy of ${queueName}.`),
})
