import { limits } from '../../limits.js'
import { deadLetterName, newDeadLetterQueue } from '../dead-letter-fix.js'
import { advice, attributesChange, changeFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'no-dead-letter-queue',
  group: 'queue',
  title: 'The queue has no dead-letter queue',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue'],
  why: 'A message that the function rejects comes back again and again until its retention ends, and is then lost without a trace.',
  example: {
    bad: { queue: { redrive: null } },
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
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  ],
  judge: ({ queue }) =>
    queue.redrive === null
      ? bad(
          { days: queue.retentionSeconds / 86_400, source: queue },
          { observed: null, expected: 'a redrive policy' },
        )
      : good(
          `Queue ${queue.name} moves a message to its dead-letter queue after ${queue.redrive.maxReceiveCount} receives.`,
          {
            observed: queue.redrive.deadLetterQueueArn,
          },
        ),
  message: ({ days }, { queueName }) =>
    `Queue ${queueName} has no dead-letter queue: a message that the function rejects comes back for ${Number(days.toFixed(1))} days.`,
  fix: ({ source }, context) => {
    const owner = context.queueArn.split(':')[4]
    if (owner !== context.account) {
      return advice(
        `Whoever owns queue ${context.queueName}, in account ${owner}, can give it a dead-letter queue.`,
      )
    }
    const name = context.deadLetterName ?? deadLetterName(context.queueName, source.fifo)
    const arn = [...context.queueArn.split(':').slice(0, 5), name].join(':')
    const policy = { deadLetterTargetArn: arn, maxReceiveCount: String(limits.maxReceiveCountAdvised.value) }
    const redrive = attributesChange(context.queueArn, { RedrivePolicy: JSON.stringify(policy) })
    const summary = `Make a queue ${name}, and let ${context.queueName} move messages to it.`
    return changeFix(context, summary, [newDeadLetterQueue(arn, source, context), redrive], true)
  },
})
