import { getMapping } from '../aws/event-source-mapping.js'
import { readStack } from '../aws/stack-life.js'
import { quickstartName, removeStackCommand, stackWords, toolCommand } from '../command-line.js'
import { reworded, SqsTriggerError } from '../errors.js'
import type { Stack } from '../stack.js'
import { untilAborted } from '../until-aborted.js'
import { applyChange } from './apply-change.js'
import { readContext } from './call-context.js'
import { consoleLinks } from './console-links.js'
import type { Operation } from './events.js'
import { conflictOf } from './quickstart/conflict.js'
import type {
  QuickstartApply,
  QuickstartPlan,
  QuickstartRequest,
  QuickstartResult,
} from './quickstart/results.js'
import { creationFailed } from './quickstart/stack-failure.js'
import {
  describeOptions,
  optionsIn,
  type QuickstartOptions,
  quickstartTemplate,
} from './quickstart/template.js'
import { watchStack } from './quickstart/watch-stack.js'
import type { SendResult } from './results.js'
import { sendMessages } from './send.js'
import type { Session } from './session.js'

/** CloudFormation takes a minute or two for it. */
const defaultTimeoutMs = 600_000

/** A phone number is told nowhere. */
const hidden = '****'

/** CloudFormation keeps no more. https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const longestDescription = 1_024

/**
 * What it takes to make a queue, its dead-letter queue, a function and the mapping between them from nothing, as one
 * stack; changes nothing.
 * @throws SqsTriggerError USAGE for tags that cannot be kept, or as AWS answers.
 */
export async function* planQuickstart(
  request: QuickstartRequest,
  session: Session,
): Operation<QuickstartPlan> {
  const { name = quickstartName, fifo = false, sms = false, tags = {} } = request
  const wanted: QuickstartOptions = { fifo, sms, tags }
  if (Buffer.byteLength(describeOptions(wanted)) > longestDescription) {
    const message =
      'The tags are too long together: CloudFormation keeps them in the description of the stack.'
    throw new SqsTriggerError('USAGE', message, { hint: 'Give fewer of them, or shorter ones.' })
  }
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  const stack = await untilAborted(readStack(session.clients, name), session.signal)
  const existing = stack && optionsIn(stack.description)
  const options = existing ?? wanted
  const template = quickstartTemplate(options)
  const create = {
    action: 'create',
    type: 'stack',
    iamAction: 'cloudformation:CreateStack',
    name,
    template: JSON.stringify(template),
    parameters: sms ? { PhoneNumber: hidden } : {},
  } as const
  const obstacle = stack && conflictOf(stack, existing, request, session)
  const running = stack !== null && /^(?:CREATE|ROLLBACK)_IN_PROGRESS$/.test(stack.status)
  const changes = stack === null ? [create] : []
  if (changes.length > 0) yield { type: 'planned', changes }
  return {
    context,
    name,
    options,
    stack: stack && { id: stack.id, status: stack.status },
    resources: resourcesOf(template),
    changes,
    outcome: stack === null ? 'create' : obstacle ? 'conflict' : running ? 'resume' : 'unchanged',
    obstacle,
    // Each message is a text message that is paid for.
    batches: options.sms ? [1, 2] : [1, 5],
  }
}

const resourcesOf = ({ Resources }: ReturnType<typeof quickstartTemplate>) =>
  // The template is ours: each of its resources has a type.
  Object.entries(Resources as Readonly<Record<string, { readonly Type: string }>>).map(
    ([resource, { Type: resourceType }]) => ({ resource, resourceType }),
  )

/**
 * Makes the stack of a plan or goes on waiting for it, tells its events, then sends one message and a batch and gathers
 * the proof of each. Of a stack that is there already nothing is changed, and nothing is sent.
 * @throws SqsTriggerError what stands in the way; ACCESS_DENIED or REJECTED_BY_AWS with the first reason where a resource
 *   could not be made; NOT_FINISHED, or as AWS answers.
 */
export async function* applyQuickstart(
  plan: QuickstartPlan,
  { phoneNumber, sendTest = true, timeoutMs }: QuickstartApply,
  session: Session,
): Operation<QuickstartResult> {
  if (plan.obstacle !== null) throw plan.obstacle
  const { name } = plan
  for (const change of plan.changes) {
    const made = await applyChange(withNumber(change, phoneNumber), session)
    yield { type: 'change-applied', change, made }
  }
  if (plan.outcome === 'unchanged') return resultOf(plan, 'unchanged', await finished(plan, session), session)
  const watch = {
    name,
    stack: plan.stack?.id ?? name,
    begins: 'CREATE_IN_PROGRESS' as const,
    after: null,
    timeoutMs: timeoutMs ?? defaultTimeoutMs,
    resume: toolCommand(session.clients, 'quickstart', ...stackWords(name)),
  }
  const watched = yield* watchStack(watch, session)
  if (watched.status !== 'CREATE_COMPLETE') throw creationFailed(watched, name, session)
  try {
    const stack = await finished(plan, session)
    const result = await resultOf(plan, 'created', stack, session)
    const { queueArn, functionArn } = result
    yield { type: 'target-resolved', target: { queueArn, functionArn, roleArn: null } }
    const sent = sendTest ? yield* sendTests(plan, result, timeoutMs, session) : []
    return { ...result, sent, events: watched.events, waitedMs: watched.waitedMs }
  } catch (error) {
    throw afterCreation(error, name, session)
  }
}

const withNumber = (change: QuickstartPlan['changes'][number], phoneNumber: string | undefined) =>
  change.type === 'stack' && change.action === 'create' && 'PhoneNumber' in change.parameters
    ? { ...change, parameters: { PhoneNumber: phoneNumber ?? '' } }
    : change

async function* sendTests(
  plan: QuickstartPlan,
  { mappingId, queueArn }: QuickstartResult,
  timeoutMs: number | undefined,
  session: Session,
): Operation<readonly SendResult[]> {
  const limit = timeoutMs === undefined ? {} : { timeoutMs }
  const mapping = await untilAborted(getMapping(session.clients, mappingId, session.signal), session.signal)
  const sent: SendResult[] = []
  for (const count of plan.batches) {
    const what = count === 1 ? 'Sending one message' : `Sending a batch of ${count} messages`
    yield { type: 'step-started', what }
    const request = { queue: queueArn, count, prove: 'strong', ...limit } as const
    sent.push(yield* sendMessages(request, session, { mapping, context: plan.context }))
  }
  return sent
}

async function finished({ name, stack }: QuickstartPlan, session: Session): Promise<Stack> {
  const found = await untilAborted(readStack(session.clients, stack?.id ?? name), session.signal)
  if (found) return found
  throw new SqsTriggerError('CONFLICT', `Stack ${name} is gone: somebody deleted it.`)
}

async function resultOf(
  { context }: QuickstartPlan,
  outcome: QuickstartResult['outcome'],
  { id, status, outputs }: Stack,
  session: Session,
): Promise<QuickstartResult> {
  const { QueueUrl = '', QueueArn = '', DeadLetterQueueArn = '', FunctionArn = '' } = outputs
  const { MappingId = '', LogGroupName = '' } = outputs
  const mapping = { queueArn: QueueArn, functionArn: FunctionArn }
  return {
    outcome,
    stack: { id, status },
    queueUrl: QueueUrl,
    ...mapping,
    deadLetterQueueArn: DeadLetterQueueArn,
    mappingId: MappingId,
    logGroup: LogGroupName,
    events: [],
    sent: [],
    links: consoleLinks(mapping, LogGroupName, { ...context, endpoint: session.clients.endpoint }),
    waitedMs: 0,
  }
}

/** Whatever went wrong afterwards: the stack is there, and costs what its owner does with it. */
function afterCreation(error: unknown, name: string, { clients, signal }: Session): unknown {
  const cause = signal.aborted && !(error instanceof SqsTriggerError) ? signal.reason : error
  if (!(cause instanceof SqsTriggerError)) return error
  const remove = `remove: ${removeStackCommand(clients, name)}`
  const hint = cause.hint === undefined ? remove : `${cause.hint}\n${remove}`
  const message = `${cause.message} Stack ${name} is complete, and stays.`
  return reworded(cause, { message, hint }, cause)
}
