/**
 * Does something with each item, at most `width` at a time, and gives the results in the order of the items. The first
 * failure ends it: no further item is begun, and it is thrown when those under way have ended.
 */
export async function resultsInOrder<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item, index: number) => Promise<Result>,
): Promise<readonly Result[]> {
  const results = new Map<number, Result>()
  const waiting = items.entries()
  let failed = false
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (failed) return
      try {
        results.set(index, await work(item, index))
      } catch (error) {
        failed = true
        throw error
      }
    }
  }
  const workers = await Promise.allSettled(Array.from({ length: Math.min(width, items.length) }, worker))
  const failure = workers.find((one) => one.status === 'rejected')
  if (failure) throw failure.reason
  return items.flatMap((_, index) => (results.has(index) ? [results.get(index) as Result] : []))
}
