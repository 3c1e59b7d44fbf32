import type { Change } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import { type SentChange, sendChange } from './apply-change.js'
import type { Operation } from './events.js'
import { createLookSchedule } from './look-schedule.js'
import type { Session } from './session.js'

interface Patience {
  readonly uuid: string
  /** `deleted`, `changed`: what was not done when it is given up. */
  readonly done: 'deleted' | 'changed'
  /** Milliseconds since the epoch. */
  readonly deadline: number
  /** The command that goes on. */
  readonly hint: string
}

/**
 * Sends a change of a mapping. One that is in transition refuses it, and is asked again until the deadline.
 * @throws SqsTriggerError MAPPING_BUSY when it stays in use, or as AWS answers.
 */
export async function* sendWhenFree(
  change: Change,
  { uuid, done, deadline, hint }: Patience,
  session: Session,
): Operation<SentChange> {
  const { clock, signal } = session
  const looks = createLookSchedule(clock.now(), 'called')
  const inUse = `Event source mapping ${uuid} is in use`
  for (let tries = 1; ; tries++) {
    try {
      return await sendChange(change, session)
    } catch (error) {
      if (!isBusy(error)) throw error
    }
    if (tries === 1) yield { type: 'warning', message: `${inUse}; asking again until it can be ${done}.` }
    const left = deadline - clock.now()
    if (left <= 0) throw new SqsTriggerError('MAPPING_BUSY', `${inUse}. Nothing was ${done}.`, { hint })
    try {
      await clock.sleep(Math.min(looks.next(clock.now()), left), signal)
    } catch (cause) {
      const code = cause instanceof SqsTriggerError ? cause.code : 'INTERRUPTED'
      throw new SqsTriggerError(code, `${inUse}. Stopped asking; nothing was ${done}.`, { hint, cause })
    }
  }
}

/** In transition, or another operation on the same mapping is under way: both pass. */
function isBusy(error: unknown): boolean {
  return error instanceof SqsTriggerError && (error.code === 'MAPPING_BUSY' || error.code === 'CONFLICT')
}
