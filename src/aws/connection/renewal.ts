import type { SqsTriggerError } from '../../errors.js'

/** Renews the session of a person: true when it was done, so that what failed for it may be sent again. */
export type RenewSession = (failure: SqsTriggerError, profile: string | null) => Promise<boolean>

/** How the session of one connection came to be renewed. */
export interface Renewal {
  /** How often it was renewed so far. */
  count(): number
  /**
   * Whether a call that failed with the session number `since` may be sent again. Calls that fail at the same time wait
   * for one and the same answer.
   */
  after(failure: SqsTriggerError, since: number): Promise<boolean>
  /** How long calls waited for a person so far, in milliseconds. */
  heldUpMs(): number
}

export function openRenewal(renew: RenewSession, profile: string | null): Renewal {
  let count = 0
  let heldUpMs = 0
  let underWay: Promise<boolean> | undefined

  async function renewed(failure: SqsTriggerError): Promise<boolean> {
    const started = performance.now()
    try {
      const done = await renew(failure, profile)
      if (done) count += 1
      return done
    } finally {
      heldUpMs += Math.round(performance.now() - started)
      underWay = undefined
    }
  }

  return {
    count: () => count,
    after: async (failure, since) => {
      if (count > since) return true
      underWay ??= renewed(failure)
      return underWay
    },
    heldUpMs: () => heldUpMs,
  }
}
