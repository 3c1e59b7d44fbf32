import type { RawInput } from '../raw-input.js'
import { invalid, optionalInteger, optionalText } from './input.js'

export interface PageRequest {
  /** Position of the first item; 0 without a marker. */
  readonly from: number
  readonly maxItems: number
}

/** Marker and MaxItems (1–1,000, default 100) of every IAM list. */
export function pageRequest(raw: RawInput): PageRequest {
  const maxItems = optionalInteger(raw, 'MaxItems', [1, 1000]) ?? 100
  const marker = optionalText(raw, 'Marker')
  const from = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64url').toString('utf8'))
  if (!Number.isInteger(from) || from < 0)
    throw invalid(`'${marker}'`, 'Marker', 'Member must be a marker from an answer')
  return { from, maxItems }
}

/** Cuts one page out of `items`; spread `end` into the answer. */
export function pageOf<Item>(items: readonly Item[], { from, maxItems }: PageRequest) {
  const next = from + maxItems
  const end =
    next < items.length
      ? { IsTruncated: true, Marker: Buffer.from(String(next)).toString('base64url') }
      : { IsTruncated: false }
  return { items: items.slice(from, next), end }
}
