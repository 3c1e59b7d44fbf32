import type { ProofLevel } from '../../operations/events.js'
import { usageError } from '../usage-error.js'

/** What of `wire`'s options has to be judged together. */
export interface WireValues {
  readonly sendTest: boolean
  readonly startDisabled: boolean
  readonly acceptRetries: boolean
  readonly body: string | undefined
  readonly prove: Exclude<ProofLevel, 'none'> | undefined
  readonly wait: boolean | undefined
}

/**
 * Refuses flags that contradict each other, or that would do nothing.
 * @throws SqsTriggerError USAGE
 */
export function checkWireValues({
  sendTest,
  startDisabled,
  acceptRetries,
  body,
  prove,
  wait,
}: WireValues): void {
  if (body === '') throw usageError('--body is empty; SQS takes no empty message')
  if (sendTest && startDisabled) {
    throw usageError('--send-test and --start-disabled contradict each other: nothing would take the message')
  }
  if (sendTest && wait === false) {
    throw usageError('--send-test and --no-wait contradict each other: the message needs an enabled mapping')
  }
  const useless = [
    ...(body === undefined ? [] : ['--body']),
    ...(prove === undefined ? [] : ['--prove']),
    ...(acceptRetries ? ['--accept-retries'] : []),
  ]
  if (!sendTest && useless.length > 0) {
    throw usageError(
      `${useless.join(' and ')} ${useless.length === 1 ? 'needs' : 'need'} --send-test`,
      'add --send-test, or leave it out',
    )
  }
}
