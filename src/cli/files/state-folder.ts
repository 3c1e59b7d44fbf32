import { isAbsolute, join } from 'node:path'
import type { Host } from '../streams.js'

/**
 * Where this program keeps what outlives a run, by the XDG Base Directory Specification, which says to take no notice
 * of a relative path. https://specifications.freedesktop.org/basedir/latest/
 * @returns undefined where the environment names no place of the user's own.
 */
export function stateFolder(env: Host['env']): string | undefined {
  const { XDG_STATE_HOME: state = '', HOME, USERPROFILE } = env
  const home = HOME || USERPROFILE || ''
  const base = isAbsolute(state) ? state : isAbsolute(home) ? join(home, '.local', 'state') : undefined
  return base === undefined ? undefined : join(base, 'sqs-trigger')
}
