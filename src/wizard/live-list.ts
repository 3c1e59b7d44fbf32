/** A list that can be shown while its pages still arrive. */
export interface LiveList<Item> {
  items(): readonly Item[]
  /** undefined: pages are still arriving. */
  ending(): ListEnding | undefined
  /** Calls back after every page, and at the end. Returns how to stop that. */
  onChange(listener: () => void): () => void
  /** Asks for no more pages. */
  stop(): void
}

export type ListEnding =
  | { readonly kind: 'whole' }
  /** The pages before it stay. */
  | { readonly kind: 'failed'; readonly error: unknown }

/** Begins to read at once, one page after the other. */
export function openLiveList<Item>(
  read: (signal: AbortSignal) => AsyncIterable<readonly Item[]>,
): LiveList<Item> {
  const controller = new AbortController()
  const listeners = new Set<() => void>()
  let items: readonly Item[] = []
  let ending: ListEnding | undefined
  const changed = () => {
    for (const listener of listeners) listener()
  }

  const readAll = async () => {
    for await (const page of read(controller.signal)) {
      if (controller.signal.aborted) return
      items = [...items, ...page]
      changed()
    }
  }
  readAll().then(
    () => end({ kind: 'whole' }),
    (error: unknown) => end({ kind: 'failed', error }),
  )
  function end(how: ListEnding) {
    if (controller.signal.aborted) return
    ending = how
    changed()
  }

  return {
    items: () => items,
    ending: () => ending,
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => controller.abort(),
  }
}
