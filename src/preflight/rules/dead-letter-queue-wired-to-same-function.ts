import { toolCommand } from '../../command-line.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good } from '../rule.js'
import { feeding } from '../same-function.js'

export default defineRule({
  slug: 'dead-letter-queue-wired-to-same-function',
  group: 'loops',
  title: 'The dead-letter queue calls the same function',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'queue',
  needs: ['deadLetterMappings', 'placement'],
  why: 'A message that the function could not process comes to it again from the dead-letter queue, fails again, and is kept nowhere for anybody to look at.',
  example: {
    bad: {
      deadLetterMappings: [
        { ...exampleMapping, queueArn: 'arn:aws:sqs:eu-central-1:111122223333:orders-dead' },
      ],
    },
    good: { deadLetterMappings: [] },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html',
  ],
  judge: ({ deadLetterMappings, placement }) => {
    const mappings = feeding(deadLetterMappings, placement.function)
    const grounds = { observed: mappings.map(({ uuid }) => uuid), expected: [] }
    return mappings.length === 0
      ? good(`The dead-letter queue does not call function ${placement.function.name}.`, grounds)
      : bad({ mappings, name: placement.function.name }, grounds)
  },
  message: ({ mappings, name }, { queueName }) => {
    const list = mappings.map(({ uuid, state }) => `${uuid}, ${state}`)
    const deadLetterQueue = mappings[0]?.queueArn.split(':').at(-1)
    return `Dead-letter queue ${deadLetterQueue} of queue ${queueName} calls function ${name}, too (mapping ${list.join('; ')}).`
  },
  fix: ({ mappings }, context) => ({
    summary: 'Delete that mapping, or give the queue another dead-letter queue.',
    commands: mappings.map(({ uuid }) => ({ shell: 'posix', text: toolCommand(context, 'unwire', uuid) })),
    automatic: false,
  }),
})
