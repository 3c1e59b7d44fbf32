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
