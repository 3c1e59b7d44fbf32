import { randomUUID } from 'node:crypto'
import { nextCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { testMessageBody } from '../message-body.js'
import { consoleLinks } from '../operations/console-links.js'
import type { CallContext, Proof } from '../operations/events.js'
import type { ConsoleLinks, WirePlan } from '../operations/results.js'
import type { Session } from '../operations/session.js'
import type { PlannedWiring } from '../operations/wire.js'
import type { RepairTold, Suggestion } from '../report/outcome.js'
import { retention } from '../report/text/retention.js'
import { typedName } from '../report/text/sentences.js'
import type { CommandContext } from './command-context.js'
import type { ConnectionChoices } from './connection.js'
import type { WireValues } from './options/wire-values.js'
import { usageError } from './usage-error.js'

/**
 * A script that sends into a queue without a dead-letter queue has to say that it knows: a message that the
 * function rejects comes back until the queue forgets it.
 * @param repairs what was to be mended before: where a dead-letter queue was asked for and could not be made, nothing
 *   that was typed is wrong.
 * @throws SqsTriggerError USAGE, nothing was changed; FIX_REFUSED
 */
export function checkTestMessage(
  { facts: { queue } }: PlannedWiring,
  { sendTest, body, acceptRetries }: WireValues,
  context: CommandContext,
  repairs: readonly RepairTold[] = [],
): void {
  if (!sendTest || body !== undefined || acceptRetries || mayAsk(context)) return
  if (queue.state !== 'known' || queue.value.redrive !== null) return
  const returns = retention(queue.value.retentionSeconds)
  const refused = repairs.find(({ repair }) => repair.rules.includes('no-dead-letter-queue'))?.repair.refusal
  if (refused) {
    const what = `No test message is sent: one that the function rejects would come back for ${returns}, because the queue got no dead-letter queue.`
    throw new SqsTriggerError('FIX_REFUSED', `${what} ${refused}`, {
      hint: 'Run the same command again, or add --accept-retries.',
    })
  }
  throw usageError(
    `the queue has no dead-letter queue: a test message that the function rejects comes back for ${returns}`,
    'add --dead-letter-queue, which makes one, or --body with a message that the function knows how to take, or --accept-retries',
  )
}

/**
 * Whether a test message is to be sent: on request, or after a question on a terminal. `--send-test` is the answer to
 * that question, unless a message that is rejected would come back, of which `--accept-retries` and `--body` know.
 */
export async function wantsTestMessage(
  { facts: { queue, mappings }, existing, settings }: PlannedWiring,
  { sendTest, startDisabled, wait, acceptRetries, body }: WireValues,
  context: CommandContext,
  question?: string,
): Promise<boolean> {
  if (!mayAsk(context) || startDisabled || wait === false) return sendTest
  if (!sendTest && body === undefined && (await isFiltered(settings.filters ?? existing?.filters))) {
    context.reporter.note(
      'No test message is offered: the filters delete it before the function sees it. `sqs-trigger send --prove --body-file` sends one that they keep.',
    )
    return false
  }
  const known = queue.state === 'known' ? queue.value : null
  const returnsFor = known?.redrive === null ? retention(known.retentionSeconds) : null
  if (sendTest && (returnsFor === null || acceptRetries || body !== undefined)) return true
  const { askTestMessage } = await import('../wizard/ask-test-message.js')
  context.reporter.pause()
  const others =
    mappings.state === 'known' ? mappings.value.filter(({ uuid }) => uuid !== existing?.uuid) : null
  const told = {
    waiting: known?.messages.visible ?? null,
    otherConsumers: others?.length ?? null,
    returnsFor,
  }
  return askTestMessage(told, sendTest, context.prompter, context.reporter.note, question)
}

/** Whether the filters delete the message that is sent where no body is given. */
async function isFiltered(filters: readonly string[] = []): Promise<boolean> {
  if (filters.length === 0) return false
  const { judgeMessage } = await import('../filter/judge-message.js')
  return judgeMessage(filters, { body: testMessageBody(randomUUID()) }).verdict === 'deleted'
}

const mayAsk = ({ prompter, globals }: CommandContext) => prompter.interactive && !globals.yes

/** Sends it, and returns what was seen of it. */
export async function sendTestMessage(
  mapping: Mapping,
  caller: CallContext,
  { body, prove = 'medium' }: WireValues,
  session: Session,
  { run, globals }: Pick<CommandContext, 'run' | 'globals'>,
): Promise<Proof | null> {
  const request = {
    queue: mapping.queueArn,
    count: 1,
    prove,
    ...(body === undefined ? {} : { body }),
    ...(globals.timeout === undefined ? {} : { timeoutMs: globals.timeout }),
  }
  const { sendMessages } = await import('../operations/send.js')
  return (await run(sendMessages(request, session, { mapping, context: caller }))).proof
}

export interface NextSteps {
  readonly links: ConsoleLinks | null
  readonly next: readonly Suggestion[]
}

/** Where to look now, and what to type: in this shell, so that what its environment says need not be repeated. */
export async function nextSteps(
  plan: WirePlan & Partial<Pick<PlannedWiring, 'facts'>>,
  mapping: Mapping,
  proof: Proof | null,
  connection: ConnectionChoices,
): Promise<NextSteps> {
  const known = plan.facts?.lambdaFunction
  const name = /:function:([^:]+)/.exec(mapping.functionArn)?.[1] ?? mapping.functionArn
  const logGroup = known?.state === 'known' ? known.value.logGroup : `/aws/lambda/${name}`
  const queue = typedName(mapping.queueArn, plan.context.account)
  const look = { command: nextCommand(connection, 'status', mapping.uuid), does: 'look at it' }
  const undo = { command: nextCommand(connection, 'unwire', mapping.uuid), does: 'undo' }
  const filtered = await isFiltered(mapping.filters)
  const test = {
    command: nextCommand(
      connection,
      'send',
      queue,
      '--prove',
      ...(filtered ? ['--body-file', 'message.json'] : []),
    ),
    does: filtered ? 'send a test message that the filters keep' : 'send a test message',
  }
  return {
    links: consoleLinks(mapping, logGroup, plan.context),
    next: proof === null && mapping.state === 'Enabled' ? [look, test, undo] : [look, undo],
  }
}
