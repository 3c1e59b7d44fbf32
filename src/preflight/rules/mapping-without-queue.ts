import { toolCommand } from '../../command-line.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'mapping-without-queue',
  group: 'audit',
  title: 'A mapping reads from a queue that does not exist',
  severity: 'error',
  enforcedByAws: false,
  yieldsTo: ['queue-not-found'],
  subject: 'mapping',
  needs: ['existingMapping', 'queueExists'],
  why: 'A mapping outlives its queue: it stays Enabled and receives nothing, until somebody deletes it or makes a queue of that name.',
  example: {
    bad: { existingMapping: { mapping: exampleMapping }, queueExists: false },
    good: { existingMapping: { mapping: exampleMapping }, queueExists: true },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_DeleteEventSourceMapping.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html',
  ],
  moot: ({ existingMapping }) =>
    existingMapping === null ? 'This queue and function have no mapping.' : undefined,
  judge: ({ existingMapping, queueExists }, { queueName }) => {
    if (existingMapping === null) return skip('This queue and function have no mapping.')
    const { uuid, state } = existingMapping.mapping
    const grounds = { observed: queueExists, expected: true }
    return queueExists
      ? good(`Queue ${queueName} of mapping ${uuid} exists.`, grounds)
      : bad({ uuid, state }, grounds)
  },
  message: ({ uuid, state }, { queueName }) =>
    `Mapping ${uuid} (${state}) reads from queue ${queueName}, which does not exist.`,
  fix: ({ uuid }, context) => ({
    summary: 'Delete the mapping, or make the queue again.',
    commands: [{ shell: 'posix', text: toolCommand(context, 'unwire', uuid) }],
    automatic: false,
  }),
})
