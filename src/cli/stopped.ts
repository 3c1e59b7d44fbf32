import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { RunRecord } from '../report/run-record.js'

/**
 * The failure of a run that a signal ended. An operation that knows better what exists has said so itself;
 * otherwise the record of the run tells what was done, and how it is undone.
 */
export function asStopped(
  error: unknown,
  reason: unknown,
  record: RunRecord,
  typed: TypedDestination,
): SqsTriggerError {
  const told = error instanceof SqsTriggerError && error !== reason && isStop(error)
  if (told) return error
  const signal =
    reason instanceof SqsTriggerError ? reason : new SqsTriggerError('INTERRUPTED', 'Interrupted.')
  const done = record.changed.map(
    ({ action, type, id }) => `${past[action]} ${type.replaceAll('-', ' ')} ${id}.`,
  )
  const sent = record.messageIds.length === 0 ? [] : [`Sent ${record.messageIds.length} message(s).`]
  const undo = undoCommands(record, typed).map((command) => `undo: ${command}`)
  const hints = [...undo, ...(signal.hint === undefined ? [] : [signal.hint])]
  const happened = [...done, ...sent]
  const underWay = record.planned && record.changed.length === 0
  const nothing = underWay
    ? 'A change may be under way: `sqs-trigger list` and `sqs-trigger rollback` show what exists.'
    : 'Nothing was changed.'
  const message = [signal.message, ...(happened.length === 0 ? [nothing] : happened)].join(' ')
  return new SqsTriggerError(signal.code, message, {
    ...(hints.length === 0 ? {} : { hint: hints.join('\n') }),
    cause: error ?? signal.cause,
  })
}

/** A person who left a question is told what was changed before it, and not that nothing was. */
export function afterChanges(
  failure: SqsTriggerError,
  record: RunRecord,
  typed: TypedDestination,
): SqsTriggerError {
  if (failure.code !== 'INTERRUPTED' || record.changed.length === 0) return failure
  return asStopped(undefined, new SqsTriggerError('INTERRUPTED', 'Cancelled.'), record, typed)
}

/** What one run repaired, one rollback takes back. A queue is never deleted: nothing undoes its creation. */
function undoCommands({ changed, journaled }: RunRecord, typed: TypedDestination): readonly string[] {
  const commands = changed.map((change) => {
    const entry = journaled.get(change)
    return entry === undefined ? change.undo : nextCommand(typed, 'rollback', entry)
  })
  return [...new Set(commands)].filter((command) => command !== '')
}

const isStop = ({ code }: SqsTriggerError) => code === 'INTERRUPTED' || code === 'TERMINATED'

const past = { create: 'Created', delete: 'Asked to delete', put: 'Wrote', set: 'Set' } as const
