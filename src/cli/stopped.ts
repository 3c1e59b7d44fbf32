import { nextCommand, type TypedDestination } from '../command-line.js'
import { SqsTriggerError } from '../errors.js'
import type { RunRecord } from '../report/run-record.js'

/** A signal that came while a question was open, when nothing was under way. Ctrl-C then is the wish to leave it. */
export class StoppedAtQuestion extends Error {
  readonly instead: unknown
  constructor(reason: unknown) {
    super('stopped while a question was open')
    this.name = 'StoppedAtQuestion'
    const pressed = reason instanceof SqsTriggerError && reason.code === 'INTERRUPTED'
    this.instead = pressed ? new SqsTriggerError('INTERRUPTED', 'Cancelled.') : reason
  }
}

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
  if (error instanceof StoppedAtQuestion) {
    return asStopped(undefined, error.instead, { ...record, planned: false }, typed)
  }
  const told = error instanceof SqsTriggerError && error !== reason && isStop(error)
  if (told) return withUndo(error, record, typed)
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

/**
 * The failure of a run that changed something before. A person who left a question is told what, and not that nothing
 * was; any other failure is about something else, so that it says beside its own words how the repairs are undone.
 */
export function afterChanges(
  failure: SqsTriggerError,
  record: RunRecord,
  typed: TypedDestination,
): SqsTriggerError {
  if (failure.code !== 'INTERRUPTED' || record.changed.length === 0) return withUndo(failure, record, typed)
  return asStopped(undefined, new SqsTriggerError('INTERRUPTED', 'Cancelled.'), record, typed)
}

/** The error itself, unless repairs were made that a rollback takes back. */
function withUndo(error: SqsTriggerError, record: RunRecord, typed: TypedDestination): SqsTriggerError {
  const repairs = record.changed.filter((change) => record.journaled.has(change))
  const undo = undoCommands({ ...record, changed: repairs }, typed)
  if (undo.length === 0) return error
  const own = error.hint === undefined ? [] : [error.hint]
  return new SqsTriggerError(error.code, `${error.message} What was fixed stays.`, {
    hint: [...own, ...undo.map((command) => `undo the fixes: ${command}`)].join('\n'),
    ...(error.aws === undefined ? {} : { aws: error.aws }),
    cause: error,
  })
}

/** What one run repaired, one rollback takes back. A queue is never deleted: nothing undoes its creation. */
function undoCommands({ changed, journaled }: RunRecord, typed: TypedDestination): readonly string[] {
  const commands = changed.map((change) => {
    const entry = journaled.get(change)
    return entry === undefined || change.undo === '' ? change.undo : nextCommand(typed, 'rollback', entry)
  })
  return [...new Set(commands)].filter((command) => command !== '')
}

const isStop = ({ code }: SqsTriggerError) => code === 'INTERRUPTED' || code === 'TERMINATED'

const past = { create: 'Created', delete: 'Asked to delete', put: 'Wrote', set: 'Set' } as const
