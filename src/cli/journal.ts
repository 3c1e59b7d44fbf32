import { isAbsolute, join } from 'node:path'
import type { Journal } from '../journal.js'
import type { Host } from './streams.js'

/**
 * Where the changes of `--fix` are written down. By the XDG Base Directory Specification, which says to take no notice
 * of a relative path. https://specifications.freedesktop.org/basedir/latest/
 * @returns undefined where the environment names no place of the user's own.
 */
export function journalFolder(env: Host['env']): string | undefined {
  const { XDG_STATE_HOME: state = '', HOME, USERPROFILE } = env
  const home = HOME || USERPROFILE || ''
  const base = isAbsolute(state) ? state : isAbsolute(home) ? join(home, '.local', 'state') : undefined
  return base === undefined ? undefined : join(base, 'sqs-trigger', 'journal')
}

/** The journal of this user. Its code is loaded with the first entry, and its folder made with it. */
export function lazyJournal(env: Host['env']): Journal | undefined {
  const place = journalFolder(env)
  if (place === undefined) return undefined
  const open = async (): Promise<Journal> => {
    const { openFileJournal } = await import('../operations/journal-file.js')
    return openFileJournal(place)
  }
  return {
    place,
    write: async (entry) => (await open()).write(entry),
    remove: async (id) => (await open()).remove(id),
    list: async () => (await open()).list(),
  }
}
