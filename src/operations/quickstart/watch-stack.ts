import { readStackEvents } from '../../aws/stack-life.js'
import { reworded, SqsTriggerError } from '../../errors.js'
import type { StackEvent } from '../../stack.js'
import { untilAborted } from '../../until-aborted.js'
import type { Operation } from '../events.js'
import type { Session } from '../session.js'
import { heldUpMs } from '../waiting/held-up.js'
import { createLookSchedule } from '../waiting/look-schedule.js'
import { createPatience } from '../waiting/patience.js'

export interface StackWatch {
  readonly name: string
  /** The id, or the name where nobody knows the id yet. */
  readonly stack: string
  /** The state with which the operation begins: what was before it is not told. */
  readonly begins: 'CREATE_IN_PROGRESS' | 'DELETE_IN_PROGRESS'
  /** The newest event before it; null: there was none. */
  readonly after: string | null
  readonly timeoutMs: number
  /** The command that goes on where this one stopped. */
  readonly resume: string
}

export interface WatchedStack {
  /** In which the stack came to rest. */
  readonly status: string
  /** Oldest first. */
  readonly events: readonly StackEvent[]
  readonly waitedMs: number
}

/** CloudFormation itself goes on from all others. */
const atRest = /^(?:CREATE|DELETE|ROLLBACK)_(?:COMPLETE|FAILED)$/

/**
 * Tells the events of a stack as they come, until it is at rest. One call a look, at most two a second.
 * @throws SqsTriggerError CONFLICT where somebody deletes what is being made, NOT_FINISHED (the deadline), as AWS answers
 *   a look, or what the signal's reason says, each with the command that goes on.
 */
export async function* watchStack(watch: StackWatch, session: Session): Operation<WatchedStack> {
  const { clients, clock, signal } = session
  const started = clock.now()
  const heldUpBefore = heldUpMs(session)
  const waitedMs = () => clock.now() - started - (heldUpMs(session) - heldUpBefore)
  /** By the times of CloudFormation: whoever comes back later is told what happened when, not when it was read. */
  const sinceFirst = ({ time }: StackEvent) => {
    const ms = Date.parse(time) - Date.parse(told[0]?.time ?? time)
    return Number.isFinite(ms) ? Math.max(0, ms) : waitedMs()
  }
  const looks = createLookSchedule(started, 'called')
  const patience = createPatience(looks, session)
  const told: StackEvent[] = []
  let status = watch.begins.split('_')[0] === 'CREATE' ? 'being made' : 'being deleted'
  yield { type: 'step-started', what: `Waiting for stack ${watch.name}` }
  try {
    for (;;) {
      let fresh: readonly StackEvent[]
      try {
        fresh = await untilAborted(freshEvents(watch, told), signal)
      } catch (error) {
        const left = watch.timeoutMs - waitedMs()
        yield* patience.after(signal.aborted ? error : unseen(error, watch), left, () =>
          notFinished(watch, status),
        )
        continue
      }
      for (const event of fresh) {
        told.push(event)
        if (isOfStack(event)) status = event.status
        yield { type: 'stack-event', event, elapsedMs: sinceFirst(event), timeoutMs: watch.timeoutMs }
      }
      if (atRest.test(status)) return { status, events: told, waitedMs: waitedMs() }
      if (watch.begins === 'CREATE_IN_PROGRESS' && status === 'DELETE_IN_PROGRESS')
        throw deletedMeanwhile(watch)
      const left = watch.timeoutMs - waitedMs()
      if (left <= 0) throw notFinished(watch, status)
      await clock.sleep(Math.min(looks.next(clock.now()), left), signal)
    }
  } catch (error) {
    if (!signal.aborted || (error instanceof SqsTriggerError && error !== signal.reason)) throw error
    const code = signal.reason instanceof SqsTriggerError ? signal.reason.code : 'INTERRUPTED'
    const message = `Stopped waiting after ${inSeconds(waitedMs())}: stack ${watch.name} is ${status}. CloudFormation goes on by itself.`
    throw new SqsTriggerError(code, message, { hint: `continue: ${watch.resume}`, cause: signal.reason })
  }

  /** Oldest first: those since the operation began that were not told yet. */
  async function freshEvents(
    { stack, begins, after }: StackWatch,
    known: readonly StackEvent[],
  ): Promise<readonly StackEvent[]> {
    const last = known.at(-1)?.id
    const isKnown = ({ id }: StackEvent) => id === last || id === after
    const isFirst = (event: StackEvent) => isOfStack(event) && event.status === begins
    const read = await readStackEvents(clients, stack, (event) => isKnown(event) || isFirst(event))
    const end = read.at(-1)
    // Without the event that it begins with, all of this happened before.
    if (end === undefined || (last === undefined && !isFirst(end))) return []
    return read.filter((event) => !isKnown(event)).toReversed()
  }
}

/** A stack is a resource of itself; a nested one would be called otherwise. */
export const isOfStack = ({ resourceType, physicalId, resource }: StackEvent) =>
  resourceType === 'AWS::CloudFormation::Stack' && physicalId?.includes(`/${resource}/`) === true

function notFinished({ name, timeoutMs, resume }: StackWatch, status: string): SqsTriggerError {
  const message = `Stack ${name} is ${status} after ${inSeconds(timeoutMs)}. CloudFormation goes on by itself.`
  return new SqsTriggerError('NOT_FINISHED', message, { hint: resume })
}

/** The look failed, and not the stack. */
function unseen(error: unknown, { name, resume }: StackWatch): unknown {
  if (!(error instanceof SqsTriggerError)) return error
  const message = `${error.message} CloudFormation goes on with stack ${name} by itself.`
  const hint = [...(error.hint === undefined ? [] : [error.hint]), `continue: ${resume}`].join('\n')
  return reworded(error, { message, hint }, error)
}

function deletedMeanwhile({ name, resume }: StackWatch): SqsTriggerError {
  const message = `Somebody deletes stack ${name} while it is being made.`
  return new SqsTriggerError('CONFLICT', message, { hint: `Once it is gone: ${resume}` })
}

const inSeconds = (ms: number) => `${Math.round(ms / 100) / 10} s`
