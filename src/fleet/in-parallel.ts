/**
 * Works on many things, so many at once, and yields each result as it comes. What throws ends it; the work that is
 * under way then is left alone.
 */
export async function* inParallel<Item, Result>(
  items: Iterable<Item>,
  atOnce: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result, void, void> {
  const left = items[Symbol.iterator]()
  const done: (() => Result)[] = []
  let underWay = 0
  let wake = () => {}
  const end = (result: () => Result) => {
    underWay--
    done.push(result)
    wake()
  }
  const begin = (item: Item) => {
    underWay++
    work(item).then(
      (result) => end(() => result),
      (error: unknown) =>
        end(() => {
          throw error
        }),
    )
  }
  for (;;) {
    while (underWay < atOnce) {
      const next = left.next()
      if (next.done) break
      begin(next.value)
    }
    const first = done.shift()
    if (first !== undefined) yield first()
    else if (underWay === 0) return
    else {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
}
