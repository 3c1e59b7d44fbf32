import { nameIn, roleNameOf } from '../../arn.js'
import type { RepairChange } from '../../change.js'
import { isSignedOut, SqsTriggerError } from '../../errors.js'
import type { JournalEntry, JournaledChange } from '../../journal.js'
import { isMade, type Present, readPresent, samePresent } from '../repair/present.js'
import { isRepairChange, undoOf } from '../repair/undo.js'
import type { StayReason, UndoStep } from '../results.js'
import type { Session } from '../session.js'

/** What a step is compared with besides AWS. */
export interface Beside {
  /** Entries that were written after this one. Default: none. */
  readonly later?: readonly JournalEntry[]
  /** Changes that the steps before take back: they were not taken yet. Default: none. */
  readonly ahead?: readonly JournaledChange[]
}

/** Whether one journaled change can be taken back: only what still is as it was written. */
export async function stepFor(
  { change, previous, state }: JournaledChange,
  { later = [], ahead = [] }: Beside,
  session: Session,
): Promise<UndoStep> {
  const stay = (stays: StayReason, reason: string): UndoStep => ({ change, undo: null, stays, reason })
  if (!isRepairChange(change)) return stay('former-unknown', 'It is no change of a repair.')
  const { name, was, is, it } = wordsFor(change)
  if (state === 'undone') return stay('undone-already', 'It was undone already.')
  if (state === 'never-made') return stay('never-made', `AWS refused it: ${name} ${was} never changed.`)
  if (change.type === 'queue')
    return stay('queue-kept', `${name} stays: a queue is never deleted, because messages may lie in it.`)
  try {
    const present = await presentAfter(change, ahead, session)
    if (!isMade(change, present)) {
      if (samePresent(change, present, previous)) {
        return state === 'intended'
          ? stay('never-made', `${name} ${was} never changed.`)
          : stay('as-before', `${name} ${is} as ${it} ${was} before already.`)
      }
      if (present === null) return stay('gone', `${capital(holderOf(change))} is gone.`)
      const own = later.find((entry) => holds(entry, change))
      return own
        ? stay(
            'changed-by-later-fix',
            `${name} ${was} changed by the later repair ${own.id}: take that one back first. Nothing was undone here.`,
          )
        : stay(
            'changed-since',
            `${name} ${was} changed by somebody else since, and ${is} left as ${it} ${is}.`,
          )
    }
  } catch (error) {
    // Who is signed out has to be told that, and not of everything that it could not be read.
    if (!(error instanceof SqsTriggerError) || isSignedOut(error)) throw error
    return stay('unreadable', `${name} could not be read, and ${is} left as ${it} ${is}: ${error.message}`)
  }
  const undo = undoOf(change, previous)
  return undo
    ? { change, undo, stays: null, reason: null }
    : stay('former-unknown', `What ${name} ${was} before was not written down.`)
}

/** What stands in the place of a change, once the steps before are taken. */
async function presentAfter(
  change: RepairChange,
  ahead: readonly JournaledChange[],
  { clients }: Session,
): Promise<Present> {
  const taken = ahead.filter(({ change: other }) => isRepairChange(other) && isSamePlace(other, change))
  const last = taken.at(-1)
  if (change.type === 'role-policy') return last ? last.previous : readPresent(change, clients)
  const present = await readPresent(change, clients)
  return present && Object.assign({}, present, ...taken.map(({ previous }) => previous))
}

/** Whether an entry made something in the same place, and still counts. */
function holds({ changes }: JournalEntry, change: RepairChange): boolean {
  return changes.some(
    ({ change: other, state }) =>
      state !== 'undone' && state !== 'never-made' && isRepairChange(other) && isSamePlace(other, change),
  )
}

/** One policy, one queue, or at least one attribute that both set. */
function isSamePlace(one: RepairChange, other: RepairChange): boolean {
  if (holderOf(one) !== holderOf(other)) return false
  if (one.type !== 'queue-attributes' || other.type !== 'queue-attributes') return one.type === other.type
  return Object.keys(one.attributes).some((name) => name in other.attributes)
}

/** `policy … of role …`, `queue …` */
function holderOf(change: RepairChange): string {
  return change.type === 'role-policy'
    ? `policy ${change.policyName} of role ${roleNameOf(change.roleArn)}`
    : `queue ${nameIn(change.queueArn)}`
}

/** What was changed, at the beginning of a sentence, with the words that go with it. */
function wordsFor(change: RepairChange) {
  const names = change.type === 'queue-attributes' ? Object.keys(change.attributes) : []
  const holder = holderOf(change)
  const name = names.length === 0 ? capital(holder) : `${names.join(' and ')} of ${holder}`
  return names.length > 1
    ? ({ name, was: 'were', is: 'are', it: 'they' } as const)
    : ({ name, was: 'was', is: 'is', it: 'it' } as const)
}

const capital = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}`
