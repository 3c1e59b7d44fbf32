import { text as readAll } from 'node:stream/consumers'
import { nextCommand } from '../../command-line.js'
import { SqsTriggerError } from '../../errors.js'
import type { SendRequest } from '../../operations/requests.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import type { GlobalValues } from '../global-options.js'
import { requireAnswers } from '../missing-answers.js'
import { integer, text, type Values } from '../options.js'
import { proofError, proveOption } from '../proof-bar.js'
import { typedLine } from '../typed-line.js'
import { usageError } from '../usage-error.js'

const options = {
  body: text({
    summary: 'message body; - reads standard input (default: a JSON object with a fresh id)',
    group: 'Message',
    free: true,
  }),
  count: integer({ summary: 'how many messages (default 1)', group: 'Message', min: 1, max: 10_000 }),
  groupId: text({
    summary: 'message group (FIFO: a fresh one by default)',
    group: 'Message',
    placeholder: 'id',
  }),
  deduplicationId: text({
    summary: 'deduplication id of one message to a FIFO queue',
    group: 'Message',
    placeholder: 'id',
  }),
  prove: proveOption('look what became of the first message, and fail below this evidence (alone: medium)'),
} as const

/** Pure: what was typed as the request of the operation. `--body -` is left for the command to read. */
export function sendRequest(
  queue: string,
  values: Values<typeof options>,
  { timeout }: GlobalValues,
): SendRequest {
  const { body, count = 1, groupId, deduplicationId, prove } = values
  if (body === '') throw usageError('--body is empty; SQS takes no empty message')
  if (deduplicationId !== undefined && count > 1) {
    throw usageError(
      `--deduplication-id and --count ${count} contradict each other: SQS would drop all but the first`,
    )
  }
  return {
    queue,
    count,
    prove: prove ?? null,
    ...(body === undefined ? {} : { body }),
    ...(groupId === undefined ? {} : { groupId }),
    ...(deduplicationId === undefined ? {} : { deduplicationId }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
  }
}

export default defineCommand({
  name: 'send',
  positionals: { queue: { summary: 'name, URL or ARN of the queue', required: true } },
  summary: 'Send test messages to a queue, and prove what became of them',
  description:
    'Sends one message, or several. With --prove it then looks at the function and the queue, and says what it saw of the first message: strong is the message in the log of the function, medium an invocation without error and the message gone, weak only that it is gone. The function really runs. Where an event source mapping filters, it says first which messages would be deleted.',
  options,
  obeys: {
    timeout: 'limit of the proof (default: as long as a delivery may take)',
    input: true,
    dryRun: true,
  },
  examples: [
    { command: 'sqs-trigger send orders', does: 'one message with a fresh id' },
    { command: `sqs-trigger send orders --body '{"id":42}' --prove`, does: 'and what became of it' },
    { command: 'sqs-trigger send orders --count 25', does: 'a batch' },
    { command: 'sqs-trigger send orders.fifo --group-id customer-7', does: 'into one group of a FIFO queue' },
    { command: 'sqs-trigger send orders --body - < message.json', does: 'the body from a file' },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_DELIVERED'],
  run: async ({ values, positionals }, context) => {
    const queue = await queueOf(positionals.queue, context)
    const request = await withBody(sendRequest(queue, values, context.globals), context)
    const session = await context.session()
    if (context.globals.dryRun) {
      const { sendCalls } = await import('../send-calls.js')
      return { kind: 'send-plan', ...(await sendCalls(request, context, session)) }
    }
    const { sendMessages } = await import('../../operations/send.js')
    const sent = await context.run(sendMessages(request, session))
    const hint = nextCommand(context.connection, 'status', queue)
    const refused =
      sent.refused.length === 0
        ? undefined
        : refusedError(sent.refused.length, sent.messages.length + sent.refused.length)
    const error = refused ?? proofError(sent.proof, values.prove ?? 'none', hint)
    return { kind: 'sent', sent, ...(error ? { error } : {}) }
  },
})

async function queueOf(typed: string | undefined, context: CommandContext): Promise<string> {
  if (typed !== undefined) return typed
  requireAnswers([{ what: 'the queue', given: false, type: '<queue>' }], context)
  context.reporter.pause()
  return context.prompter.ask('Queue (name, URL or ARN):', (answer) =>
    answer.trim() === '' ? 'Type the name, URL or ARN of a queue.' : undefined,
  )
}

async function withBody(request: SendRequest, { host, streams }: CommandContext): Promise<SendRequest> {
  if (request.body !== '-') return request
  if (streams.stdin.isTTY) {
    throw usageError(
      '--body - reads standard input, which is a terminal',
      `${typedLine(host.argv, {})} < message.json`,
    )
  }
  return { ...request, body: await readAll(streams.stdin) }
}

function refusedError(refused: number, all: number) {
  return new SqsTriggerError('REJECTED_BY_AWS', `SQS refused ${refused} of ${all} messages.`)
}
