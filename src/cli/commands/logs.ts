import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { duration, flag, text } from '../options/options.js'
import { usageError } from '../usage-error.js'

const usualMs = 10 * 60_000

export default defineCommand({
  name: 'logs',
  positionals: mappingPositionals,
  summary: 'Show the log of the function behind a mapping',
  description:
    'Shows what the function wrote, wherever it writes it, with the lines of Lambda around it. With --message or --request only the runs that are meant. --follow goes on until Ctrl-C.',
  options: {
    since: duration({
      summary: 'how far back to begin, such as 30m or 2h (default 10m)',
      group: 'Selection',
      needsUnit: true,
    }),
    message: text({
      summary: 'only runs in whose log this message id stands',
      group: 'Selection',
      placeholder: 'id',
    }),
    request: text({ summary: 'only this run of the function', group: 'Selection', placeholder: 'id' }),
    follow: flag({ summary: 'go on with what comes', group: 'Behaviour' }),
  },
  obeys: { input: true },
  endless: 'follow',
  examples: [
    { command: 'sqs-trigger logs orders', does: 'the last ten minutes' },
    { command: 'sqs-trigger logs orders --follow', does: 'until Ctrl-C' },
    {
      command: 'sqs-trigger logs orders --message 5f0e8c1a-7d33-4d4f-9a55-0d3b8f1c2e77',
      does: 'what became of one message',
    },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED'],
  formats: ['text', 'json', 'ndjson'],
  run: async ({ values, positionals }, context) => {
    const { since = usualMs, message, request, follow } = values
    const { json, output, query } = context.globals
    if (follow && (json || output === 'json' || query !== undefined)) {
      throw usageError('--follow never ends, and a JSON document has an end', 'give --output ndjson with it')
    }
    const mapping = await mappingReference(positionals, context)
    const { readLogs } = await import('../../operations/logs.js')
    const session = await context.session()
    const asked = {
      mapping,
      lastMs: since,
      follow,
      ...(positionals.function === undefined ? {} : { functionName: positionals.function }),
      ...(message === undefined ? {} : { messageId: message }),
      ...(request === undefined ? {} : { requestId: request }),
    }
    return { kind: 'logs', log: await context.run(readLogs(asked, session)), asked }
  },
})
