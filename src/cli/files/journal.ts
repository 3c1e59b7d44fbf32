import { join } from 'node:path'
import type { Journal } from '../../journal.js'
import type { Host } from '../streams.js'
import { stateFolder } from './state-folder.js'

/** Where the changes of `--fix` are written down; undefined where there is no place for it. */
export function journalFolder(env: Host['env']): string | undefined {
  const state = stateFolder(env)
  return state === undefined ? undefined : join(state, 'journal')
}

/** The journal of this user. Its code is loaded with the first entry, and its folder made with it. */
export function lazyJournal(env: Host['env']): Journal | undefined {
  const place = journalFolder(env)
  if (place === undefined) return undefined
  const open = async (): Promise<Journal> => {
    const { openFileJournal } = await import('../../operations/journal/file.js')
    return openFileJournal(place)
  }
  return {
    place,
    write: async (entry) => (await open()).write(entry),
    remove: async (id) => (await open()).remove(id),
    list: async () => (await open()).list(),
  }
}
