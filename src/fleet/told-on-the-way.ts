import type { Operation, OperationEvent } from '../operations/events.js'

/**
 * An operation that tells what happens in work that is done side by side: each event comes out as soon as it is told.
 * @throws whatever the work throws, after all that it told
 */
export async function* toldOnTheWay<Result>(
  work: (tell: (event: OperationEvent) => void) => Promise<Result>,
): Operation<Result> {
  let waiting: OperationEvent[] = []
  let wake = () => {}
  let ended = false
  const tell = (event: OperationEvent) => {
    waiting.push(event)
    wake()
  }
  const working = work(tell).finally(() => {
    ended = true
    wake()
  })
  // Its failure is thrown below, behind what was told before.
  working.catch(() => undefined)
  for (;;) {
    const told = waiting
    waiting = []
    yield* told
    if (waiting.length > 0) continue
    if (ended) return await working
    await new Promise<void>((resolve) => {
      wake = resolve
      if (ended || waiting.length > 0) resolve()
    })
  }
}
