import type { OperationEvent } from '../../operations/events.js'
import { fill, type Page, shown } from '../page.js'
import { waited } from './sentences.js'

type PendingEvent = Extract<OperationEvent, { readonly type: 'permission-pending' }>

/** Without a terminal, a line at least this often shows that the run is alive. */
const heartbeatMs = 15_000

/** A line when AWS first does not go by our change yet, then one every 15 seconds: what a log is given. */
export function pendingLines(page: Page): (event: PendingEvent) => readonly string[] {
  let last: { readonly what: string; readonly elapsedMs: number } | undefined
  return ({ what, elapsedMs }) => {
    const known = last !== undefined && last.what === what && elapsedMs >= last.elapsedMs
    if (known && last !== undefined && elapsedMs - last.elapsedMs < heartbeatMs) return []
    last = { what, elapsedMs }
    return fill(page, shown(page, sentence(page, what, elapsedMs, known)), 0, 2)
  }
}

/** `The new permission of role worker-role is not active yet, 0:08`, with a clock that runs between the looks. */
export function pendingText(page: Page, event: PendingEvent, now: () => number): () => string {
  const seenAt = now()
  return () => shown(page, sentence(page, event.what, event.elapsedMs + now() - seenAt, false))
}

function sentence(page: Page, what: string, elapsedMs: number, still: boolean): string {
  const begun = what.charAt(0).toUpperCase() + what.slice(1)
  return `${begun} is ${still ? 'still ' : ''}not active yet, ${waited(page, elapsedMs)}`
}
