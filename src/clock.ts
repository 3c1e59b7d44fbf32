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

/**
 * How far the clocks of this machine and of AWS may be apart: AWS takes no signature that is older than five minutes.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html
 */
export const clockSkewMs = 300_000
