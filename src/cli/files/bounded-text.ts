import { open } from 'node:fs/promises'
import { quoted, usageError } from '../usage-error.js'

/** A text that is read from a file or a stream, and how an error speaks of it. */
export interface TextSource {
  /** `--body-file "order.json"` */
  readonly named: string
  readonly mostBytes: number
  /** `1 MiB`, as a sentence ends with it. */
  readonly most: string
  /** What to type instead of a file that cannot be read. */
  readonly hint?: string
  /** What to do about bytes that are no text. */
  readonly encode?: string
}

/**
 * The text of a file, bounded.
 * @throws SqsTriggerError USAGE naming the file that is missing, cannot be read, is too large, or is no text
 */
export async function textOfFile(path: string, source: TextSource): Promise<string> {
  const fail = (error: unknown): unknown => unreadable(source, error)
  const file = await open(path).catch((error: unknown) => {
    throw fail(error)
  })
  try {
    return await textOf(file.createReadStream({ autoClose: false }), source)
  } catch (error) {
    throw fail(error)
  } finally {
    await file.close()
  }
}

/**
 * The text of a stream, which may not end by itself: no more is read than is allowed. A byte-order mark is part of it,
 * as every other byte is.
 * @throws SqsTriggerError USAGE for too much, or for what is no text
 */
export async function textOf(
  stream: AsyncIterable<unknown>,
  { named, mostBytes, most, encode }: TextSource,
): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    bytes += buffer.length
    if (bytes > mostBytes) throw usageError(`${named} holds more than ${most}`)
    parts.push(buffer)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    throw usageError(`${named} is no text in UTF-8`, encode)
  }
}

/** What is no error of the file system has said what it is. */
function unreadable({ named, hint }: TextSource, error: unknown): unknown {
  const why = whyUnreadable(error)
  return why === undefined ? error : usageError(`${named} ${why}`, hint)
}

/** Why a file cannot be read, as a sentence ends; undefined: that is no error of the file system. */
export function whyUnreadable(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return /^E[A-Z]+$/.test(code) ? (reasons[code] ?? `cannot be read (${code})`) : undefined
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
}

/** `--sample "order.json"` */
export const namedBy = (flag: string, path: string) => `${flag} ${quoted(path)}`
