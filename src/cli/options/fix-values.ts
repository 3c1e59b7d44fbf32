import { usageError } from '../usage-error.js'
import type { GlobalValues } from './global-options.js'

/** What was said about mending. */
export interface FixValues {
  readonly fix: boolean
  readonly allowDrift: boolean
}

/**
 * Refuses flags that do nothing without `--fix`. `changes`: the command changes something without it, too, so that
 * `--dry-run` has a meaning of its own.
 * @throws SqsTriggerError USAGE
 */
export function checkFixValues(
  { fix, allowDrift }: FixValues,
  { dryRun }: Pick<GlobalValues, 'dryRun'>,
  changes: boolean,
): void {
  if (fix) return
  if (allowDrift) throw usageError('--allow-drift needs --fix', 'add --fix, or leave it out')
  if (dryRun && !changes) {
    throw usageError(
      '--dry-run needs --fix: without it nothing is changed anyway',
      'add --fix, or leave it out',
    )
  }
}
