/** Counts what is under way: requests, invocations, deliveries. */
export interface Activity {
  /** Call it when something starts; call what it returns, once, when that is over. */
  begin(): () => void
  /** Resolves when nothing is under way and nothing started by what has just ended. */
  idle(): Promise<void>
}

export function createActivity(): Activity {
  let underWay = 0
  const waiting = new Set<() => void>()

  const end = () => {
    underWay -= 1
    if (underWay > 0) return
    for (const wake of waiting) wake()
    waiting.clear()
  }

  return {
    begin: () => {
      underWay += 1
      let over = false
      return () => {
        if (!over) end()
        over = true
      }
    },
    idle: async () => {
      // What has ended may start the next thing a few turns of the event loop later (answer → poll → invoke).
      for (let quietTurns = 0; quietTurns < 5; quietTurns += 1) {
        if (underWay > 0) {
          await new Promise<void>((resolve) => waiting.add(resolve))
          quietTurns = -1
        }
        await new Promise<void>((resolve) => setImmediate(resolve))
      }
    },
  }
}
