import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'function-dead-letter-queue-unused',
  group: 'function',
  title: 'The function’s own dead-letter queue does not get messages of the queue',
  severity: 'info',
  enforcedByAws: false,
  subject: 'function',
  needs: ['lambdaFunction'],
  why: 'The dead-letter queue of a function is for asynchronous calls. For a queue Lambda calls the function synchronously: what fails goes back to the queue, and from there to the dead-letter queue of the queue. Only calls that loop detection has stopped go to the function’s.',
  example: {
    bad: {
      lambdaFunction: { deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:111122223333:worker-dead' },
    },
    good: { lambdaFunction: { deadLetterTargetArn: null } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
  ],
  judge: ({ lambdaFunction: { name, deadLetterTargetArn } }) => {
    const grounds = { observed: deadLetterTargetArn, expected: null }
    return deadLetterTargetArn === null
      ? good(`Function ${name} has no dead-letter queue of its own.`, grounds)
      : bad({ name, deadLetterTargetArn }, grounds)
  },
  message: ({ name, deadLetterTargetArn }, { queueName }) =>
    `Function ${name} has ${deadLetterTargetArn} as its own dead-letter queue, which gets no failed message of queue ${queueName}.`,
  fix: (_, { queueName }) =>
    advice(`For failed messages, give queue ${queueName} a redrive policy; the function can keep its own.`),
})
