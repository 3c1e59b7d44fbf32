import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { messageBody } from '../message-body.js'
import { choice, text } from '../options.js'
import { usageError } from '../usage-error.js'

export default defineCommand({
  name: 'status',
  positionals: mappingPositionals,
  summary: 'Show one mapping, its settings and its queue',
  description:
    'Shows the state of an event source mapping with the reason that AWS gives, its settings, how many messages wait in the queue and in its dead-letter queue, and where to look in the AWS console. With --probe it also sends one test message through the mapping, after asking on a terminal, and says what it saw of it.',
  options: {
    probe: choice(['strong', 'medium', 'weak'], {
      summary: 'send one test message through it, and fail below this evidence (alone: medium)',
      group: 'Message',
      placeholder: 'strong|medium|weak',
      whenBare: 'medium',
    }),
    body: text({ summary: 'body of the test message; - reads standard input', group: 'Message', free: true }),
  },
  obeys: { input: true, timeout: 'limit of the proof (default: as long as a delivery may take)' },
  examples: [
    { command: 'sqs-trigger status orders', does: 'the mapping of this queue' },
    { command: 'sqs-trigger status orders order-worker', does: 'where the queue has several' },
    { command: 'sqs-trigger status 7c1d2f0a --json', does: 'by the beginning of its UUID' },
    { command: 'sqs-trigger status orders --probe', does: 'and what becomes of a test message' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_DELIVERED'],
  run: async ({ values, positionals }, context) => {
    const { probe } = values
    if (probe === undefined && values.body !== undefined)
      throw usageError('--body is the test message of --probe', 'add --probe, or leave out --body')
    const body = await messageBody(values, context)
    const reference = await mappingReference(positionals.mapping, context)
    const { readStatus } = await import('../../operations/status.js')
    const session = await context.session()
    const status = await context.run(readStatus(reference, positionals.function, session))
    if (probe === undefined) return { kind: 'status', status }
    const { probeMapping } = await import('../status-probe.js')
    const probed = await probeMapping(status, probe, body, context)
    if (probed.probe === null) return { kind: 'status', status, ...probed }
    // The message has changed the counters; what was seen of it is told even where they cannot be read again.
    const after = context.run(readStatus(status.mapping.uuid, undefined, session))
    return { kind: 'status', status: await after.catch(() => status), ...probed }
  },
})
