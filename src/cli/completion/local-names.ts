import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stateFolder } from '../files/state-folder.js'
import type { Host } from '../streams.js'

/** What stands on this machine: looked up only where it is asked for. */
export interface LocalNames {
  profiles(): readonly string[]
  /** Ids that `rollback` takes. */
  journalIds(): readonly string[]
}

/** Names in the files of this machine. What cannot be read is no reason to disturb who is typing. */
export function localNames(env: Host['env']): LocalNames {
  return {
    profiles: () => {
      const home = join(env.HOME || env.USERPROFILE || '', '.aws')
      const config = sectionsIn(env.AWS_CONFIG_FILE || join(home, 'config'))
      const credentials = sectionsIn(env.AWS_SHARED_CREDENTIALS_FILE || join(home, 'credentials'))
      // https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html
      const profiles = config.flatMap((name) => /^(?:profile\s+(.+)|(default))$/.exec(name)?.slice(1) ?? [])
      const names = [...profiles, ...credentials].flatMap(
        (name) => name?.trim().replace(/^(["'])(.*)\1$/, '$2') ?? [],
      )
      return [...new Set(names)].filter((name) => typable.test(name)).toSorted()
    },
    journalIds: () => {
      const folder = stateFolder(env)
      if (folder === undefined) return []
      return namesIn(join(folder, 'journal'))
        .flatMap((name) => /^([\w-]+)\.json$/.exec(name)?.[1] ?? [])
        .toSorted()
        .toReversed()
    },
  }
}

/** Nothing that a shell would read as more than a name. */
const typable = /^[\w.@+-]+$/

function sectionsIn(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8')
      .split(/\r?\n/)
      .flatMap((line) => /^\s*\[([^\]]+)\]/.exec(line)?.[1]?.trim() ?? [])
  } catch {
    return []
  }
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
