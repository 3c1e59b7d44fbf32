import { roleNameOf } from '../arn.js'
import type { ChangeMade, RepairChange } from '../change.js'
import { SqsTriggerError } from '../errors.js'
import type { JournalEntry, JournaledChange } from '../journal.js'
import { shown } from '../shown.js'
import { sendChange } from './apply-change.js'
import { readContext } from './call-context.js'
import type { CallContext, Operation } from './events.js'
import { requireJournal, withState, writeDown } from './repair-apply.js'
import { isMade, readPresent, samePresent } from './repair-present.js'
import { isRepairChange, undoOf } from './repair-undo.js'
import type { RollbackPlan, RollbackResult, UndoStep } from './results.js'
import type { Session } from './session.js'
import { untilAborted } from './until-aborted.js'

/**
 * What of one entry of the journal can be taken back now, the last change first: only what still is as it was written.
 * Changes nothing.
 * @param id as `applyRepair` answered it, or its beginning as far as no other entry begins so
 * @throws SqsTriggerError NOT_FOUND, USAGE for an id that means several, FIX_REFUSED for an entry of another account,
 *   Region or endpoint, JOURNAL_FAILED
 */
export async function* planRollback(id: string, session: Session): Operation<RollbackPlan> {
  const { entry, later } = await findEntry(id, session)
  const context = await readContext(session)
  yield { type: 'caller-identified', context }
  requireSamePlace(entry, context)
  yield { type: 'step-started', what: 'Comparing what is there with what was written' }
  const steps: UndoStep[] = []
  for (const journaled of entry.changes.toReversed()) {
    steps.push(await untilAborted(stepFor(journaled, later, session), session.signal))
  }
  return { context, entry, steps }
}

/**
 * Takes back the steps of a plan that can be. What is no longer as it was written is left, with a warning.
 * @throws SqsTriggerError JOURNAL_FAILED before anything is changed; otherwise as AWS answered
 */
export async function* applyRollback(plan: RollbackPlan, session: Session): Operation<RollbackResult> {
  const journal = requireJournal(session)
  let { entry } = plan
  const made: ChangeMade[] = []
  if (plan.steps.some(({ undo }) => undo !== null)) await journal.write(entry)
  for (const [place, step] of plan.steps.entries()) {
    const index = entry.changes.length - 1 - place
    const journaled = entry.changes[index]
    if (step.undo === null || journaled === undefined) continue
    session.signal.throwIfAborted()
    const { undo, reason } = await stepFor(journaled, [], session)
    if (undo === null) {
      yield { type: 'warning', message: reason ?? 'It is left as it is.' }
      continue
    }
    const content = isRepairChange(journaled.change) ? writtenBy(journaled.change) : null
    const sent = await sendChange(undo, session, content)
    yield { type: 'change-applied', change: undo, made: sent.made }
    made.push(sent.made)
    entry = withState(entry, index, 'undone')
    yield* writeDown(entry, journal)
  }
  return { journalId: entry.id, made }
}

/** What the undo replaces: what we wrote. */
function writtenBy(change: RepairChange): JournaledChange['previous'] {
  if (change.type !== 'role-policy') return change.attributes
  return change.action === 'put' ? change.policy : null
}

interface FoundEntry {
  readonly entry: JournalEntry
  /** Entries that were written after it. */
  readonly later: readonly JournalEntry[]
}

async function findEntry(id: string, session: Session): Promise<FoundEntry> {
  const journal = requireJournal(session)
  const { entries, unreadable } = await journal.list()
  const exact = entries.find((entry) => entry.id === id)
  const withLater = (entry: JournalEntry) => ({ entry, later: entries.slice(0, entries.indexOf(entry)) })
  if (exact) return withLater(exact)
  const found = id === '' ? [] : entries.filter((entry) => entry.id.startsWith(id))
  const [first] = found
  if (first && found.length === 1) return withLater(first)
  if (first) {
    throw new SqsTriggerError('USAGE', `${shown(id)} is the beginning of ${found.length} entries.`, {
      hint: `Say more of it: ${found
        .slice(0, 5)
        .map((entry) => entry.id)
        .join(', ')}.`,
    })
  }
  const latest = entries.slice(0, 5).map((entry) => entry.id)
  const damaged = unreadable.length === 0 ? '' : ` ${unreadable.length} of its files cannot be read.`
  throw new SqsTriggerError(
    'NOT_FOUND',
    `The journal in ${journal.place} holds no entry ${shown(id)}.${damaged}`,
    {
      hint: latest.length === 0 ? 'Nothing was written there yet.' : `The last ones: ${latest.join(', ')}.`,
    },
  )
}

/** The same names may stand for other things there. */
function requireSamePlace(entry: JournalEntry, context: CallContext): void {
  const differing = (['account', 'region', 'endpoint'] as const).filter(
    (name) => entry[name] !== context[name],
  )
  if (differing.length === 0) return
  const parts = differing.map(
    (name) =>
      `${placeNames[name]} ${entry[name] ?? 'of AWS itself'}, not ${context[name] ?? 'of AWS itself'}`,
  )
  const profile = entry.profile === null ? '' : ` It was made with profile ${shown(entry.profile)}.`
  throw new SqsTriggerError(
    'FIX_REFUSED',
    `What entry ${entry.id} changed is in ${parts.join(', and in ')}. Nothing was changed.${profile}`,
    { hint: 'Say --profile, --region and --endpoint-url as they were then.' },
  )
}

const placeNames = { account: 'account', region: 'Region', endpoint: 'endpoint' } as const

async function stepFor(
  { change, previous, state }: JournaledChange,
  later: readonly JournalEntry[],
  session: Session,
): Promise<UndoStep> {
  const stays = (reason: string): UndoStep => ({ change, undo: null, reason })
  if (!isRepairChange(change)) return stays('It is no change of a repair.')
  if (state === 'undone') return stays('It was undone already.')
  const name = placeOf(change)
  if (change.type === 'queue')
    return stays(`${name} stays: a queue is never deleted, because messages may lie in it.`)
  try {
    const present = await readPresent(change, session.clients)
    if (!isMade(change, present)) {
      if (samePresent(change, present, previous)) {
        return stays(
          state === 'intended' ? `${name} was never changed.` : `${name} is as it was before already.`,
        )
      }
      if (present === null) return stays(`${name} is gone.`)
      const own = later.find((entry) => holds(entry, change))
      const who = own ? `by the later repair ${own.id}: take that one back first` : 'by somebody else since'
      return stays(`${name} was changed ${who}, and is left as it is.`)
    }
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return stays(`${name} could not be read, and is left as it is: ${error.message}`)
  }
  const undo = undoOf(change, previous)
  return undo ? { change, undo, reason: null } : stays(`What ${name} was before was not written down.`)
}

/** Whether an entry made something in the same place, and still counts. */
function holds({ changes }: JournalEntry, change: RepairChange): boolean {
  return changes.some(
    (other) =>
      other.state !== 'undone' && isRepairChange(other.change) && placeOf(other.change) === placeOf(change),
  )
}

function placeOf(change: RepairChange): string {
  if (change.type === 'role-policy')
    return `Policy ${change.policyName} of role ${roleNameOf(change.roleArn)}`
  return change.type === 'queue'
    ? `Queue ${change.queueArn.split(':').at(-1)}`
    : `${Object.keys(change.attributes).join(' and ')} of queue ${change.queueArn.split(':').at(-1)}`
}
