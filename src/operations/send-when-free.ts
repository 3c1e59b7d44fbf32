import { mayHaveBeenDone } from '../aws/lost-answer.js'
import type { Change } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { Mapping } from '../mapping.js'
import { type SentChange, sendChange } from './apply-change.js'
import type { Operation } from './events.js'
import type { Session } from './session.js'
import { isNotFound } from './wait.js'
import { createLookSchedule } from './waiting/look-schedule.js'
import { createPatience } from './waiting/patience.js'

interface Patience {
  readonly uuid: string
  /** The mapping as it is, where it is updated. */
  readonly of?: Mapping
  /** `deleted`, `changed`: what was not done when it is given up. */
  readonly done: 'deleted' | 'changed'
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** The command that goes on. */
  readonly hint: string
}

/**
 * Sends a change of a mapping. One that is in transition refuses it, and is asked again until the deadline. A deletion
 * whose answer was lost and whose mapping is gone then was ours.
 * @throws SqsTriggerError MAPPING_BUSY when it stays in use, or as AWS answers.
 */
export async function* sendWhenFree(
  change: Change,
  { uuid, of, done, deadline, hint }: Patience,
  session: Session,
): Operation<SentChange> {
  const { clock, signal } = session
  const looks = createLookSchedule(clock.now(), 'called')
  let lost = false
  const inUse = `Event source mapping ${uuid} is in use`
  const patience = createPatience(looks, session)
  const outcome = () =>
    lost ? `It may have been ${done} all the same: an answer of AWS was lost` : `Nothing was ${done}`
  const busy = (error: SqsTriggerError) =>
    new SqsTriggerError('MAPPING_BUSY', `${inUse}. ${outcome()}.`, { hint, cause: error })
  for (let told = false; ; ) {
    try {
      return await sendChange(change, session, undefined, of)
    } catch (error) {
      lost ||= mayHaveBeenDone(error)
      if (lost && done === 'deleted' && isNotFound(error)) return { made: gone(change, uuid), mapping: null }
      const left = deadline - clock.now()
      try {
        if (!isBusy(error)) {
          yield* patience.after(error, left, () => error)
          continue
        }
        if (!told) yield { type: 'warning', message: `${inUse}; asking again until it can be ${done}.` }
        told = true
        if (left <= 0) throw busy(error)
        await clock.sleep(Math.min(looks.next(clock.now()), left), signal)
      } catch (cause) {
        if (!signal.aborted) throw cause
        const code = cause instanceof SqsTriggerError ? cause.code : 'INTERRUPTED'
        throw new SqsTriggerError(code, `${inUse}. Stopped asking. ${outcome()}.`, { hint, cause })
      }
    }
  }
}

const gone = ({ action, type }: Change, id: string) => ({ action, type, id, undo: '' })

/** In transition, or another operation on the same mapping is under way: both pass. */
function isBusy(error: unknown): error is SqsTriggerError {
  return error instanceof SqsTriggerError && (error.code === 'MAPPING_BUSY' || error.code === 'CONFLICT')
}
