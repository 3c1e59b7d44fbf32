import { readFunctionReference, readQueueReference } from '../arn.js'

/** The name of a queue that is given as name, URL or ARN. */
export function nameOfQueue(text: string): string {
  const reference = readQueueReference(text)
  return reference.kind === 'arn' ? reference.address.name : reference.name
}

/** The name of a function, without alias or version. */
export function nameOfFunction(text: string): string {
  const reference = readFunctionReference(text)
  return reference.kind === 'arn' ? reference.address.name : reference.name
}

interface Named {
  readonly queue: string
  readonly function: string
}

/** Do both name the same queue and the same function? One that is a bare name fits an ARN of that name. */
export function areSameEnds(one: Named, other: Named): boolean {
  return (
    nameOfQueue(one.queue) === nameOfQueue(other.queue) &&
    nameOfFunction(one.function) === nameOfFunction(other.function) &&
    qualifierOf(one.function) === qualifierOf(other.function) &&
    [
      [one.queue, other.queue],
      [one.function, other.function],
    ].every((texts) => new Set(texts.filter((text) => text.startsWith('arn:'))).size < 2)
  )
}

function qualifierOf(text: string): string | undefined {
  const reference = readFunctionReference(text)
  return reference.kind === 'arn' ? reference.address.qualifier : reference.qualifier
}
