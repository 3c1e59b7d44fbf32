import type { JournaledChange } from '../../journal.js'
import type { UndoStep } from '../results.js'
import type { Session } from '../session.js'
import { type Beside, stepFor } from './step.js'

/** One journaled change, or some of its attributes, and what becomes of it. */
export interface Part {
  readonly journaled: JournaledChange
  readonly step: UndoStep
}

/**
 * What becomes of one journaled change. Attributes that were set together are one change, but nobody who sets one of
 * them touches the others: where they fare differently, those that fare alike make a part of their own.
 */
export async function partsOf(
  journaled: JournaledChange,
  beside: Beside,
  session: Session,
): Promise<readonly Part[]> {
  const part = async (one: JournaledChange): Promise<Part> => ({
    journaled: one,
    step: await stepFor(one, beside, session),
  })
  const whole = await part(journaled)
  const singles = attributesApart(journaled)
  const { stays } = whole.step
  if (singles.length < 2 || (stays !== 'changed-since' && stays !== 'changed-by-later-fix')) return [whole]
  const alike = new Map<UndoStep['stays'], JournaledChange>()
  for (const single of await Promise.all(singles.map(part))) {
    alike.set(single.step.stays, together(alike.get(single.step.stays), single.journaled))
  }
  return Promise.all([...alike.values()].map(part))
}

/** A change a attribute; none where it is about something else. */
function attributesApart({ change, previous, state }: JournaledChange): readonly JournaledChange[] {
  if (change.type !== 'queue-attributes' || previous === null) return []
  return Object.entries(change.attributes).map(([name, value]) => ({
    change: { ...change, attributes: { [name]: value } },
    previous: { [name]: previous[name] },
    state,
  }))
}

function together(one: JournaledChange | undefined, other: JournaledChange): JournaledChange {
  if (one?.change.type !== 'queue-attributes' || other.change.type !== 'queue-attributes') return other
  const attributes = { ...one.change.attributes, ...other.change.attributes }
  return { ...one, change: { ...one.change, attributes }, previous: { ...one.previous, ...other.previous } }
}
