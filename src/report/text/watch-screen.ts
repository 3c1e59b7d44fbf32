import type { OperationEvent } from '../../operations/events.js'
import type { Page } from '../page.js'
import type { Output } from '../streams.js'
import { watchingLines, watchScreen } from './watch-lines.js'

type SeenEvent = Extract<OperationEvent, { readonly type: 'status-seen' }>

/** Repaints in place on a terminal that can, and tells what changes line by line anywhere else. */
export function openWatch(output: Output, page: Page): (event: SeenEvent) => void {
  const lines = output.animate ? watchScreen(page) : watchingLines(page)
  let painted = 0
  return (event) => {
    const next = lines(event)
    // Up to where the last one began, and clear from there.
    if (output.animate && painted > 0) output.write(`\u001b[${painted}A\u001b[J`)
    for (const line of next) output.write(`${line}\n`)
    painted = output.animate ? next.length : 0
  }
}
