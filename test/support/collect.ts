import { SqsTriggerError } from '../../src/errors.js'
import type { Operation, OperationEvent } from '../../src/operations/events.js'

/** Runs an operation to its end: everything it told, and what it returned. */
export async function collect<Result>(operation: Operation<Result>) {
  const events: OperationEvent[] = []
  for (;;) {
    const step = await operation.next()
    if (step.done) return { events, types: events.map(({ type }) => type), result: step.value }
    events.push(step.value)
  }
}

/** Runs an operation that must fail: everything it told until then, and the error. */
export async function collectFailure(operation: Operation<unknown>) {
  const events: OperationEvent[] = []
  try {
    for (;;) {
      const step = await operation.next()
      if (step.done) break
      events.push(step.value)
    }
  } catch (error) {
    if (error instanceof SqsTriggerError) return { events, types: events.map(({ type }) => type), error }
    throw error
  }
  throw new Error('the operation was expected to fail, and did not')
}
