import type { Operation, OperationEvent } from './events.js'

/** Runs an operation to its end: hands each event to `onEvent` as it comes, returns the result. */
export async function runToEnd<Result>(
  operation: Operation<Result>,
  onEvent: (event: OperationEvent) => void = () => {},
): Promise<Result> {
  for (;;) {
    const step = await operation.next()
    if (step.done) return step.value
    onEvent(step.value)
  }
}
