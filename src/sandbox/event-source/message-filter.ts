import { matches } from '../../filter/match.js'
import { parsePattern } from '../../filter/pattern.js'
import type { EventRecord } from './event-record.js'

/** True: the message goes to the function. False: it is deleted without the function ever seeing it. */
export type Filter = (record: EventRecord) => boolean

/** Patterns are alternatives; no patterns keep everything. */
export function compileFilter(patterns: readonly string[]): Filter {
  if (patterns.length === 0) return () => true
  // A mapping is only made with patterns that can be read.
  const parsed = patterns.map(parsePattern).filter((pattern) => 'root' in pattern)
  return (record) => parsed.some((pattern) => matches(pattern, record))
}
