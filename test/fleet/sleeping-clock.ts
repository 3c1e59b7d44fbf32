import type { Clock } from '../../src/clock.js'

/** Sleepers wake in the order of their times; the time is where the last one woke. */
export function sleepingClock(): Clock & { run(): Promise<void> } {
  let time = 0
  const sleepers: { readonly at: number; readonly wake: () => void }[] = []
  /** A call takes a few turns from its waking to its sending. */
  const settle = async () => {
    for (let turns = 0; turns < 4; turns++) await new Promise((resolve) => setImmediate(resolve))
  }
  return {
    now: () => time,
    sleep: (ms) => new Promise((wake) => sleepers.push({ at: time + ms, wake })),
    run: async () => {
      await settle()
      while (sleepers.length > 0) {
        sleepers.sort((a, b) => a.at - b.at)
        const next = sleepers.shift()
        time = Math.max(time, next?.at ?? 0)
        next?.wake()
        await settle()
      }
    },
  }
}
