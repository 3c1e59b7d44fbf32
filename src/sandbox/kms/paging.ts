import { AwsFault } from '../aws-fault.js'
import type { RawInput } from '../raw-input.js'
import { optionalText } from './input.js'

/** Position that a Marker stands for; 0 without one. */
export function pageFrom(raw: RawInput): number {
  const marker = optionalText(raw, 'Marker')
  const from = marker === undefined ? 0 : Number(Buffer.from(marker, 'base64url').toString('utf8'))
  if (Number.isInteger(from) && from >= 0) return from
  throw new AwsFault('InvalidMarkerException', 'The marker is none that an answer gave.', { recorded: false })
}

/** Cuts one page out of `items`; spread `end` into the answer. */
export function pageOf<Item>(items: readonly Item[], from: number, limit: number) {
  const next = from + limit
  const end =
    next < items.length
      ? { Truncated: true, NextMarker: Buffer.from(String(next)).toString('base64url') }
      : { Truncated: false }
  return { items: items.slice(from, next), end }
}
