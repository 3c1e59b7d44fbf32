import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SqsTriggerError } from '../../errors.js'
import type { Journal, JournalEntry } from '../../journal.js'
import { isJournalId, readEntry } from './entry.js'

/** An entry is a few kilobytes: role policies end at 10,240 characters. Nobody's larger file is read into memory. */
const largestEntry = 1_048_576

/**
 * A journal of one JSON file an entry. Nobody else may read it: it says which role was given what. The folder is made
 * with the first entry.
 * @param folder absolute
 */
export function openFileJournal(folder: string): Journal {
  return {
    place: folder,
    write: async (entry) => {
      try {
        await writeWhole(folder, entry)
      } catch (error) {
        throw notWritten(folder, error)
      }
    },
    remove: async (id) => {
      try {
        await rm(pathOf(folder, id), { force: true })
      } catch (error) {
        throw notWritten(folder, error)
      }
    },
    list: async () => {
      const names = await namesIn(folder)
      const entries: JournalEntry[] = []
      const unreadable: string[] = []
      for (const name of names) {
        const entry = await readFile(join(folder, name), name.replace(/\.json$/, ''))
        if (entry) entries.push(entry)
        else unreadable.push(join(folder, name))
      }
      // Within one second the ids say nothing about the order.
      return { entries: entries.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)), unreadable }
    },
  }
}

function notWritten(folder: string, error: unknown): SqsTriggerError {
  return new SqsTriggerError(
    'JOURNAL_FAILED',
    `The journal in ${folder} cannot be written: ${reasonOf(error)}.`,
    { hint: 'What cannot be written down is not changed. Make the folder writable.', cause: error },
  )
}

function pathOf(folder: string, id: string): string {
  if (!isJournalId(id)) throw new TypeError(`${JSON.stringify(id)} names no entry`)
  return join(folder, `${id}.json`)
}

/** Written beside its place and moved there: who reads sees the old entry or the new one, never half of one. */
async function writeWhole(folder: string, entry: JournalEntry): Promise<void> {
  const path = pathOf(folder, entry.id)
  await makeFolder(folder)
  const beside = `${path}.${randomBytes(4).toString('hex')}.new`
  try {
    const file = await open(beside, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(entry, null, 2)}\n`)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
}

/**
 * With the folders above it. Node's own `recursive` never ends where a folder exists that takes nothing and says
 * ENOENT, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  const make = () =>
    mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
      if (codeOf(error) !== 'EEXIST') throw error
    })
  try {
    await make()
  } catch (error) {
    const above = dirname(folder)
    if (codeOf(error) !== 'ENOENT' || above === folder) throw error
    await makeFolder(above)
    await make()
  }
}

/** Newest first: an id begins with its time. A journal that nobody has written in yet is empty. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder)
    return names
      .filter((name) => name.endsWith('.json'))
      .toSorted()
      .toReversed()
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return []
    throw new SqsTriggerError(
      'JOURNAL_FAILED',
      `The journal in ${folder} cannot be read: ${reasonOf(error)}.`,
      { cause: error },
    )
  }
}

/** undefined: it is not an entry of ours, too large, a link, or may not be read. */
async function readFile(path: string, id: string): Promise<JournalEntry | undefined> {
  if (!isJournalId(id)) return undefined
  try {
    // Not blocked by a pipe that somebody put there, and no link is followed. Windows knows neither flag.
    const { O_RDONLY, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants
    const file = await open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK)
    try {
      const about = await file.stat()
      if (!about.isFile() || about.size > largestEntry) return undefined
      const entry = readEntry(await file.readFile('utf8'))
      return entry?.id === id ? entry : undefined
    } finally {
      await file.close()
    }
  } catch {
    return undefined
  }
}

const codeOf = (error: unknown) =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const reasonOf = (error: unknown) => codeOf(error) ?? (error instanceof Error ? error.message : String(error))
