import type { SandboxClock } from '../clock.js'

export interface Deadline {
  readonly passed: Promise<'passed'>
  cancel(): void
}

/**
 * Passes `ms` of the sandbox's time from now, but not before `grantedMs` of the machine's time (or `ms`, if that is
 * shorter): processes need real time to answer, and moving the clock by a minute must not time out a handler that
 * would have answered in ten milliseconds.
 */
export function deadlineAfter(clock: SandboxClock, ms: number, grantedMs: number): Deadline {
  const began = performance.now()
  let wait: NodeJS.Timeout | undefined
  let cancel = () => {}
  const passed = new Promise<'passed'>((resolve) => {
    const timer = clock.after(ms, () => {
      const owed = Math.min(ms, grantedMs) - (performance.now() - began)
      if (owed <= 0) resolve('passed')
      else wait = setTimeout(() => resolve('passed'), owed)
    })
    cancel = () => {
      timer.cancel()
      clearTimeout(wait)
    }
  })
  return { passed, cancel }
}
