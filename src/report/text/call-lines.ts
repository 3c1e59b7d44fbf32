import type { ApiCall } from '../outcome.js'
import { type Page, shown } from '../page.js'

/** The end of each dry run: the calls that were not made, and the word that they were not. */
export function dryRunLines(page: Page, calls: readonly ApiCall[]): readonly string[] {
  return [...callsBelow(page, calls), '', page.paint.strong('Dry run: nothing was changed.')]
}

/** Each call after a blank line. */
export function callsBelow(page: Page, calls: readonly ApiCall[]): readonly string[] {
  return calls.flatMap((call) => ['', ...callLines(page, call)])
}

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
