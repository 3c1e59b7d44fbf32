import { awsFix } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'queue-not-found',
  group: 'queue',
  title: 'The queue does not exist',
  severity: 'error',
  enforcedByAws: true,
  subject: 'queue',
  needs: ['queueExists'],
  why: 'AWS refuses a mapping whose queue does not exist.',
  example: { bad: { queueExists: false }, good: { queueExists: true } },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html',
  ],
  judge: ({ queueExists }, { queueName }) => {
    const grounds = { observed: queueExists, expected: true }
    return queueExists ? good(`Queue ${queueName} exists.`, grounds) : bad({}, grounds)
  },
  message: (_, { queueName, region, queueArn }) =>
    `Queue ${queueName} does not exist in account ${queueArn.split(':')[4]}, ${region}.`,
  fix: (_, context) => awsFix(context, 'See which queues there are.', 'sqs', 'list-queues'),
})
