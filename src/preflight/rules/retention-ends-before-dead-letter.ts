import { limits } from '../../limits.js'
import { advice, queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'retention-ends-before-dead-letter',
  group: 'queue',
  title: 'A message may expire before it reaches the dead-letter queue',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue'],
  why: 'A message that fails is hidden for the visibility timeout before each further receive. Where its retention ends first, it is deleted, and never reaches the dead-letter queue.',
  example: {
    bad: { queue: { retentionSeconds: 600, visibilityTimeoutSeconds: 180 } },
    good: { queue: { retentionSeconds: 900, visibilityTimeoutSeconds: 180 } },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  ],
  judge: ({ queue }) => {
    if (queue.redrive === null) return skip(`Queue ${queue.name} has no dead-letter queue.`)
    const { maxReceiveCount } = queue.redrive
    const needs = queue.visibilityTimeoutSeconds * maxReceiveCount
    const has = queue.retentionSeconds
    const grounds = { observed: has, expected: needs }
    return has >= needs
      ? good(`Queue ${queue.name} keeps a message long enough for ${maxReceiveCount} receives.`, grounds)
      : bad({ has, needs, maxReceiveCount }, grounds)
  },
  message: ({ has, needs, maxReceiveCount }, { queueName }) =>
    `Queue ${queueName} keeps a message for ${has} s, but ${maxReceiveCount} failed receives may take ${needs} s.`,
  fix: ({ needs }, context) => {
    const { queueName } = context
    if (needs > limits.retentionMaximum.value) {
      return advice(`Lower the visibility timeout or the maxReceiveCount of queue ${queueName}.`)
    }
    return queueAttributesFix(context, `Let ${queueName} keep messages for ${needs} s.`, {
      MessageRetentionPeriod: String(needs),
    })
  },
})
