import { nameIn, type QueueAddress, queueAddress } from '../arn.js'
import { readFunction } from '../aws/lambda-function.js'
import { listFunctionPages, listQueuePages } from '../aws/list-targets.js'
import { readQueue } from '../aws/queue.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import type { CallContext, Operation } from '../operations/events.js'
import { functionHere, queueAt } from '../operations/mapping-ends.js'
import { runPreflight } from '../operations/run-preflight.js'
import { runToEnd } from '../operations/run-to-end.js'
import type { Session } from '../operations/session.js'
import { type Fact, readAsFact } from '../preflight/fact.js'
import type { Finding } from '../preflight/finding.js'
import { resultsInOrder } from './results-in-order.js'

/**
 * Finds which queues and functions of these mappings exist no more; a mapping outlives both. They are looked for in the
 * lists of the account, a call for 1,000 queues or 50 functions, as long as that is cheaper than to read them; what is
 * not listed is read before it is taken for gone. What may not be read is warned of.
 * @returns their ARNs, of functions without an alias: aliases are in no list, and are not looked for
 */
export async function* findGoneEnds(
  mappings: readonly Mapping[],
  context: CallContext,
  { clients, signal }: Session,
  parallel: number,
): Operation<ReadonlySet<string>> {
  const queues = new Map<string, QueueAddress>()
  const functions = new Map<string, ReturnType<typeof functionHere>>()
  for (const { queueArn, functionArn } of mappings) {
    const queue = queueAt(queueArn)
    if (queue !== null) queues.set(queueArn, queue)
    const { qualifier: _, ...called } = functionHere(functionArn, context)
    functions.set(called.unqualifiedArn, { ...called, arn: called.unqualifiedArn })
  }
  await Promise.all([
    strike(queues, listQueuePages(clients, signal), (name) => queueAddress({ ...context, name }).arn),
    strike(functions, listFunctionPages(clients, signal), ({ arn }) => arn),
  ])
  const reads = [
    ...[...queues].map(([arn, address]) => [arn, () => readQueue(clients, address, signal)] as const),
    ...[...functions].map(([arn, address]) => [arn, () => readFunction(clients, address, signal)] as const),
  ]
  const facts = await resultsInOrder(
    reads,
    parallel,
    async ([arn, read]): Promise<readonly [string, Fact<unknown>]> => [
      arn,
      await readAsFact<unknown>(read()),
    ],
  )
  const open = facts.flatMap(([arn, fact]) =>
    fact.state === 'unknown' ? [{ arn, reason: fact.reason }] : [],
  )
  const [first] = open
  if (first) {
    const more = open.length === 1 ? '' : `, and ${open.length - 1} more,`
    const still = open.length === 1 ? 'still exists' : 'still exist'
    yield {
      type: 'warning',
      message: `Whether ${nameIn(first.arn)}${more} ${still} is unknown: ${first.reason}.`,
    }
  }
  return new Set(facts.flatMap(([arn, { state }]) => (state === 'absent' ? [arn] : [])))
}

/** Takes away what a list names. It is left where reading each of them would be cheaper, or where it is refused. */
async function strike<Listed>(
  sought: Map<string, unknown>,
  pages: AsyncIterable<readonly Listed[]>,
  arnOf: (one: Listed) => string,
): Promise<void> {
  let calls = sought.size
  if (calls === 0) return
  try {
    for await (const page of pages) {
      for (const one of page) sought.delete(arnOf(one))
      calls -= 1
      if (calls <= 0 || sought.size === 0) return
    }
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
  }
}

/** What the rules say of a mapping whose queue or function is among the gone; empty: neither is. */
export async function judgeGone(
  { queueArn, functionArn }: Mapping,
  {
    gone,
    context,
    ignore,
    session,
  }: {
    readonly gone: ReadonlySet<string>
    readonly context: CallContext
    readonly ignore: readonly string[]
    readonly session: Session
  },
): Promise<readonly Finding[]> {
  if (!gone.has(queueArn) && !gone.has(functionHere(functionArn, context).unqualifiedArn)) return []
  const only = ['mapping-without-queue', 'mapping-without-function']
  const request = { queue: queueArn, function: functionArn, settings: {}, sendTest: false, ignore, only }
  return (await runToEnd(runPreflight(request, session))).findings
}
