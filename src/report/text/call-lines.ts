import type { ApiCall } from '../outcome.js'
import { type Page, shown } from '../page.js'

/** A call with its request. JSON stays as it is, one member a line: it is read as much as copied. */
export function callLines(page: Page, { service, operation, input }: ApiCall, indent = 0): readonly string[] {
  const lead = ' '.repeat(indent)
  return [
    `${lead}${page.paint.strong(`${service}:${operation}`)}`,
    ...JSON.stringify(input, null, 2)
      .split('\n')
      .map((line) => `${lead}  ${shown(page, line)}`),
  ]
}
