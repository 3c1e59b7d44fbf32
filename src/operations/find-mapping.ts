import { nameIn } from '../arn.js'
import { getMapping, listMappingPages } from '../aws/event-source-mapping.js'
import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { shown } from '../shown.js'
import { didYouMean } from '../suggest.js'
import { readContext } from './call-context.js'
import type { CallContext, Operation } from './events.js'
import { callsFunction, functionHere, queueHere } from './mapping-ends.js'
import type { Session } from './session.js'
import { isNotFound } from './wait.js'

export interface FoundMapping {
  readonly context: CallContext
  readonly mapping: Mapping
}

/**
 * Finds one mapping by UUID, by an unambiguous prefix of eight characters or more, or by queue (and function,
 * where the queue has several). Eight hexadecimal digits may be a queue's name, too: then the prefix is tried
 * first. Who calls, and where, is told before anything can be missing there.
 * @throws SqsTriggerError MAPPING_NOT_FOUND, or USAGE when several fit (all are named) or nothing could fit.
 */
export async function* findMapping(
  reference: string,
  functionName: string | undefined,
  session: Session,
): Operation<FoundMapping> {
  const isUuid = functionName === undefined && uuidPattern.test(reference)
  if (functionName === undefined && !isUuid && uuidLike.test(reference)) throw notAUuid(reference)
  const reading = isUuid ? readMapping(reference.toLowerCase(), session) : undefined
  // It is awaited below; until then its failure waits, too.
  reading?.catch(() => {})
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  const mapping = await (reading ?? byName(reference, functionName, context, session))
  const target = { queueArn: mapping.queueArn, functionArn: mapping.functionArn, roleArn: null }
  yield { type: 'target-resolved', target }
  return { context, mapping }
}

async function byName(
  reference: string,
  functionName: string | undefined,
  context: CallContext,
  session: Session,
): Promise<Mapping> {
  if (functionName === undefined && isPrefix(reference)) {
    const found = await byPrefix(reference.toLowerCase(), session)
    if (found) return found
    if (reference.includes('-'))
      throw notFound(`No event source mapping begins with ${shown(reference)}`, context, session)
  }
  return byEnds(reference, functionName, context, session)
}

const uuidPattern = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Parted like a UUID. Nobody names a queue so, and a mistyped UUID should not be looked for as one. */
const uuidLike = /^\w{8}-\w{4}-\w{4}-\w{4}-\w+$/

function notAUuid(text: string): SqsTriggerError {
  return new SqsTriggerError('USAGE', `${shown(text)} is not a UUID, though it looks like one`, {
    hint: 'A UUID is 8-4-4-4-12 hexadecimal digits; its first 8 are enough. `sqs-trigger list` shows them.',
  })
}

/** Eight characters or more that some UUID may begin with. */
function isPrefix(text: string): boolean {
  const sample = '00000000-0000-0000-0000-000000000000'
  return text.length >= 8 && text.length < 36 && uuidPattern.test(text + sample.slice(text.length))
}

/**
 * Reads one mapping; those who may not get it may be allowed to list it.
 * @throws SqsTriggerError MAPPING_NOT_FOUND
 */
export async function readMapping(uuid: string, session: Session): Promise<Mapping> {
  try {
    return await getMapping(session.clients, uuid, session.signal)
  } catch (error) {
    if (isNotFound(error))
      throw notFound(`There is no event source mapping ${uuid} of an SQS queue`, undefined, session)
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    const found = await byPrefix(uuid, session)
    if (found) return found
    throw notFound(`There is no event source mapping ${uuid} of an SQS queue`, undefined, session)
  }
}

async function byPrefix(prefix: string, session: Session): Promise<Mapping | undefined> {
  const fitting = await select({}, (mapping) => mapping.uuid.startsWith(prefix), session)
  return onlyOne(fitting, `${shown(prefix)} is the beginning of ${fitting.length} event source mappings`)
}

async function byEnds(
  reference: string,
  functionName: string | undefined,
  context: CallContext,
  session: Session,
): Promise<Mapping> {
  const queue = queueHere(reference, context)
  const called = functionName === undefined ? undefined : functionHere(functionName, context)
  const fitting = await select(
    { queueArn: queue.arn },
    (mapping) => mapping.queueArn === queue.arn && (!called || callsFunction(mapping, called)),
    session,
  )
  // The function exactly as it was given wins over its other qualifiers.
  const exact = fitting.filter((mapping) => mapping.functionArn === called?.arn)
  const what = called ? `${queue.name} and ${called.name}` : queue.name
  const found = onlyOne(
    exact.length === 1 ? exact : fitting,
    `There are ${fitting.length} event source mappings of ${what}`,
  )
  if (found) return found
  const others = called ? [] : await queuesWithMappings(session)
  throw notFound(
    `There is no event source mapping of ${what}`,
    context,
    session,
    didYouMean(queue.name, others),
  )
}

/** Only to find out which was meant: whoever may not list them has been refused already. */
async function queuesWithMappings(session: Session): Promise<readonly string[]> {
  const mappings = await select({}, () => true, session)
  return [...new Set(mappings.map(({ queueArn }) => nameIn(queueArn)))]
}

async function select(
  filter: { readonly queueArn?: string },
  wanted: (mapping: Mapping) => boolean,
  session: Session,
) {
  const found: Mapping[] = []
  for await (const page of listMappingPages(session.clients, filter, session.signal))
    found.push(...page.filter(wanted))
  return found
}

function onlyOne(fitting: readonly Mapping[], message: string): Mapping | undefined {
  if (fitting.length <= 1) return fitting[0]
  const lines = fitting.slice(0, 10).map(({ uuid, functionArn }) => `${uuid} ${nameIn(functionArn)}`)
  const more = fitting.length > lines.length ? [`and ${fitting.length - lines.length} more`] : []
  throw new SqsTriggerError('USAGE', `${message}; say which one.`, {
    hint: ['Give the UUID, or the function behind the queue:', ...lines, ...more].join('\n'),
  })
}

function notFound(
  message: string,
  context: CallContext | undefined,
  { clients }: Session,
  meant = '',
): SqsTriggerError {
  const where = context ? `account ${context.account}, ` : ''
  return new SqsTriggerError('MAPPING_NOT_FOUND', `${message} in ${where}${clients.region}${meant || '.'}`, {
    hint: toolCommand(clients, 'list'),
  })
}
