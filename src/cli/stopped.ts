import { nextCommand, type TypedDestination } from '../command-line.js'
import { isSignedOut, reworded, SqsTriggerError } from '../errors.js'
import type { RunRecord } from '../report/run-record.js'
import { doneWords } from '../report/text/change-words.js'

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
  const happened = happenings(record)
  const undo = undoCommands(record, typed).map((command) => `undo: ${command}`)
  // A plan and its file find out for themselves what is left.
  const onward = record.fleet ? (record.planned ? [sameAgain] : []) : undo
  const hints = [...onward, ...(signal.hint === undefined ? [] : [signal.hint])]
  const underWay = record.planned && record.changed.length === 0
  const look = record.fleet
    ? '`sqs-trigger plan` shows'
    : `\`sqs-trigger list\`${record.repairing ? ' and `sqs-trigger rollback` show' : ' shows'}`
  const nothing = underWay ? `A change may be under way: ${look} what exists.` : 'Nothing was changed.'
  const message = [signal.message, ...(happened.length === 0 ? [nothing] : happened)].join(' ')
  return new SqsTriggerError(signal.code, message, {
    ...(hints.length === 0 ? {} : { hint: hints.join('\n') }),
    cause: error ?? signal.cause,
  })
}

const sameAgain = 'The same command again goes on from there.'

/** What was done so far, as sentences, in the words in which the run told it. */
function happenings({ changes, messageIds }: RunRecord): readonly string[] {
  const done = [...changes].map(([made, change]) => `${doneWords(change, made)}.`)
  const count = messageIds.length
  return [...done, ...(count === 0 ? [] : [`Sent ${count === 1 ? 'one message' : `${count} messages`}.`])]
}

/**
 * The failure of a run that changed something before. A person who left a question is told what, and not that nothing
 * was; so is who was signed out in the middle. Any other failure is about something else, so that it says beside its
 * own words how the repairs are undone.
 */
export function afterChanges(
  failure: SqsTriggerError,
  record: RunRecord,
  typed: TypedDestination,
): SqsTriggerError {
  if (isSignedOut(failure)) return withUndo(signedOut(failure, record, typed), record, typed)
  if (failure.code !== 'INTERRUPTED' || record.changed.length === 0) return withUndo(failure, record, typed)
  return asStopped(undefined, new SqsTriggerError('INTERRUPTED', 'Cancelled.'), record, typed)
}

/** What had been done by then, and the command that goes on from there without doing it twice. */
function signedOut(failure: SqsTriggerError, record: RunRecord, typed: TypedDestination): SqsTriggerError {
  const happened = happenings(record)
  if (happened.length === 0) return failure
  const hints = [...(failure.hint === undefined ? [] : [failure.hint]), ...goingOn(record, typed)]
  const message = [failure.message, ...happened].join(' ')
  return reworded(failure, { message, hint: hints.length === 0 ? undefined : hints.join('\n') }, failure)
}

function goingOn(
  { changed, messageIds, target, fleet }: RunRecord,
  typed: TypedDestination,
): readonly string[] {
  if (messageIds.length > 0 && target?.queueArn) {
    return [`then look: ${nextCommand(typed, 'status', target.queueArn)}`]
  }
  const mapping = changed.findLast(({ type }) => type === 'event-source-mapping')
  if (mapping === undefined || fleet) return ['Then run the same command again: it goes on from there.']
  const until = mapping.action === 'delete' ? ['--for', 'deleted'] : []
  return [`then continue: ${nextCommand(typed, 'wait', mapping.id, ...until)}`]
}

/** The error itself, unless repairs were made that a rollback takes back. */
function withUndo(error: SqsTriggerError, record: RunRecord, typed: TypedDestination): SqsTriggerError {
  const repairs = record.changed.filter((change) => record.journaled.has(change))
  const undo = undoCommands({ ...record, changed: repairs }, typed)
  if (undo.length === 0) return error
  const own = error.hint === undefined ? [] : [error.hint]
  const hint = [...own, ...undo.map((command) => `undo the fixes: ${command}`)].join('\n')
  return reworded(error, { message: `${error.message} What was fixed stays.`, hint }, error)
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
