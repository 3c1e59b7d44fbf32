import { SqsTriggerError } from '../errors.js'
import type { JournalEntry } from '../journal.js'
import { shown } from '../shown.js'
import { requireJournal } from './journal-write.js'
import type { Session } from './session.js'

interface FoundEntry {
  readonly entry: JournalEntry
  /** Entries that were written after it. */
  readonly later: readonly JournalEntry[]
}

/** @throws SqsTriggerError NOT_FOUND, USAGE for an id that means several, JOURNAL_FAILED */
export async function findEntry(id: string, session: Session): Promise<FoundEntry> {
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
