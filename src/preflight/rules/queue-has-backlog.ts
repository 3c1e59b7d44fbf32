import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'queue-has-backlog',
  group: 'queue',
  title: 'Messages wait in the queue already',
  severity: 'info',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['queue'],
  why: 'Lambda begins with what is there: the function is called for the waiting messages as soon as the mapping is enabled, however old they are.',
  example: {
    bad: { queue: { messages: { visible: 12, inFlight: 0, delayed: 0 } } },
    good: { queue: { messages: { visible: 0, inFlight: 0, delayed: 0 } } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html',
  ],
  judge: ({ queue: { name, messages } }) => {
    const waiting = messages.visible + messages.delayed
    const grounds = { observed: messages, expected: { visible: 0, delayed: 0 } }
    return waiting === 0
      ? good(`Queue ${name} has no waiting message, as far as SQS counts.`, grounds)
      : bad({ waiting }, grounds)
  },
  message: ({ waiting }, { queueName, functionName }) =>
    waiting === 1
      ? `About one message waits in queue ${queueName}: function ${functionName} gets it first.`
      : `About ${waiting.toLocaleString('en')} messages wait in queue ${queueName}: function ${functionName} gets them first.`,
  fix: () => null,
})
