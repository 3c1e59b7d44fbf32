import { open } from 'node:fs/promises'
import { shellWord } from '../command-line.js'
import type { Manifest } from '../fleet/manifest.js'
import type { CommandContext } from './command-context.js'
import { usualFile } from './project-file.js'
import { typedLine } from './typed-line.js'
import { quoted, usageError } from './usage-error.js'

/**
 * Reads the file that says how triggers are to be. `-` is standard input.
 * @throws SqsTriggerError USAGE for a file that is not there or cannot be read, and for everything that is wrong in it
 */
export async function manifestFrom(
  path: string,
  environment: string | undefined,
  input?: Pick<CommandContext, 'host' | 'streams'>,
): Promise<Manifest> {
  if (path !== '-' || input === undefined) return readText(path, await textOfFile(path), environment)
  const { host, streams } = input
  if (streams.stdin.isTTY) {
    throw usageError(
      '-f - reads standard input, which is a terminal',
      `${typedLine(host.argv, {})} < ${usualFile}`,
    )
  }
  return readText('standard input', await textOf(streams.stdin, 'standard input'), environment)
}

/** YAML and the rules are loaded only where there is something to read with them. */
async function readText(file: string, text: string, environment: string | undefined): Promise<Manifest> {
  const [{ readManifest }, { rules }] = await Promise.all([
    import('../fleet/read-manifest.js'),
    text.includes('ignore') ? import('../preflight/rules/index.js') : { rules: [] },
  ])
  return readManifest({ file, text }, environment, rules)
}

/** @throws SqsTriggerError USAGE; `undefined` would be said of no file. */
export async function textOfFile(path: string): Promise<string> {
  const file = await open(path).catch((error: unknown) => {
    throw unreadable(path, error)
  })
  try {
    return await textOf(file.createReadStream({ autoClose: false }), path)
  } catch (error) {
    throw unreadable(path, error)
  } finally {
    await file.close()
  }
}

/** The text of a stream, which may not end by itself. */
async function textOf(stream: AsyncIterable<unknown>, name: string): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    bytes += buffer.length
    if (bytes > mostBytes) throw usageError(`${quoted(name)} holds more than 1 MiB`)
    parts.push(buffer)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    throw usageError(`${quoted(name)} is no text in UTF-8`)
  }
}

const mostBytes = 1_048_576

function unreadable(path: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (!/^E[A-Z]+$/.test(code)) return error
  const why = reasons[code] ?? `cannot be read (${code})`
  return usageError(
    `${quoted(path)} ${why}`,
    code === 'ENOENT' ? `write what exists into one: sqs-trigger export > ${shellWord(path)}` : undefined,
  )
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
}
