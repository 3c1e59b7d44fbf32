import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'

export default defineCommand({
  name: 'status',
  positionals: mappingPositionals,
  summary: 'Show one mapping, its settings and its queue',
  description:
    'Shows the state of an event source mapping with the reason that AWS gives, its settings, how many messages wait in the queue and in its dead-letter queue, and where to look in the AWS console.',
  options: {},
  obeys: { input: true },
  examples: [
    { command: 'sqs-trigger status orders', does: 'the mapping of this queue' },
    { command: 'sqs-trigger status orders order-worker', does: 'where the queue has several' },
    { command: 'sqs-trigger status 7c1d2f0a --json', does: 'by the beginning of its UUID' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  run: async ({ positionals }, context) => {
    const reference = await mappingReference(positionals.mapping, context)
    const { readStatus } = await import('../../operations/status.js')
    const session = await context.session()
    return { kind: 'status', status: await context.run(readStatus(reference, positionals.function, session)) }
  },
})
