import { AwsFault } from '../aws-fault.js'
import { integer, text } from '../members.js'
import type { RawInput } from '../raw-input.js'

export interface Paging {
  readonly limit: number
  readonly marker: string | undefined
}

/** `MaxItems` and `Marker`; a page never holds more than `most`, whatever is asked for. */
export function readPaging(raw: RawInput, most: number): Paging {
  return { limit: Math.max(1, Math.min(integer(raw, 'MaxItems') ?? most, most)), marker: text(raw, 'Marker') }
}

/** The items behind the marker, which names the last item of the page before. */
export function page<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  { limit, marker }: Paging,
): { readonly items: readonly Item[]; readonly NextMarker?: string } {
  const names = items.map((item) => Buffer.from(nameOf(item)).toString('base64url'))
  const after = marker === undefined ? -1 : names.indexOf(marker)
  if (marker !== undefined && after < 0) {
    throw new AwsFault('InvalidParameterValueException', 'Invalid marker.', { recorded: false })
  }
  const end = after + 1 + limit
  const NextMarker = names[end - 1]
  return {
    items: items.slice(after + 1, end),
    ...(end < items.length && NextMarker !== undefined ? { NextMarker } : {}),
  }
}
