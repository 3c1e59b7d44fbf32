import { toolCommand } from '../../command-line.js'
import { exampleMapping } from '../examples/mapping.js'
import { bad, defineRule, good, skip } from '../rule.js'

export default defineRule({
  slug: 'mapping-disabled-with-backlog',
  group: 'audit',
  title: 'The mapping is switched off while messages wait',
  severity: 'warning',
  enforcedByAws: false,
  subject: 'mapping',
  needs: ['existingMapping', 'queue'],
  why: 'A disabled mapping receives nothing. What waits in the queue is deleted when its retention ends.',
  example: {
    bad: {
      existingMapping: { mapping: { ...exampleMapping, state: 'Disabled' } },
      queue: { messages: { visible: 12, inFlight: 0, delayed: 0 } },
    },
    good: { existingMapping: { mapping: exampleMapping } },
  },
  sources: [
    'https://docs.aws.amazon.com/lambda/latest/api/API_UpdateEventSourceMapping.html',
    'https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html',
  ],
  moot: ({ existingMapping }) =>
    existingMapping === null ? 'This queue and function have no mapping.' : undefined,
  judge: ({ existingMapping, queue: { name, messages } }) => {
    if (existingMapping === null) return skip('This queue and function have no mapping.')
    const { uuid, state } = existingMapping.mapping
    const waiting = messages.visible + messages.delayed
    const grounds = { observed: { state, waiting }, expected: 'Enabled, or nothing waiting' }
    if (state !== 'Disabled') return good(`Mapping ${uuid} is ${state}, not Disabled.`, grounds)
    return waiting === 0
      ? good(`Mapping ${uuid} is Disabled, and no message waits in queue ${name}.`, grounds)
      : bad({ uuid, waiting }, grounds)
  },
  message: ({ uuid, waiting }, { queueName }) =>
    waiting === 1
      ? `Mapping ${uuid} is Disabled, and about one message waits in queue ${queueName}.`
      : `Mapping ${uuid} is Disabled, and about ${waiting.toLocaleString('en')} messages wait in queue ${queueName}.`,
  fix: ({ uuid }, context) => ({
    summary: `Switch it on, once no check of function ${context.functionName} fails: it gets them at once.`,
    commands: [{ shell: 'posix', text: toolCommand(context, 'enable', uuid) }],
    automatic: false,
  }),
})
