import type { ChangeMade, RepairChange } from '../change.js'
import type { JournalEntry, JournaledChange } from '../journal.js'
import { untilAborted } from '../until-aborted.js'
import { sendChange } from './apply-change.js'
import { readContext } from './call-context.js'
import type { Operation } from './events.js'
import { requireSamePlace } from './journal/place.js'
import { requireJournal, withState, writeDown } from './journal/write.js'
import { isRepairChange } from './repair/undo.js'
import type { RollbackPlan, RollbackResult, UndoStep } from './results.js'
import { effectsOfUndoing } from './rollback/effects.js'
import { findEntry } from './rollback/entry.js'
import { type Part, partsOf } from './rollback/parts.js'
import type { Session } from './session.js'

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
  const changes: JournaledChange[] = []
  const ahead: JournaledChange[] = []
  for (const journaled of entry.changes.toReversed()) {
    const parts = await untilAborted(partsOf(journaled, { later, ahead }, session), session.signal)
    for (const { journaled: part, step } of parts.toReversed()) {
      const undone = step.undo !== null
      const effects = undone ? await untilAborted(effectsOfUndoing(part, session), session.signal) : []
      if (undone) ahead.push(part)
      changes.unshift(part)
      steps.push(effects.length === 0 ? step : { ...step, effects })
    }
  }
  return { context, entry: { ...entry, changes }, steps }
}

/**
 * Takes back the steps of a plan that can be. What is no longer as it was written is left, with a warning.
 * @throws SqsTriggerError JOURNAL_FAILED before anything is changed; otherwise as AWS answered
 */
export async function* applyRollback(plan: RollbackPlan, session: Session): Operation<RollbackResult> {
  const journal = requireJournal(session)
  let { entry } = plan
  const made: ChangeMade[] = []
  const steps: UndoStep[] = []
  if (plan.steps.some(({ undo }) => undo !== null)) await journal.write(entry)
  for (const [place, planned] of plan.steps.entries()) {
    // From the last to the first: what is told apart on the way moves none of those before it.
    const index = plan.entry.changes.length - 1 - place
    const journaled = plan.entry.changes[index]
    if (planned.undo === null || journaled === undefined) {
      steps.push(planned)
      continue
    }
    session.signal.throwIfAborted()
    const parts = await partsOf(journaled, {}, session)
    entry = withParts(entry, index, parts)
    for (const [offset, { journaled: part, step }] of [...parts.entries()].toReversed()) {
      if (step.undo === null) {
        steps.push(step)
        yield { type: 'warning', message: step.reason ?? 'It is left as it is.' }
        continue
      }
      const content = isRepairChange(part.change) ? writtenBy(part.change) : null
      const sent = await sendChange(step.undo, session, content)
      yield { type: 'change-applied', change: step.undo, made: sent.made }
      made.push(sent.made)
      steps.push(planned.effects === undefined ? step : { ...step, effects: planned.effects })
      entry = withState(entry, index + offset, 'undone')
      yield* writeDown(entry, journal)
    }
  }
  return { journalId: entry.id, made, steps }
}

function withParts(entry: JournalEntry, index: number, parts: readonly Part[]): JournalEntry {
  return { ...entry, changes: entry.changes.toSpliced(index, 1, ...parts.map(({ journaled }) => journaled)) }
}

/** What the undo replaces: what we wrote. */
function writtenBy(change: RepairChange): JournaledChange['previous'] {
  if (change.type !== 'role-policy') return change.attributes
  return change.action === 'put' ? change.policy : null
}
