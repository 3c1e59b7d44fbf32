import type { QueueStatus, StatusResult } from '../../operations/results.js'
import type { Page } from '../page.js'
import { linkLines } from './link-lines.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { nameIn } from './sentences.js'

/** One mapping, its settings, and how full its queues are. */
export function statusLines(page: Page, status: StatusResult): readonly string[] {
  const { mapping, queue, deadLetterQueue, maxReceiveCount, logGroup, links } = status
  const { between } = page.glyphs
  const enabled = mapping.state === 'Enabled'
  const reason = mapping.stateTransitionReason ? ` (${mapping.stateTransitionReason})` : ''
  const deadLetters =
    deadLetterQueue === null
      ? 'none'
      : countersOf(deadLetterQueue, maxReceiveCount === null ? '' : `, after ${maxReceiveCount} receives`)
  return [
    ...marked(page, enabled ? 'pass' : 'warn', `${pair(page, mapping)} is ${mapping.state}`),
    ...fieldLines(page, [
      ['Mapping', mapping.uuid],
      ['State', `${mapping.state}${reason}`],
      ...(mapping.lastModified === undefined ? [] : [['Changed', mapping.lastModified] as const]),
      ['Settings', settingsOf(mapping).join(between)],
      ['Filters', mapping.filters?.length ? mapping.filters.join('\n') : 'none'],
      ['Queue', countersOf(queue)],
      ['Dead letters', deadLetters],
      ['Log group', logGroup],
    ]),
    ...(links === null ? [] : linkLines(page, links)),
  ]
}

/** @param when what brings messages there */
function countersOf({ queueArn, counters, unreadable }: QueueStatus, when = ''): string {
  const name = `${nameIn(queueArn)}${when}`
  if (counters === null) return `${name}: cannot be read${unreadable === null ? '' : ` (${unreadable})`}`
  const { visible, inFlight, delayed } = counters
  return `${name}: about ${visible} waiting, ${inFlight} in flight, ${delayed} delayed`
}
