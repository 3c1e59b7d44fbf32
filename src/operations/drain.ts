import { nameIn } from '../arn.js'
import { readQueueCounters } from '../aws/queue.js'
import { toolCommand } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { isOff } from '../mapping-update.js'
import { untilAborted } from '../until-aborted.js'
import type { Operation, QueueCounters } from './events.js'
import { queueAt } from './mapping-ends.js'
import type { DrainResult } from './mapping-results.js'
import type { DrainRequest } from './requests.js'
import type { Session } from './session.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createPatience } from './waiting/patience.js'

/**
 * SQS's counters need a minute to settle after the last message was sent.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html
 */
const quietMs = 60_000

/**
 * Looks at the queue of a mapping until nothing has waited, been in flight or delayed for a minute. A queue into which
 * somebody goes on sending is never drained.
 * @throws SqsTriggerError MAPPING_STATE where messages wait and nothing takes them, NOT_FINISHED, as AWS answers, or
 *   what the signal's reason says; each with how to go on.
 */
export async function* waitUntilDrained(
  { mapping, timeoutMs }: DrainRequest,
  session: Session,
): Operation<DrainResult> {
  const { clients, clock, signal } = session
  const address = queueAt(mapping.queueArn)
  if (address === null) throw new SqsTriggerError('USAGE', `${mapping.queueArn} is no queue.`)
  const resume = toolCommand(clients, 'wait', mapping.uuid, '--for', 'drained')
  const started = clock.now()
  const looks = createLookSchedule(started, 'called')
  const patience = createPatience(looks, session)
  const left = () => started + timeoutMs - clock.now()
  let emptySince: number | null = null
  let last: QueueCounters | undefined
  try {
    for (;;) {
      let counters: QueueCounters
      try {
        counters = await untilAborted(readQueueCounters(clients, address), signal)
      } catch (error) {
        yield* patience.after(error, left(), () => notDrained(address.name, last, { timeoutMs, resume }))
        continue
      }
      const elapsedMs = clock.now() - started
      yield { type: 'queue-counters', queueArn: mapping.queueArn, counters, elapsedMs, timeoutMs }
      last = counters
      if (isEmpty(counters)) {
        emptySince ??= clock.now()
        if (clock.now() - emptySince >= quietMs) return { mapping, counters, waitedMs: elapsedMs }
      } else {
        emptySince = null
        if (isOff(mapping)) throw nothingTakesThem(mapping, counters, session)
      }
      if (left() <= 0) throw notDrained(address.name, counters, { timeoutMs, resume })
      await clock.sleep(Math.min(looks.next(clock.now()), left()), signal)
    }
  } catch (error) {
    if (!signal.aborted) throw error
    const { reason } = signal
    const code = reason instanceof SqsTriggerError ? reason.code : 'INTERRUPTED'
    const seen = last === undefined ? '' : ` Queue ${address.name} was last seen with ${told(last)}.`
    throw new SqsTriggerError(code, `Stopped waiting.${seen}`, {
      hint: `continue: ${resume}`,
      cause: reason,
    })
  }
}

const isEmpty = ({ visible, inFlight, delayed }: QueueCounters) => visible + inFlight + delayed === 0

const told = ({ visible, inFlight, delayed }: QueueCounters) =>
  `about ${visible} waiting, ${inFlight} in flight and ${delayed} delayed`

function notDrained(
  name: string,
  counters: QueueCounters | undefined,
  { timeoutMs, resume }: { readonly timeoutMs: number; readonly resume: string },
): SqsTriggerError {
  const seconds = Math.round(timeoutMs / 1_000)
  return new SqsTriggerError('NOT_FINISHED', `Queue ${name} ${stateOf(counters)}. Waited ${seconds} s.`, {
    hint: resume,
  })
}

function stateOf(counters: QueueCounters | undefined): string {
  if (counters === undefined) return 'cannot be seen yet'
  return isEmpty(counters) ? 'is empty now, but not for a minute yet' : `still holds ${told(counters)}`
}

function nothingTakesThem({ uuid, queueArn, state }: Mapping, counters: QueueCounters, { clients }: Session) {
  const name = nameIn(queueArn)
  return new SqsTriggerError(
    'MAPPING_STATE',
    `Queue ${name} holds ${told(counters)}, and its mapping is ${state}: it will not become empty.`,
    { hint: toolCommand(clients, 'enable', uuid) },
  )
}
