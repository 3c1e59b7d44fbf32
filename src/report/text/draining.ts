import type { OperationEvent } from '../../operations/events.js'
import { type Page, shown } from '../page.js'
import { elapsed, waited } from './sentences.js'

type CountersEvent = Extract<OperationEvent, { readonly type: 'queue-counters' }>

/** Without a terminal, a line at least this often shows that the run is alive. */
const heartbeatMs = 15_000

/** A line when the first message has gone, and then one every 15 seconds: what a log is given. */
export function drainingLines(page: Page): (event: CountersEvent) => readonly string[] {
  let last: { readonly words: string; readonly elapsedMs: number } | undefined
  return (event) => {
    const words = held(event)
    if (last !== undefined && event.elapsedMs - last.elapsedMs < heartbeatMs && words !== empty) return []
    if (words === last?.words && event.elapsedMs - last.elapsedMs < heartbeatMs) return []
    last = { words, elapsedMs: event.elapsedMs }
    if (page.accessible) return [shown(page, `${words}, ${waited(page, event.elapsedMs)}`)]
    return [shown(page, `${elapsed(event.elapsedMs).padStart(5)}  ${words}`)]
  }
}

/** `Draining 0:23 / 2:00 · 12 waiting, 3 in flight`, with a clock that runs between the looks. */
export function drainingText(page: Page, event: CountersEvent, now: () => number): () => string {
  const seenAt = now()
  const { between } = page.glyphs
  return () => {
    const passed = elapsed(event.elapsedMs + now() - seenAt)
    const limit = Number.isFinite(event.timeoutMs) ? ` / ${elapsed(event.timeoutMs)}` : ''
    return shown(page, `Draining ${passed}${limit}${between}${held(event)}`)
  }
}

const empty = 'empty; looking for a minute, because the counters lag behind'

function held({ counters: { visible, inFlight, delayed } }: CountersEvent): string {
  if (visible + inFlight + delayed === 0) return empty
  return `about ${visible} waiting, ${inFlight} in flight${delayed === 0 ? '' : `, ${delayed} delayed`}`
}
