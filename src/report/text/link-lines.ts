import type { ConsoleLinks } from '../../operations/results.js'
import { named, type Page } from '../page.js'

/** Links stay whole, however narrow the page: a link that was broken leads nowhere. */
export function linkLines(page: Page, links: ConsoleLinks): readonly string[] {
  return [
    'In the AWS console',
    `  ${named(page, triggers, triggers.length)}${links.queue}`,
    `  ${named(page, 'Function', triggers.length)}${links.function}`,
    `  ${named(page, 'Its log', triggers.length)}${links.logs}`,
  ]
}

const triggers = 'Triggers of the queue'
