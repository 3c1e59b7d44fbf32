import { SqsTriggerError } from '../../errors.js'
import type { JournalEntry } from '../../journal.js'
import { shown } from '../../shown.js'
import { requireJournal } from '../journal/write.js'
import type { Session } from '../session.js'

interface FoundEntry {
  readonly entry: JournalEntry
  /** Entries that were written after it. */
  readonly later: readonly JournalEntry[]
}

/** @throws SqsTriggerError NOT_FOUND, USAGE for an id that means several, JOURNAL_FAILED, also for a damaged entry */
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
  requireUndamaged(id, unreadable)
  const latest = entries.slice(0, 5).map((entry) => entry.id)
  throw new SqsTriggerError('NOT_FOUND', `The journal in ${journal.place} holds no entry ${shown(id)}.`, {
    hint: latest.length === 0 ? 'Nothing was written there yet.' : `The last ones: ${latest.join(', ')}.`,
  })
}

/**
 * @param unreadable as the journal names them
 * @throws SqsTriggerError JOURNAL_FAILED where the id is that of an entry that cannot be read
 */
export function requireUndamaged(id: string, unreadable: readonly string[]): void {
  const file = id === '' ? undefined : unreadable.find((path) => nameOf(path).startsWith(id))
  if (file === undefined) return
  throw new SqsTriggerError(
    'JOURNAL_FAILED',
    `The entry in ${shown(file)} cannot be read: it is damaged, or of another version, or may not be opened. Nothing was changed.`,
    {
      hint: 'The file names each change with what was there before: undo those by hand, as far as it can be read. The policies that --fix writes are called sqs-trigger-…, and sqs-trigger preflight shows what is missing afterwards.',
    },
  )
}

const nameOf = (path: string) => path.split(/[\\/]/).at(-1) ?? path
