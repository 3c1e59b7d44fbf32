import type { LogEntry } from '../../operations/events.js'
import { cleanLines } from '../clean-text.js'
import type { Page } from '../page.js'

/** Node's runtime begins each line with a time of its own, a moment from the one that CloudWatch has. */
const ownTime = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t(?=[0-9a-f]{8}-)/
const platform = /^(?:INIT_START|START|END|REPORT) |"type":"platform\./
const failed = /\t(?:ERROR|FATAL)\t|^\[(?:ERROR|CRITICAL)\]|"level":"(?:ERROR|FATAL)"|Task timed out after/

/** One line of a log behind its time; what it goes on with stands below, indented. Never cut: it may have to be copied. */
export function logEntryLines(page: Page, { time, message }: LogEntry): readonly string[] {
  const own = message.trimEnd().replaceAll('\r', '\n').replace(ownTime, '')
  const [first = '', ...others] = cleanLines(own).split('\n')
  const paint = failed.test(message) ? page.paint.bad : platform.test(message) ? page.paint.faint : plain
  return [
    `${page.paint.faint(time)}  ${paint(first)}`,
    ...others.filter((line) => line !== '').map((line) => `  ${paint(line)}`),
  ]
}

const plain = (text: string) => text
