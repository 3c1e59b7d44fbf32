/** A timer that can be called off. */
export interface Timer {
  cancel(): void
}

/**
 * The sandbox's time. Everything that waits (states, visibility timeouts, batching windows, handler timeouts)
 * waits on it, so that a test or the control endpoint moves it instead of sleeping.
 */
export interface SandboxClock {
  /** Milliseconds since the epoch. */
  now(): number
  after(ms: number, run: () => void): Timer
  /** Moves the time on, running what falls due in order. */
  advance(ms: number): Promise<void>
}

interface Due {
  readonly at: number
  readonly order: number
  readonly run: () => void
}

/**
 * `running: true` follows the machine's clock and can be pushed ahead of it; `false` stands still until it is
 * moved. A frozen clock starts at `start` (default: now).
 */
export function createClock(options: { readonly running: boolean; readonly start?: number }): SandboxClock {
  const due = new Set<Due>()
  let ahead = 0
  let order = 0
  const base = options.start ?? Date.now()
  const now = () => (options.running ? Date.now() : base) + ahead
  let wake: NodeJS.Timeout | undefined

  const next = () => [...due].sort((a, b) => a.at - b.at || a.order - b.order)[0]

  const runDue = () => {
    for (let first = next(); first && first.at <= now(); first = next()) {
      due.delete(first)
      first.run()
    }
    arm()
  }

  const arm = () => {
    clearTimeout(wake)
    const first = next()
    if (options.running && first) {
      // setTimeout holds at most 2^31-1 ms; a longer wait is armed again when it rings.
      wake = setTimeout(runDue, Math.min(Math.max(0, first.at - now()), 2 ** 31 - 1))
      wake.unref()
    }
  }

  return {
    now,
    after: (ms, run) => {
      const entry: Due = { at: now() + ms, order: order++, run }
      due.add(entry)
      arm()
      return {
        cancel: () => {
          due.delete(entry)
          arm()
        },
      }
    },
    advance: async (ms) => {
      const target = now() + ms
      for (let first = next(); first && first.at <= target; first = next()) {
        ahead += Math.max(0, first.at - now())
        due.delete(first)
        first.run()
        await settleTick()
      }
      ahead += Math.max(0, target - now())
      arm()
    },
  }
}

/** Lets everything that is ready to run do so before the time moves further. */
const settleTick = () => new Promise<void>((resolve) => setImmediate(resolve))
