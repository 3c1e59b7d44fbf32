import type { QueueAddress } from '../../arn.js'
import { listMappingPages } from '../../aws/event-source-mapping.js'
import { readFunction } from '../../aws/lambda-function.js'
import { type Queue, readQueue } from '../../aws/queue.js'
import { toolCommand } from '../../command-line.js'
import { type ErrorCode, SqsTriggerError } from '../../errors.js'
import type { Mapping } from '../../mapping.js'
import type { CallContext, QueueCounters } from '../events.js'
import { functionAt } from '../mapping-ends.js'
import { tellsFailures } from '../runs/log-entry.js'
import type { CalledFunction } from '../runs/run-owner.js'
import { meetFilters, takes } from '../send/meet-filters.js'
import type { Session } from '../session.js'
import { type DeadLetters, readDeadLetters } from './dead-letter-evidence.js'

/** A function that reads the queue, with what bears on the proof. */
export interface Consumer extends CalledFunction {
  /** With its alias or version. */
  readonly name: string
  /** An error that it does not catch is sure to be found in its log. */
  readonly tellsFailures: boolean
  readonly mapping: Mapping
}

/** What a delivery can be judged by, read before the message is sent. */
export interface Delivery {
  readonly queue: QueueAddress
  /** null: they could not be read. */
  readonly before: Queue | null
  readonly deadLetterQueue: DeadLetters | null
  readonly consumers: readonly Consumer[]
  /** The mappings that may take the message. */
  readonly mappings: readonly Mapping[]
  /** All of the queue, those that are disabled included; null: they cannot be listed. */
  readonly listed: readonly Mapping[] | null
  /** Why an empty queue would say nothing about the message; null: it would. */
  readonly goneUntellable: string | null
  /** The queue was seen to hold nothing else, and one mapping takes from it. */
  readonly alone: boolean
  /** Filters apply, and keep the message that is looked for, as computed from their patterns. */
  readonly filtersKeep: boolean
  /** A mapping takes partial batch responses: the function may return the message as failed without failing itself. */
  readonly partialResponses: boolean
  /** Delay + batching window + function timeout + 60 s, in milliseconds. */
  readonly deadlineMs: number
}

/**
 * Reads what a proof needs.
 * @param body of the message that is to be proven: the filters are judged by it.
 * @param known the mapping that the message is to go through, where it is known already.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or MAPPING_DISABLED when nothing would take the message; nothing has
 *   been sent then.
 */
export async function readDelivery(
  queue: QueueAddress,
  body: string,
  context: CallContext,
  session: Session,
  known?: Mapping,
): Promise<Delivery> {
  const { clients } = session
  // Whose function is known already need not wait for the list of the others.
  const ahead = known && takes(known) ? readConsumer(known, session) : undefined
  ahead?.catch(() => undefined)
  const [before, listed] = await Promise.all([
    orNull(readQueue(clients, queue), ['ACCESS_DENIED']),
    readMappings(queue, session),
  ])
  if (listed instanceof SqsTriggerError && !known) throw listed
  const mappings = listed instanceof SqsTriggerError ? [] : listed.filter(({ uuid }) => uuid !== known?.uuid)
  const all = known ? [known, ...mappings] : mappings
  // Others may take messages; through this one none would go.
  requireTaker(known && !takes(known) ? [known] : all, queue, session)
  const taking = all.filter(takes)
  const [functions, deadLetterQueue] = await Promise.all([
    Promise.all(taking.map((one) => (one === known && ahead) || readConsumer(one, session))),
    readDeadLetters(before, context, session),
  ])
  const longest = (seconds: readonly number[]) => Math.max(0, ...seconds)
  const window = longest(taking.map(({ batchWindowSeconds }) => batchWindowSeconds))
  const timeout = longest(functions.map(({ timeoutSeconds }) => timeoutSeconds))
  const filters = meetFilters(taking, [body])
  const filtersKeep = filters?.every(({ verdict }) => verdict === 'kept') ?? false
  const mayFilter = filters !== undefined && !filtersKeep
  return {
    queue,
    before,
    deadLetterQueue,
    consumers: functions.map(({ consumer }) => consumer),
    mappings: taking,
    listed: listed instanceof SqsTriggerError ? null : all,
    goneUntellable: whyGoneSaysNothing(queue, before, { taking, mayFilter }, listed, context),
    filtersKeep,
    alone: before !== null && total(before.messages) === 0 && taking.length === 1,
    partialResponses: taking.some(({ reportBatchItemFailures }) => reportBatchItemFailures),
    deadlineMs: ((before?.delaySeconds ?? 0) + window + timeout + marginSeconds) * 1_000,
  }
}

/** For logs and counters to show what has happened already. */
const marginSeconds = 60
/** Where the function's own timeout cannot be read. */
const assumedTimeoutSeconds = 60

async function readMappings(
  queue: QueueAddress,
  { clients, signal }: Session,
): Promise<readonly Mapping[] | SqsTriggerError> {
  const found: Mapping[] = []
  try {
    for await (const page of listMappingPages(clients, { queueArn: queue.arn }, signal)) {
      found.push(...page.filter(({ queueArn, state }) => queueArn === queue.arn && state !== 'Deleting'))
    }
    return found
  } catch (error) {
    if (error instanceof SqsTriggerError && error.code === 'ACCESS_DENIED') return error
    throw error
  }
}

function requireTaker(mappings: readonly Mapping[], queue: QueueAddress, { clients }: Session): void {
  if (mappings.length === 0) {
    throw new SqsTriggerError(
      'MAPPING_NOT_FOUND',
      `No function reads ${queue.name}, so nothing can be proven. Nothing was sent.`,
      {
        hint: toolCommand(clients, 'wire', queue.name, '<function>'),
      },
    )
  }
  const disabled = mappings.every(({ state }) => state === 'Disabled')
  const [first] = mappings
  if (disabled && first) {
    throw new SqsTriggerError(
      'MAPPING_DISABLED',
      `Event source mapping ${first.uuid} of ${queue.name} is Disabled. Nothing was sent.`,
      {
        hint: toolCommand(clients, 'enable', first.uuid),
      },
    )
  }
}

/** The function of a mapping as people call it, with its alias or version. */
export function nameOf({ functionArn }: Mapping): string {
  const { name, qualifier } = functionAt(functionArn)
  return qualifier === undefined ? name : `${name}:${qualifier}`
}

async function readConsumer(mapping: Mapping, { clients }: Session) {
  const handle = functionAt(mapping.functionArn)
  const read = await orNull(readFunction(clients, handle), ['ACCESS_DENIED', 'FUNCTION_NOT_FOUND'])
  const logGroup = read?.logGroup ?? `/aws/lambda/${handle.name}`
  const tells = tellsFailures(read?.runtime)
  const named = { name: nameOf(mapping), handle, version: read?.version, tellsFailures: tells }
  const consumer: Consumer = { ...named, logGroup, mapping }
  return { consumer, timeoutSeconds: read?.timeoutSeconds ?? assumedTimeoutSeconds }
}

function whyGoneSaysNothing(
  queue: QueueAddress,
  before: Queue | null,
  { taking, mayFilter }: { readonly taking: readonly Mapping[]; readonly mayFilter: boolean },
  listed: readonly Mapping[] | SqsTriggerError,
  context: CallContext,
): string | null {
  if (!before) return `${queue.name} cannot be read: sqs:GetQueueAttributes is refused`
  const held = total(before.messages)
  if (held > 0)
    return `${queue.name} held ${held} other ${held === 1 ? 'message' : 'messages'}: on a busy queue nobody can tell whether this one is gone`
  if (taking.length > 1)
    return `${taking.length} mappings read ${queue.name}: any of them may have taken the message`
  if (listed instanceof SqsTriggerError)
    return `other consumers of ${queue.name} cannot be seen: lambda:ListEventSourceMappings is refused`
  if (queue.account !== context.account)
    return `${queue.name} belongs to account ${queue.account}, whose other consumers cannot be seen`
  return mayFilter
    ? 'whether the filters of the mapping keep this message is not certain, and one that they do not keep is deleted unprocessed'
    : null
}

const total = ({ visible, inFlight, delayed }: QueueCounters) => visible + inFlight + delayed

/** A read that helps but is not needed: these errors make it null, any other is thrown. */
async function orNull<Value>(
  reading: Promise<Value>,
  tolerated: readonly ErrorCode[],
): Promise<Value | null> {
  try {
    return await reading
  } catch (error) {
    if (error instanceof SqsTriggerError && tolerated.includes(error.code)) return null
    throw error
  }
}
