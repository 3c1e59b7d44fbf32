import { jsonObjectIn } from '../../json-object.js'
import { limits } from '../../limits.js'
import { advice, queueAttributesFix } from '../fix.js'
import { bad, defineRule, good, unsure } from '../rule.js'

export default defineRule({
  slug: 'dead-letter-queue-refuses-source',
  group: 'queue',
  title: 'The dead-letter queue does not admit the queue',
  severity: 'error',
  enforcedByAws: false,
  yieldsTo: ['dead-letter-queue-is-source'],
  subject: 'queue',
  needs: ['queue', 'deadLetterQueue'],
  why: 'The redrive allow policy of a dead-letter queue says which queues may use it. A queue that it leaves out may not name it in its redrive policy, and its failed messages have nowhere to go.',
  example: {
    bad: { deadLetterQueue: { redriveAllowPolicy: '{"redrivePermission":"denyAll"}' } },
    good: {
      deadLetterQueue: {
        redriveAllowPolicy:
          '{"redrivePermission":"byQueue","sourceQueueArns":["arn:aws:sqs:eu-central-1:111122223333:orders"]}',
      },
    },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  ],
  judge: ({ queue, deadLetterQueue }) => {
    const { name, arn, redriveAllowPolicy } = deadLetterQueue
    const policy = readPolicy(redriveAllowPolicy)
    const grounds = { observed: policy ?? redriveAllowPolicy, expected: { admits: queue.arn } }
    if (policy?.permission === 'allowAll') {
      if (arn.split(':')[4] === queue.account)
        return good(`Dead-letter queue ${name} admits every queue of its account and Region.`, grounds)
      return unsure(
        `dead-letter queue ${name} admits the queues of its own account, and whether it takes messages from account ${queue.account} is not documented`,
        grounds,
      )
    }
    if (policy?.permission === 'byQueue' && policy.sources.includes(queue.arn))
      return good(`Dead-letter queue ${name} admits queue ${queue.name}.`, grounds)
    if (policy?.permission === 'denyAll' || policy?.permission === 'byQueue')
      return bad({ name, arn, ...policy }, grounds)
    return unsure(
      `the redrive allow policy of dead-letter queue ${name} is not one that this version knows`,
      grounds,
    )
  },
  message: ({ name, permission }, { queueName }) =>
    permission === 'denyAll'
      ? `Dead-letter queue ${name} admits no queue at all, so not ${queueName} either.`
      : `Dead-letter queue ${name} admits some queues, but not ${queueName}.`,
  fix: ({ name, arn, sources }, context) => {
    const admitted = [...sources, context.queueArn]
    if (admitted.length > limits.redriveSourcesMaximum.value) {
      return advice(
        `Let ${name} admit all queues (allowAll), or give ${context.queueName} a dead-letter queue of its own: a list takes no more than ${limits.redriveSourcesMaximum.value}.`,
      )
    }
    const policy = { redrivePermission: 'byQueue', sourceQueueArns: admitted }
    return queueAttributesFix({ ...context, queueArn: arn }, `Let ${name} admit ${context.queueName}.`, {
      RedriveAllowPolicy: JSON.stringify(policy),
    })
  },
})

/** undefined: damaged. A queue without a policy admits all. */
function readPolicy(text: string | null) {
  if (text === null) return { permission: 'allowAll', sources: [] }
  const policy = jsonObjectIn(text)
  if (policy === undefined) return undefined
  const { redrivePermission, sourceQueueArns } = policy
  const sources = Array.isArray(sourceQueueArns) ? sourceQueueArns : []
  return {
    permission: redrivePermission ?? 'allowAll',
    sources: sources.filter((source): source is string => typeof source === 'string'),
  }
}
