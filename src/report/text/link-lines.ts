import type { ConsoleLinks } from '../../operations/results.js'

/** Links stay whole, however narrow the page: a link that was broken leads nowhere. */
export function linkLines(links: ConsoleLinks): readonly string[] {
  return [
    'In the AWS console',
    `  Triggers of the queue  ${links.queue}`,
    `  Function               ${links.function}`,
    `  Its log                ${links.logs}`,
  ]
}
