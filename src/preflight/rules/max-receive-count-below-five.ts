import { limits } from '../../limits.js'
import { queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'max-receive-count-below-five',
  group: 'queue',
  title: 'The queue gives a message up after fewer than five receives',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue'],
  why: 'A batch that is throttled, or that fails for another message’s sake, counts a receive too. AWS advises at least five, so that messages do not go to the dead-letter queue for nothing.',
  example: {
    bad: {
      queue: {
        redrive: {
          deadLetterQueueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead',
          maxReceiveCount: 1,
        },
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
  sources: ['https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html'],
  judge: ({ queue }) => {
    if (queue.redrive === null) return skip(`Queue ${queue.name} has no dead-letter queue.`)
    const { maxReceiveCount, deadLetterQueueArn } = queue.redrive
    const advised = limits.maxReceiveCountAdvised.value
    const grounds = { observed: maxReceiveCount, expected: advised }
    return maxReceiveCount >= advised
      ? good(`Queue ${queue.name} gives a message up after ${maxReceiveCount} receives.`, grounds)
      : bad({ has: maxReceiveCount, advised, deadLetterQueueArn }, grounds)
  },
  message: ({ has, advised }, { queueName }) =>
    `Queue ${queueName} moves a message to its dead-letter queue after ${has} ${has === 1 ? 'receive' : 'receives'}; AWS advises at least ${advised}.`,
  fix: ({ advised, deadLetterQueueArn }, context) => {
    const policy = { deadLetterTargetArn: deadLetterQueueArn, maxReceiveCount: String(advised) }
    return queueAttributesFix(context, `Raise it to ${advised}.`, { RedrivePolicy: JSON.stringify(policy) })
  },
})
