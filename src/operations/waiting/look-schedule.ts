/**
 * When to look next while waiting for AWS. The first looks come quickly, because a mapping may be ready at once;
 * then they slow down to one every five seconds. No three looks fall within one second, so that an API is never
 * asked more than twice a second.
 */
export interface LookSchedule {
  /** Milliseconds to wait from `now` until the next look. Call it once a look. */
  next(now: number): number
  /** AWS is asked too often: from now on five seconds apart at least, then ten, then twenty. */
  slowDown(): void
}

/** @param started when the first look was made, in milliseconds since the epoch. */
export function createLookSchedule(started: number, firstLook: 'called' | 'free'): LookSchedule {
  let planned = started
  let calls: readonly number[] = firstLook === 'called' ? [started] : []
  let leastMs = 0
  return {
    slowDown() {
      leastMs = Math.min(20_000, Math.max(5_000, leastMs * 2))
    },
    next(now) {
      // A look that took long is not made up for.
      const gap = Math.max(leastMs, calls.length === 0 ? firstGapMs : gapAfter(planned - started))
      planned = Math.max(now, planned + gap)
      const [secondLast, last] = calls
      const free = last === undefined || secondLast === undefined ? now : secondLast + 1_000
      const at = Math.max(planned, free)
      calls = [...calls.slice(-1), at]
      return at - now
    },
  }
}

/** A function that is warm has handled a message by then. */
const firstGapMs = 100

function gapAfter(elapsedMs: number): number {
  if (elapsedMs < 500) return 250
  if (elapsedMs < 1_000) return 500
  if (elapsedMs < 5_000) return 1_000
  return elapsedMs < 25_000 ? 2_000 : 5_000
}
