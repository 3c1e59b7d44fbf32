import type { Session } from '../session.js'

/** Waits until it is one's turn. @throws what the signal's reason says */
export type Turn = () => Promise<void>

/**
 * Lets two begin in a second, in the order in which they ask: while it waits, nothing here asks one API more often,
 * however many pages and log groups there are. What the SDK repeats by itself is not counted.
 */
export function createTurns({ clock, signal }: Pick<Session, 'clock' | 'signal'>): Turn {
  let begun: readonly number[] = []
  let last: Promise<void> = Promise.resolve()
  return () => {
    const turn = last.then(async () => {
      const [secondLast] = begun.length < 2 ? [] : begun
      const free = secondLast === undefined ? clock.now() : secondLast + 1_000
      if (free > clock.now()) await clock.sleep(free - clock.now(), signal)
      begun = [...begun.slice(-1), clock.now()]
    })
    // Who stops waiting must not end it for those behind.
    last = turn.catch(() => undefined)
    return turn
  }
}
