/**
 * Works on many things, so many at once, and yields each result as it comes. What throws ends it; the work that is
 * under way then is left alone.
 */
export async function* inParallel<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const underWay = new Map<number, Promise<readonly [number, Result]>>()
  let next = 0
  const fill = () => {
    for (; underWay.size < atOnce && next < items.length; next++) {
      const [index, item] = [next, items[next]]
      // Within the length there is one; undefined may be one itself.
      underWay.set(
        index,
        work(item as Item).then((result) => [index, result] as const),
      )
    }
  }
  for (fill(); underWay.size > 0; fill()) {
    const [index, result] = await Promise.race(underWay.values())
    underWay.delete(index)
    yield result
  }
}
