import type { Change } from './change.js'

/** One change as it stands in the journal, with what was there before. */
export interface JournaledChange {
  readonly change: Change
  /**
   * What the change replaced: the policy document, the former attributes (the empty text for one that was not set),
   * or null where nothing was there.
   */
  readonly previous: Readonly<Record<string, unknown>> | null
  /**
   * `intended` is written before the call, so that a change whose answer was cut off is not forgotten; `never-made`
   * where AWS refused it.
   */
  readonly state: 'intended' | 'made' | 'undone' | 'never-made'
}

/** What one run with `--fix` changed: enough to undo it from another shell, another day. Holds no credentials. */
export interface JournalEntry {
  readonly version: 1
  /** Short enough to type; begins with the date. */
  readonly id: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
  readonly account: string
  readonly region: string
  readonly endpoint: string | null
  readonly profile: string | null
  /** Slugs of the rules that asked for it. */
  readonly rules: readonly string[]
  readonly changes: readonly JournaledChange[]
}

/** Where changes of policies and queues are written down before they are made. */
export interface Journal {
  /** Folder or other place, as people would look for it. */
  readonly place: string
  /**
   * Writes an entry, over one of the same id, in one piece.
   * @throws SqsTriggerError JOURNAL_FAILED: then nothing may be changed.
   */
  write(entry: JournalEntry): Promise<void>
  /**
   * Forgets an entry; one that is not there is no error.
   * @throws SqsTriggerError JOURNAL_FAILED
   */
  remove(id: string): Promise<void>
  /** Newest first; entries that cannot be read are left out and named. */
  list(): Promise<{ readonly entries: readonly JournalEntry[]; readonly unreadable: readonly string[] }>
}
