/** What is only read of things that somebody looks at. */
export interface LazyDetails<Detail> {
  /** undefined: not read yet; null: could not be read. */
  of(key: string): Detail | null | undefined
  /** What somebody looks at now: read next, in this order. What was wanted before and is not any more is left. */
  want(keys: readonly string[]): void
  onChange(listener: () => void): () => void
  stop(): void
}

/** No more than so many reads at a time: a person looks at ten rows. */
const most = 5

export function openLazyDetails<Detail>(
  read: (key: string, signal: AbortSignal) => Promise<Detail>,
): LazyDetails<Detail> {
  const controller = new AbortController()
  const listeners = new Set<() => void>()
  const known = new Map<string, Detail | null>()
  const underWay = new Set<string>()
  let wanted: readonly string[] = []

  function next() {
    while (underWay.size < most && !controller.signal.aborted) {
      const key = wanted.find((one) => !known.has(one) && !underWay.has(one))
      if (key === undefined) return
      underWay.add(key)
      read(key, controller.signal).then(
        (detail) => keep(key, detail),
        () => keep(key, null),
      )
    }
  }

  function keep(key: string, detail: Detail | null) {
    underWay.delete(key)
    known.set(key, detail)
    if (controller.signal.aborted) return
    for (const listener of listeners) listener()
    next()
  }

  return {
    of: (key) => known.get(key),
    want: (keys) => {
      wanted = keys
      next()
    },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: () => controller.abort(),
  }
}
