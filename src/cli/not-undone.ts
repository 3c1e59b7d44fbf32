import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { UndoStep } from '../operations/results.js'
import { isChanged, isOpen } from '../report/left-behind.js'

/**
 * The error of a rollback that leaves something to undo; undefined where only queues stay or nothing is left.
 * @param id of the entry
 */
export function notUndone(
  id: string,
  steps: readonly UndoStep[],
  typed: TypedDestination,
): SqsTriggerError | undefined {
  const open = steps.filter(isOpen)
  if (open.length === 0) return undefined
  const changed = open.some(isChanged)
  const why = [
    ...(changed ? ['changed since'] : []),
    ...(open.some(({ stays }) => stays === 'unreadable') ? ['not readable'] : []),
    ...(open.some(({ stays }) => stays === 'former-unknown') ? ['not written down as it was before'] : []),
  ]
  const all = steps.length === 1 ? 'The change' : `${open.length} of ${steps.length} changes`
  const stay = open.length === 1 ? 'stays: it was' : 'stay: they were'
  return new SqsTriggerError(
    changed ? 'CONFLICT' : 'FIX_REFUSED',
    `${all} of ${id} ${stay} ${why.join(', or ')}.`,
    { hint: `see what was there before: ${nextCommand(typed, 'rollback', id, '--dry-run', '--json')}` },
  )
}
