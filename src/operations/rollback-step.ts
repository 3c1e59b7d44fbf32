import { roleNameOf } from '../arn.js'
import type { RepairChange } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { JournalEntry, JournaledChange } from '../journal.js'
import { isMade, type Present, readPresent, samePresent } from './repair-present.js'
import { isRepairChange, undoOf } from './repair-undo.js'
import type { StayReason, UndoStep } from './results.js'
import type { Session } from './session.js'

/** What a step is compared with besides AWS. */
interface Beside {
  /** Entries that were written after this one. Default: none. */
  readonly later?: readonly JournalEntry[]
  /** What the steps before leave in a place, by `placeOf`: they were not taken yet. Default: nothing. */
  readonly ahead?: ReadonlyMap<string, Present>
}

/** Whether one journaled change can be taken back: only what still is as it was written. */
export async function stepFor(
  { change, previous, state }: JournaledChange,
  { later = [], ahead = new Map() }: Beside,
  session: Session,
): Promise<UndoStep> {
  const stay = (stays: StayReason, reason: string): UndoStep => ({ change, undo: null, stays, reason })
  if (!isRepairChange(change)) return stay('former-unknown', 'It is no change of a repair.')
  const name = capital(placeOf(change))
  if (state === 'undone') return stay('undone-already', 'It was undone already.')
  if (state === 'never-made') return stay('never-made', `AWS refused it: ${name} was never changed.`)
  if (change.type === 'queue')
    return stay('queue-kept', `${name} stays: a queue is never deleted, because messages may lie in it.`)
  try {
    const waiting = ahead.get(placeOf(change))
    const present = waiting === undefined ? await readPresent(change, session.clients) : waiting
    if (!isMade(change, present)) {
      if (samePresent(change, present, previous)) {
        return state === 'intended'
          ? stay('never-made', `${name} was never changed.`)
          : stay('as-before', `${name} is as it was before already.`)
      }
      if (present === null) return stay('gone', `${name} is gone.`)
      const own = later.find((entry) => holds(entry, change))
      return own
        ? stay(
            'changed-by-later-fix',
            `${name} was changed by the later repair ${own.id}: take that one back first. It is left as it is.`,
          )
        : stay('changed-since', `${name} was changed by somebody else since, and is left as it is.`)
    }
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return stay('unreadable', `${name} could not be read, and is left as it is: ${error.message}`)
  }
  const undo = undoOf(change, previous)
  return undo
    ? { change, undo, stays: null, reason: null }
    : stay('former-unknown', `What ${name} was before was not written down.`)
}

/** Whether an entry made something in the same place, and still counts. */
function holds({ changes }: JournalEntry, change: RepairChange): boolean {
  return changes.some(
    ({ change: other, state }) =>
      state !== 'undone' &&
      state !== 'never-made' &&
      isRepairChange(other) &&
      placeOf(other) === placeOf(change),
  )
}

/** `policy … of role …`: also tells places apart. */
export function placeOf(change: RepairChange): string {
  if (change.type === 'role-policy')
    return `policy ${change.policyName} of role ${roleNameOf(change.roleArn)}`
  const queue = `queue ${change.queueArn.split(':').at(-1)}`
  return change.type === 'queue' ? queue : `${Object.keys(change.attributes).join(' and ')} of ${queue}`
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
