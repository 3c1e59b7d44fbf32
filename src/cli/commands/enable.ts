import { defineCommand } from '../define-command.js'
import { mappingPositionals } from '../mapping-reference.js'
import { waiting } from '../options/options.js'
import { runUpdate, updateObeys } from '../update-run.js'

export default defineCommand({
  name: 'enable',
  positionals: mappingPositionals,
  summary: 'Switch a mapping on, and wait until it polls',
  description:
    'Checks queue, function and role as before a creation, because AWS looks at them again; then switches the event source mapping on and waits until it is Enabled. What waits in the queue is delivered at once.',
  options: { wait: waiting('AWS') },
  obeys: updateObeys,
  examples: [
    { command: 'sqs-trigger enable orders', does: 'asks, then switches it on' },
    { command: 'sqs-trigger enable 7c1d2f0a --yes', does: 'for scripts' },
  ],
  exitCodes: ['CHECKS_FAILED', 'NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_FINISHED'],
  run: async ({ values, positionals }, context) =>
    runUpdate(
      { positionals, asked: { settings: { enabled: true } }, failOn: 'error', wait: values.wait !== false },
      context,
    ),
})
