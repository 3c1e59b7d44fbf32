import type { Mapping } from '../../mapping.js'
import type { OperationEvent } from '../../operations/events.js'
import { type Page, shown } from '../page.js'
import { elapsed, waited } from './sentences.js'

type StateEvent = Extract<OperationEvent, { readonly type: 'mapping-state' }>

/** Without a terminal, a line at least this often shows that the run is alive. */
const heartbeatMs = 15_000

/** One line a change, and a heartbeat: what a log is given instead of a spinner. */
export function waitingLines(page: Page): (event: StateEvent) => readonly string[] {
  let lastMs: number | undefined
  return (event) => {
    const silent = lastMs !== undefined && !event.changed && event.elapsedMs - lastMs < heartbeatMs
    if (silent) return []
    const still = lastMs !== undefined && !event.changed
    lastMs = event.elapsedMs
    const tail = still ? 'still waiting' : reasonOf(event.mapping)
    if (page.accessible) return [spoken(page, event, tail)]
    const line = `${elapsed(event.elapsedMs).padStart(5)}  ${event.mapping.state.padEnd(9)}  ${tail}`
    return [shown(page, line).trimEnd()]
  }
}

/** `State Creating, still waiting, 30 seconds`. */
function spoken(page: Page, { mapping, elapsedMs }: StateEvent, tail: string): string {
  const parts = [`State ${mapping.state}`, tail, elapsedMs < 1000 ? '' : waited(page, elapsedMs)]
  return shown(page, parts.filter((part) => part !== '').join(page.glyphs.between))
}

/** `Enabling 0:23 / 2:00 · state Creating · USER_INITIATED`, with a clock that runs between the looks. */
export function waitingText(page: Page, event: StateEvent, now: () => number): () => string {
  const seenAt = now()
  const { between } = page.glyphs
  return () => {
    const passed = elapsed(event.elapsedMs + now() - seenAt)
    const limit = Number.isFinite(event.timeoutMs)
      ? ` / ${elapsed(Math.ceil(event.timeoutMs / 1000) * 1000)}`
      : ''
    const reason = reasonOf(event.mapping)
    return shown(
      page,
      [`Waiting ${passed}${limit}`, event.mapping.state, ...(reason ? [reason] : [])].join(between),
    )
  }
}

const reasonOf = (mapping: Mapping) => mapping.stateTransitionReason ?? ''
