import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { FinishedCall } from '../aws/connection/watch-calls.js'
import { callLine } from './details.js'
import { stateFolder } from './files/state-folder.js'
import { redacted } from './redact.js'
import type { Host } from './streams.js'
import { version } from './version.js'

/** What is known of a run that ended by a mistake of this program. */
export interface Crash {
  readonly error: unknown
  readonly host: Pick<Host, 'argv' | 'env'>
  /** Of AWS, the last one last. */
  readonly calls?: readonly FinishedCall[]
  /** Milliseconds since the epoch. Default: the machine's clock. */
  readonly now?: number
}

/**
 * Writes what a report of the mistake needs into a file that nobody else may read: no credentials, no values of flags,
 * nothing that AWS answered.
 * @returns its path; undefined where it could not be written, which must not hide the mistake itself.
 */
export function writeCrashLog(crash: Crash): string | undefined {
  const folder = stateFolder(crash.host.env)
  if (folder === undefined) return undefined
  const time = new Date(crash.now ?? Date.now()).toISOString().replace(/[-:]|\.\d+/g, '')
  const path = join(folder, 'crashes', `${time}-${randomBytes(2).toString('hex')}.log`)
  try {
    makeFolder(dirname(path))
    writeFileSync(path, crashText(crash), { mode: 0o600, flag: 'wx' })
    return path
  } catch {
    return undefined
  }
}

/** The text of the file. */
export function crashText({ error, host, calls = [] }: Crash): string {
  const { platform, arch, versions } = process
  const text = [
    `sqs-trigger ${version}, Node ${versions.node}, ${platform} ${arch}`,
    `command: sqs-trigger ${withoutValues(host.argv).join(' ')}`,
    '',
    ...causesOf(error),
    ...(calls.length === 0 ? [] : ['', 'the last calls:']),
    ...calls.map((call) => callLine(call, { debug: true })),
  ].join('\n')
  return `${redacted(text, host.env)}\n`
}

/** The command and the names of its flags. */
function withoutValues(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const [command] = own.filter((word) => /^[a-z]+$/.test(word))
  const flags = own.flatMap((word) => /^--?[a-z][a-z-]*/i.exec(word)?.[0] ?? [])
  return [...(command === undefined ? [] : [command]), ...flags]
}

function causesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [String(error)]
  const own = error.stack ?? `${error.name}: ${error.message}`
  return error.cause === undefined ? [own] : [own, 'caused by', ...causesOf(error.cause)]
}

/** One by one: Node's own `recursive` never ends where a folder exists that takes nothing and says ENOENT. */
function makeFolder(folder: string): void {
  const make = () => mkdirSync(folder, { mode: 0o700 })
  try {
    make()
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'EEXIST') return
    if (code !== 'ENOENT' || dirname(folder) === folder) throw error
    makeFolder(dirname(folder))
    make()
  }
}
