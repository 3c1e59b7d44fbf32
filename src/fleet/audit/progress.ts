import type { Clock } from '../../clock.js'
import type { OperationEvent } from '../../operations/events.js'

/** Between two words on how far it is, in milliseconds. */
const tellEvery = 1_000
/** With less nobody can tell how long the rest takes. */
const fewest = 20

/** How far an audit is. */
export interface Progress {
  places(count: number): void
  /** One more place was listed, with so many mappings. */
  listed(mappings: number): void
  judged(): void
  /** At most once a second. */
  tell(): Iterable<OperationEvent>
}

export function openProgress(clock: Clock): Progress {
  const started = clock.now()
  const count = { places: 0, placesListed: 0, mappings: 0, judged: 0 }
  let judgingSince = started
  let told = Number.NEGATIVE_INFINITY

  const remaining = (now: number) => {
    if (count.placesListed < count.places || count.judged < fewest) return null
    return Math.round(((now - judgingSince) / count.judged) * (count.mappings - count.judged))
  }
  return {
    places: (number) => {
      count.places = number
    },
    listed: (mappings) => {
      count.placesListed += 1
      count.mappings += mappings
      judgingSince = clock.now()
    },
    judged: () => {
      count.judged += 1
    },
    *tell() {
      const now = clock.now()
      if (now - told < tellEvery) return
      told = now
      yield { type: 'audit-progress', ...count, elapsedMs: now - started, remainingMs: remaining(now) }
    },
  }
}
