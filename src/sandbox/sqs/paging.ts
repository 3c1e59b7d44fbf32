import { integer, text } from '../members.js'
import type { RawInput } from '../raw-input.js'
import { invalidValue } from './refusals.js'
import type { Queue } from './state.js'

export interface Page {
  readonly maxResults: number | undefined
  readonly nextToken: string | undefined
}

export function readPage(raw: RawInput): Page {
  const maxResults = integer(raw, 'MaxResults')
  if (maxResults !== undefined && (maxResults < 1 || maxResults > 1000)) {
    throw invalidValue(
      `Value ${maxResults} for parameter MaxResults is invalid. Reason: Must be between 1 and 1000.`,
      false,
    )
  }
  return { maxResults, nextToken: text(raw, 'NextToken') }
}

/**
 * One page of queue URLs, by name. As in AWS there is a NextToken only for who asked for a page size; the others
 * get the first thousand and never learn of more.
 */
export function takePage(
  queues: readonly Queue[],
  { maxResults, nextToken }: Page,
): { readonly urls: readonly string[] | undefined; readonly nextToken: string | undefined } {
  const after = nextToken === undefined ? undefined : Buffer.from(nextToken, 'base64').toString('utf8')
  const sorted = [...queues].sort((a, b) => (a.name < b.name ? -1 : 1))
  const rest = after === undefined ? sorted : sorted.filter(({ name }) => name > after)
  const page = rest.slice(0, maxResults ?? 1000)
  const more = maxResults !== undefined && rest.length > page.length
  return {
    urls: page.length > 0 ? page.map(({ url }) => url) : undefined,
    nextToken: more ? Buffer.from(page.at(-1)?.name ?? '').toString('base64') : undefined,
  }
}
