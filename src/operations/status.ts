import { readMappingTags } from '../aws/event-source-mapping.js'
import { readQueue, readQueueCounters } from '../aws/queue.js'
import { readQueueTags } from '../aws/stack-tags.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { untilAborted } from '../until-aborted.js'
import { begun } from './begun.js'
import { consoleLinks } from './console-links.js'
import type { Operation } from './events.js'
import { findMapping } from './find-mapping.js'
import { queueAt } from './mapping-ends.js'
import type { StatusOptions } from './requests.js'
import type { QueueStatus, StatusResult } from './results.js'
import { readLastRun } from './runs/last-run.js'
import { readLogGroup } from './runs/log-group.js'
import type { Session } from './session.js'
import { judgeMapping } from './status/checks.js'
import { readStatusMetrics } from './status/metrics.js'

/**
 * Reads one mapping, the counters of its queue and dead-letter queue, and where to look in the console; with `checks`
 * also judges what is wrong with it now. What cannot be read is said; only the mapping itself is needed.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`.
 */
export async function* readStatus(
  reference: string,
  functionName: string | undefined,
  session: Session,
  options: StatusOptions = {},
): Operation<StatusResult> {
  const { context, mapping } = yield* findMapping(reference, functionName, session)
  const checks = options.checks ? begun(judgeMapping(mapping, session)) : null
  const mainQueue = readMainQueue(mapping.queueArn, session)
  const log = readLogGroup(mapping.functionArn, session)
  const reading = [
    mainQueue,
    mainQueue.then(({ redrive }) => redrive && readCounters(redrive.deadLetterQueueArn, session)),
    log,
    readTags(mapping.queueArn, session),
    readOwnTags(mapping, session),
    options.metrics ? readStatusMetrics(mapping, session) : null,
    options.checks ? readLastRun(mapping.functionArn, session, log) : null,
  ] as const
  const [queue, deadLetterQueue, called, queueTags, mappingTags, metrics, lastRun] = await untilAborted(
    Promise.all(reading),
    session.signal,
  )
  if (called.unreadable) yield { type: 'warning', message: called.unreadable }
  const findings = checks && (yield* checks)
  return {
    context,
    mapping,
    queue: queue.status,
    deadLetterQueue,
    maxReceiveCount: queue.redrive?.maxReceiveCount ?? null,
    logGroup: called.logGroup,
    links: consoleLinks(mapping, called.logGroup, context),
    queueTags,
    mappingTags,
    findings,
    lastRun,
    metrics,
  }
}

async function readMainQueue(queueArn: string, { clients }: Session) {
  const address = queueAt(queueArn)
  const read = address ? await readable(readQueue(clients, address)) : noArn
  const counters = read.unreadable === null ? read.value.messages : null
  const redrive = read.unreadable === null ? read.value.redrive : null
  return { status: { queueArn, counters, unreadable: read.unreadable }, redrive }
}

async function readCounters(queueArn: string, { clients }: Session): Promise<QueueStatus> {
  const address = queueAt(queueArn)
  const read = address ? await readable(readQueueCounters(clients, address)) : noArn
  return { queueArn, counters: read.unreadable === null ? read.value : null, unreadable: read.unreadable }
}

async function readTags(queueArn: string, { clients }: Session) {
  const address = queueAt(queueArn)
  const read = address ? await readable(readQueueTags(clients, address)) : noArn
  return read.unreadable === null ? read.value : null
}

async function readOwnTags({ arn }: Mapping, { clients, signal }: Session) {
  if (arn === undefined) return null
  const read = await readable(readMappingTags(clients, arn, signal))
  return read.unreadable === null ? read.value : null
}

/** A redrive policy may hold any text. */
const noArn = { unreadable: 'It is not named by an ARN.' } as const

type Readable<Value> = { readonly value: Value; readonly unreadable: null } | { readonly unreadable: string }

/** What is gone or refused is part of the answer; anything else is an error. */
async function readable<Value>(reading: Promise<Value>): Promise<Readable<Value>> {
  try {
    return { value: await reading, unreadable: null }
  } catch (error) {
    const told = ['ACCESS_DENIED', 'QUEUE_NOT_FOUND', 'MAPPING_NOT_FOUND']
    if (error instanceof SqsTriggerError && told.includes(error.code)) return { unreadable: error.message }
    throw error
  }
}
