import { SqsTriggerError } from '../../errors.js'
import type { Operation } from '../events.js'
import type { Session } from '../session.js'
import type { LookSchedule } from './look-schedule.js'

/** What a wait does when AWS answers that it is asked too often. Live state: one for each wait. */
export interface Patience {
  /**
   * Sleeps until the next look, each time longer, and says once that it does.
   * @throws the error itself where it is any other; `givenUp()` where no time is left
   */
  after(error: unknown, leftMs: number, givenUp: () => unknown): Operation<void>
}

/** After the SDK has asked again by itself. */
export const isThrottled = (error: unknown) => error instanceof SqsTriggerError && error.code === 'THROTTLED'

/** Throttling passes by itself, and what is waited for goes on meanwhile: it ends no wait. */
export function createPatience(looks: LookSchedule, { clock, signal }: Session): Patience {
  let told = false
  return {
    async *after(error, leftMs, givenUp) {
      if (!isThrottled(error)) throw error
      if (leftMs <= 0) throw givenUp()
      looks.slowDown()
      if (!told)
        yield { type: 'warning', message: 'AWS is asked too often by this account; looking less often.' }
      told = true
      await clock.sleep(Math.min(looks.next(clock.now()), leftMs), signal)
    },
  }
}
