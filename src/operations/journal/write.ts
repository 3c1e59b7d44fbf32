import { SqsTriggerError } from '../../errors.js'
import type { Journal, JournalEntry, JournaledChange } from '../../journal.js'
import type { CallContext, Operation } from '../events.js'
import type { Session } from '../session.js'
import { newJournalId } from './entry.js'
import { requireSamePlace } from './place.js'

/** @throws SqsTriggerError JOURNAL_FAILED: what cannot be written down is not changed. */
export function requireJournal({ journal }: Session): Journal {
  if (journal) return journal
  throw new SqsTriggerError(
    'JOURNAL_FAILED',
    'There is no journal to write the change into. Nothing was changed.',
    {
      hint: 'A command keeps it in the folder that XDG_STATE_HOME or HOME names; a program says connect({ journalFolder }).',
    },
  )
}

/** An entry without changes yet. */
export function newEntry(
  rules: readonly string[],
  context: CallContext,
  { clock }: Pick<Session, 'clock'>,
): JournalEntry {
  const { account, region, endpoint, profile } = context
  const now = clock.now()
  const startedAt = new Date(now).toISOString()
  return {
    version: 1,
    id: newJournalId(now),
    startedAt,
    account,
    region,
    endpoint,
    profile,
    rules,
    changes: [],
  }
}

/**
 * The entry of the same run, with the rules of one more repair.
 * @throws SqsTriggerError FIX_REFUSED where it is of another account, Region or endpoint
 */
export function continued(entry: JournalEntry, rules: readonly string[], context: CallContext): JournalEntry {
  requireSamePlace(entry, context)
  return { ...entry, rules: [...new Set([...entry.rules, ...rules])] }
}

export const withLast = (entry: JournalEntry, change: JournaledChange): JournalEntry => ({
  ...entry,
  changes: [...entry.changes, change],
})

/** The entry with another state of one change. */
export function withState(entry: JournalEntry, index: number, state: JournaledChange['state']): JournalEntry {
  const changes = entry.changes.map((change, place) => (place === index ? { ...change, state } : change))
  return { ...entry, changes }
}

/**
 * After the call a journal that fails is told, and stops the next change and not this one: it still says `intended`,
 * which a rollback compares with what is there.
 */
export async function* writeDown(entry: JournalEntry, journal: Journal): Operation<void> {
  yield* tried(() => journal.write(entry), 'The change was made, but the journal could not be told')
}

/** What AWS refused is marked as never made; an entry of nothing else is taken out of the journal. */
export async function* strikeOut(entry: JournalEntry, index: number, journal: Journal): Operation<void> {
  const struck = withState(entry, index, 'never-made')
  const empty = struck.changes.every(({ state }) => state === 'never-made')
  yield* tried(
    () => (empty ? journal.remove(struck.id) : journal.write(struck)),
    'The change was not made, but the journal could not be told',
  )
}

async function* tried(tell: () => Promise<void>, what: string): Operation<void> {
  try {
    await tell()
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    yield { type: 'warning', message: `${what}: ${why}` }
  }
}
