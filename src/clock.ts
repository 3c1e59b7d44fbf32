import { setTimeout as delay } from 'node:timers/promises'

/** The time, injected so that tests move it instead of waiting. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: async (ms, signal) => {
    try {
      await delay(ms, undefined, { signal })
    } catch {
      // The timer rejects with its own AbortError; the reason is what the caller wants to know.
      throw signal.reason
    }
  },
}
