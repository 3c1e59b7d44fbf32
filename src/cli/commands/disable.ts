import { defineCommand } from '../define-command.js'
import { mappingPositionals } from '../mapping-reference.js'
import { waiting } from '../options/options.js'
import { runUpdate, updateObeys } from '../update-run.js'

export default defineCommand({
  name: 'disable',
  positionals: mappingPositionals,
  summary: 'Switch a mapping off; its settings and messages stay',
  description:
    'Switches the event source mapping off and waits until it is Disabled. Messages stay in the queue until they are as old as its retention period; batches that the function has already are finished.',
  options: { wait: waiting('AWS') },
  obeys: updateObeys,
  examples: [
    { command: 'sqs-trigger disable orders', does: 'asks, then switches it off' },
    { command: 'sqs-trigger disable 7c1d2f0a --yes', does: 'for scripts' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  run: async ({ values, positionals }, context) =>
    runUpdate(
      { positionals, asked: { settings: { enabled: false } }, failOn: 'error', wait: values.wait !== false },
      context,
    ),
})
