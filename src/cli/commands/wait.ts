import { defineCommand } from '../define-command.js'
import { mappingPositionals, mappingReference } from '../mapping-reference.js'
import { choice } from '../options/options.js'

/** Bounds the wait for a state when `--timeout` is not given. */
const usualMs = 120_000

export default defineCommand({
  name: 'wait',
  positionals: mappingPositionals,
  summary: 'Wait for a state of a mapping, or until its queue is empty',
  description:
    'Looks at an event source mapping until it is in the state that is wanted, and says why it is not there yet. Drained is a queue in which nothing has waited, been in flight or delayed for a minute, as far as SQS counts. Ctrl-C stops the waiting, not the mapping.',
  options: {
    for: choice(['enabled', 'disabled', 'deleted', 'drained'], {
      summary: 'what to wait for (default enabled)',
      group: 'Behaviour',
    }),
  },
  obeys: { timeout: 'give up waiting after this time (default 2m)', input: true },
  examples: [
    { command: 'sqs-trigger wait 7c1d2f0a', does: 'until it is enabled' },
    { command: 'sqs-trigger wait orders --for deleted --timeout 5m', does: 'until it is gone' },
    { command: 'sqs-trigger wait orders --for drained --timeout 1h', does: 'until its queue is empty' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'NOT_FINISHED'],
  run: async ({ values, positionals }, context) => {
    const target = values.for ?? 'enabled'
    const reference = await mappingReference(positionals, context)
    const [{ findMapping }, { waitFor }] = await Promise.all([
      import('../../operations/find-mapping.js'),
      import('../../operations/wait.js'),
    ])
    const session = await context.session()
    const { mapping } = await context.run(findMapping(reference, positionals.function, session))
    const timeoutMs = context.globals.timeout ?? usualMs
    if (target === 'drained') {
      const { waitUntilDrained } = await import('../../operations/drain.js')
      return { kind: 'drained', result: await context.run(waitUntilDrained({ mapping, timeoutMs }, session)) }
    }
    const request = { uuid: mapping.uuid, for: target, timeoutMs, seen: mapping }
    return { kind: 'waited', target, result: await context.run(waitFor(request, session)) }
  },
})
