import type { OperationEvent, QueueCounters } from '../../operations/events.js'
import { type Page, shown } from '../page.js'
import { fieldLines, pair, settingsOf } from './mapping-lines.js'
import { marked } from './marked.js'
import { elapsed, waited } from './sentences.js'

type SeenEvent = Extract<OperationEvent, { readonly type: 'status-seen' }>

/** What a person looks at while it goes on: repainted in place. */
export function watchScreen(page: Page): (event: SeenEvent) => readonly string[] {
  let backlog: readonly number[] = []
  return ({ status, elapsedMs }) => {
    const { time, mapping, queue } = status
    const width = Math.max(8, Math.min(30, page.columns - 40))
    backlog = [...backlog, queue?.visible ?? 0].slice(-width)
    const enabled = mapping.state === 'Enabled'
    return [
      ...marked(page, enabled ? 'pass' : 'warn', `${pair(page, mapping)} is ${mapping.state}`),
      ...fieldLines(page, [
        ['Settings', settingsOf(mapping).join(page.glyphs.between)],
        ['Waiting', countOf(queue, 'visible')],
        ['Lately', sparkline(page, backlog)],
        ['In flight', countOf(queue, 'inFlight')],
        ['Delayed', countOf(queue, 'delayed')],
        ['Dead letters', deadLettersOf(status)],
        ['Seen', `${time}, watching for ${elapsed(elapsedMs)}. Ctrl-C ends it.`],
      ]),
    ]
  }
}

/** Without a queue for them there are none to count. */
const deadLettersOf = ({ deadLetterQueueArn, deadLetters, queue }: SeenEvent['status']) =>
  deadLetterQueueArn === null && queue !== null ? 'none kept' : countOf(deadLetters, 'visible')

const countOf = (counters: QueueCounters | null, name: keyof QueueCounters) =>
  counters === null ? 'not known' : String(counters[name])

const steps = { unicode: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'], ascii: ['_', '.', '-', '=', '#'] }

/** The last values beside each other, the highest as high as it goes. */
function sparkline(page: Page, values: readonly number[]): string {
  const marks = page.unicode ? steps.unicode : steps.ascii
  const most = Math.max(...values, 1)
  return values.map((value) => marks[Math.round((value / most) * (marks.length - 1))] ?? '').join('')
}

/** A line where something is another than before, and one every 30 seconds: what a log is given. */
export function watchingLines(page: Page): (event: SeenEvent) => readonly string[] {
  let lastMs: number | undefined
  return ({ status, changed, elapsedMs }) => {
    if (!changed && lastMs !== undefined && elapsedMs - lastMs < heartbeatMs) return []
    lastMs = elapsedMs
    const { mapping, queue } = status
    const parts = [
      mapping.state,
      `${countOf(queue, 'visible')} waiting`,
      `${countOf(queue, 'inFlight')} in flight`,
      `dead letters ${deadLettersOf(status)}`,
    ]
    const said = parts.join(', ')
    return [
      shown(
        page,
        page.accessible
          ? `${said}, ${waited(page, elapsedMs)}`
          : `${elapsed(elapsedMs).padStart(5)}  ${said}`,
      ),
    ]
  }
}

const heartbeatMs = 30_000
