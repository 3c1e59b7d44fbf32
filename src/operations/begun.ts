/**
 * The same steps, of which the first is taken at once and not when somebody asks for it: what it reads is on its way
 * beside other reads. What goes wrong with it is told to whoever asks.
 */
export function begun<Item, Result>(
  steps: AsyncGenerator<Item, Result, void>,
): AsyncGenerator<Item, Result, void> {
  const first = steps.next()
  first.catch(() => undefined)
  return onward(first, steps)
}

async function* onward<Item, Result>(
  first: Promise<IteratorResult<Item, Result>>,
  steps: AsyncGenerator<Item, Result, void>,
): AsyncGenerator<Item, Result, void> {
  for (let step = await first; ; step = await steps.next()) {
    if (step.done) return step.value
    yield step.value
  }
}
