import { SqsTriggerError } from '../../errors.js'
import type { SendRequest } from '../../operations/requests.js'
import type { CommandContext } from '../command-context.js'
import { defineCommand } from '../define-command.js'
import { messageBody } from '../files/message-body.js'
import { requireAnswers } from '../missing-answers.js'
import type { GlobalValues } from '../options/global-options.js'
import { attributeOption, readAttributes } from '../options/message-attribute.js'
import { integer, text, type Values } from '../options/options.js'
import { proofError, proveOption } from '../proof-bar.js'
import { usageError } from '../usage-error.js'

const options = {
  body: text({
    summary: 'message body; - reads standard input (default: a JSON object with a fresh id)',
    group: 'Message',
    free: true,
  }),
  bodyFile: text({
    summary: 'file whose text is the message body; - reads standard input',
    group: 'Message',
    placeholder: 'path',
    completes: 'file',
  }),
  attribute: attributeOption,
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

/** Pure: what was typed as the request of the operation, with the body that was read. */
export function sendRequest(
  queue: string,
  values: Values<typeof options>,
  { timeout }: GlobalValues,
  body: string | undefined,
): SendRequest {
  const { count = 1, groupId, deduplicationId, prove } = values
  const attributes = readAttributes(values.attribute)
  if (timeout !== undefined && prove === undefined) {
    throw usageError('--timeout is the limit of --prove', 'add --prove, or leave out --timeout')
  }
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
    ...(attributes.length === 0 ? {} : { attributes }),
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
    'Sends one message, or several. With --prove it then looks at the function and the queue, and says what it saw of the first message: strong is the message in the log of the function, medium an invocation without error and the message gone, weak only that it is gone. The function really runs: on a terminal it asks first, and says what will run. Where an event source mapping filters, it says first which messages would be deleted.',
  options,
  obeys: {
    timeout: 'limit of the proof (default: as long as a delivery may take)',
    yes: true,
    input: true,
    dryRun: true,
  },
  needs: { timeout: 'prove' },
  examples: [
    { command: 'sqs-trigger send orders', does: 'one message with a fresh id' },
    { command: `sqs-trigger send orders --body '{"id":42}' --prove`, does: 'and what became of it' },
    { command: 'sqs-trigger send orders --count 25', does: 'a batch' },
    { command: 'sqs-trigger send orders.fifo --group-id customer-7', does: 'into one group of a FIFO queue' },
    { command: 'sqs-trigger send orders --body-file message.json', does: 'the body from a file' },
    {
      command: 'sqs-trigger send orders --attribute tenant=7 --attribute attempts:Number=3',
      does: 'with message attributes',
    },
  ],
  exitCodes: ['NOT_SIGNED_IN', 'NOT_FOUND', 'ACCESS_DENIED', 'CONFLICT', 'NOT_DELIVERED'],
  run: async ({ values, positionals }, context) => {
    const queue = await queueOf(positionals.queue, context)
    // Everything that was typed is read before AWS is asked anything.
    const body = await messageBody(values, context)
    const request = sendRequest(queue, values, context.globals, body)
    const { applySending } = await import('../../operations/send.js')
    const { planSending } = await import('../../operations/send/plan-sending.js')
    const session = await context.session()
    if (context.globals.dryRun) {
      const { sendCalls } = await import('../send-calls.js')
      const plan = await context.run(planSending({ ...request, prove: null }, session))
      const { briefingLines } = await import('../../report/text/send-briefing.js')
      const briefing = briefingLines(plan, 'would')
      return { kind: 'send-plan', briefing, ...sendCalls(plan, session.clients) }
    }
    const plan = await context.run(planSending(request, session))
    const { agreeToSend } = await import('../send-consent.js')
    await agreeToSend(plan, context)
    const sent = await context.run(applySending(plan, session))
    const refused =
      sent.refused.length === 0
        ? undefined
        : refusedError(sent.refused.length, sent.messages.length + sent.refused.length)
    const error = refused ?? proofError(sent.proof, values.prove ?? 'none', queue, context.connection)
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

function refusedError(refused: number, all: number) {
  return new SqsTriggerError('REJECTED_BY_AWS', `SQS refused ${refused} of ${all} messages.`)
}
