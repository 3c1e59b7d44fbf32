import { exampleMapping } from '../example-mapping.js'
import { advice } from '../fix.js'
import { bad, defineRule, good } from '../rule.js'

export default defineRule({
  slug: 'queue-has-other-consumers',
  group: 'mapping',
  title: 'Other functions read from the same queue',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['mappings', 'placement'],
  why: 'Consumers of one queue compete: each message goes to one of them, not to all. Consumers of other accounts, and programs that are no Lambda functions, cannot be seen.',
  example: {
    bad: {
      mappings: [
        { ...exampleMapping, functionArn: 'arn:aws:lambda:eu-central-1:111122223333:function:billing' },
      ],
    },
    good: { mappings: [exampleMapping] },
  },
  sources: [
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html',
  ],
  judge: ({ mappings, placement }) => {
    const others = mappings.filter(
      ({ functionArn, state }) => functionArn !== placement.function.arn && state !== 'Deleting',
    )
    const grounds = { observed: others.map(({ uuid }) => uuid), expected: [] }
    return others.length === 0
      ? good(`No other function reads from queue ${placement.queue.name}.`, grounds)
      : bad({ others }, grounds)
  },
  message: ({ others }, { queueName }) => {
    const list = others.map(
      ({ functionArn, uuid, state }) => `${functionArn.split(':function:')[1]} (${uuid}, ${state})`,
    )
    return `Queue ${queueName} already feeds ${list.join(', ')}: each message reaches only one of them.`
  },
  fix: (_, { queueName }) =>
    advice(
      `To give every function each message, publish to an SNS topic or an EventBridge bus with one queue a function, instead of ${queueName}.`,
    ),
})
