import type { OperationEvent } from '../../operations/events.js'
import { fill, type Page, shown } from '../page.js'
import { elapsed } from './sentences.js'

type StackStep = Extract<OperationEvent, { readonly type: 'stack-event' }>

/**
 * `0:12  CREATE_COMPLETE     Queue`, a line where the state of a resource is another than before. CloudFormation tells
 * the beginning of a creation twice: with `all` so does this.
 */
export function stackEventLines(page: Page, all: boolean): (step: StackStep) => readonly string[] {
  const states = new Map<string, string>()
  return ({ event: { resource, status, reason }, elapsedMs }) => {
    const known = states.get(resource) === status
    states.set(resource, status)
    if (known && !all) return []
    const failed = status.endsWith('_FAILED')
    const why = reason !== null && (failed || all || status === 'ROLLBACK_IN_PROGRESS') ? `: ${reason}` : ''
    if (page.accessible)
      return fill(page, shown(page, `${resource}${page.glyphs.between}${status}${why}`), 0, 2)
    const lead = `${elapsed(elapsedMs).padStart(5)}  ${shown(page, status).padEnd(18)}  `
    const [first = '', ...others] = fill(page, shown(page, `${resource}${why}`), lead.length, 7)
    const lines = [`${lead}${first.slice(lead.length)}`, ...others]
    return failed ? lines.map(page.paint.bad) : lines
  }
}
