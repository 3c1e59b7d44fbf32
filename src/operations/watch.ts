import { readQueue, readQueueCounters } from '../aws/queue.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { untilAborted } from '../until-aborted.js'
import type { Operation, StatusSeen } from './events.js'
import { findMapping, readMapping } from './find-mapping.js'
import { queueAt } from './mapping-ends.js'
import type { WatchRequest } from './requests.js'
import type { Session } from './session.js'
import { isThrottled } from './waiting/patience.js'

/**
 * Looks at a mapping, its queue and its dead-letter queue again and again, until the signal stops it or the mapping is
 * gone. Counters that cannot be read are null.
 * @throws SqsTriggerError MAPPING_NOT_FOUND or USAGE, as `findMapping`; what the signal's reason says.
 */
export async function* watchMapping(request: WatchRequest, session: Session): Operation<never> {
  const { clock, signal } = session
  const { mapping: first } = yield* findMapping(request.mapping, request.functionName, session)
  const started = clock.now()
  let mapping = first
  let last: string | undefined
  for (;;) {
    const queues = await untilAborted(readQueues(mapping.queueArn, session), signal)
    const status: StatusSeen = { time: new Date(clock.now()).toISOString(), mapping, ...queues }
    const { time: _, ...told } = status
    const changed = JSON.stringify(told) !== last
    last = JSON.stringify(told)
    yield { type: 'status-seen', status, changed, elapsedMs: clock.now() - started }
    await clock.sleep(request.intervalMs, signal)
    mapping = (await unlessThrottled(untilAborted(readMapping(mapping.uuid, session), signal))) ?? mapping
  }
}

/** The queue is read whole, because its redrive policy may change, too. */
async function readQueues(
  queueArn: string,
  { clients, signal }: Session,
): Promise<Omit<StatusSeen, 'time' | 'mapping'>> {
  const address = queueAt(queueArn)
  const queue = address && (await orNull(readQueue(clients, address, signal)))
  const deadLetterQueueArn = queue?.redrive?.deadLetterQueueArn ?? null
  const dead = deadLetterQueueArn === null ? null : queueAt(deadLetterQueueArn)
  const deadLetters = dead && (await orNull(readQueueCounters(clients, dead)))
  return { queue: queue?.messages ?? null, deadLetterQueueArn, deadLetters }
}

/** Then it is as it was, until the next look. */
async function unlessThrottled(reading: Promise<Mapping>): Promise<Mapping | null> {
  try {
    return await reading
  } catch (error) {
    if (isThrottled(error)) return null
    throw error
  }
}

/** What is refused, gone, or passes by itself must not end a watch. */
async function orNull<Value>(reading: Promise<Value>): Promise<Value | null> {
  try {
    return await reading
  } catch (error) {
    const told = ['ACCESS_DENIED', 'QUEUE_NOT_FOUND', 'THROTTLED', 'AWS_FAILED', 'ENDPOINT_TIMED_OUT']
    if (error instanceof SqsTriggerError && told.includes(error.code)) return null
    throw error
  }
}
