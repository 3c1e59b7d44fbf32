import { limits } from '../../limits.js'
import { advice, queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'dead-letter-retention-too-short',
  group: 'queue',
  title: 'The dead-letter queue keeps messages no longer than the queue',
  severity: 'warning',
  enforcedByAws: false,
  yieldsTo: ['dead-letter-queue-is-source'],
  subject: 'queue',
  needs: ['queue', 'deadLetterQueue'],
  why: 'A message of a standard queue keeps its age when it is moved: what it has spent in the queue is taken from its time in the dead-letter queue, where it may vanish before anybody looks.',
  example: {
    bad: { queue: { retentionSeconds: 345_600 }, deadLetterQueue: { retentionSeconds: 345_600 } },
    good: { queue: { retentionSeconds: 345_600 }, deadLetterQueue: { retentionSeconds: 1_209_600 } },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/setting-up-dead-letter-queue-retention.html',
  ],
  judge: ({ queue, deadLetterQueue }) => {
    if (queue.fifo) return skip('In a FIFO dead-letter queue the age of a message begins anew.')
    const has = deadLetterQueue.retentionSeconds
    const source = queue.retentionSeconds
    const grounds = { observed: has, expected: { above: source } }
    return has > source
      ? good(`Dead-letter queue ${deadLetterQueue.name} keeps messages longer than the queue.`, grounds)
      : bad({ has, source, deadLetterQueue }, grounds)
  },
  message: ({ has, source, deadLetterQueue }, { queueName }) =>
    `Dead-letter queue ${deadLetterQueue.name} keeps a message for ${days(has)}, counted from its arrival in queue ${queueName}, which keeps it for ${days(source)}.`,
  fix: ({ source, deadLetterQueue }, context) => {
    const most = limits.retentionMaximum.value
    // Nothing is kept longer than that: then the queue itself has to keep messages for less.
    if (source >= most) {
      return advice(`Let ${context.queueName} keep messages for less than ${days(most)}, the most SQS takes.`)
    }
    return queueAttributesFix(
      { ...context, queueArn: deadLetterQueue.arn },
      `Let ${deadLetterQueue.name} keep messages for ${days(most)}.`,
      { MessageRetentionPeriod: String(most) },
    )
  },
})

function days(seconds: number): string {
  const count = Number((seconds / 86_400).toFixed(1))
  return seconds < 8_640 ? `${seconds} s` : `${count} ${count === 1 ? 'day' : 'days'}`
}
