/** Lambda's limit for the payload of a synchronous invocation, its own members included. */
export const payloadLimitBytes = 6 * 1024 * 1024

export interface Sized {
  /** Length of the record in the event, in bytes. */
  readonly bytes: number
}

/**
 * The first batch of what was received: as many records as the batch size and the payload limit admit, never
 * fewer than one. `full` says that waiting for more would not make it larger.
 */
export function takeBatch<Item extends Sized>(
  held: readonly Item[],
  batchSize: number,
): { readonly batch: readonly Item[]; readonly rest: readonly Item[]; readonly full: boolean } {
  let bytes = '{"Records":[]}'.length
  let count = 0
  for (const item of held.slice(0, batchSize)) {
    bytes += item.bytes + 1
    if (count > 0 && bytes > payloadLimitBytes) break
    count += 1
  }
  const full = count === batchSize || count < held.length
  return { batch: held.slice(0, count), rest: held.slice(count), full }
}
