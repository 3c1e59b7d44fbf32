import { open } from 'node:fs/promises'
import { SqsTriggerError } from '../errors.js'
import type { Sample } from '../operations/requests.js'
import type { CommandContext } from './command-context.js'
import { quoted, usageError } from './usage-error.js'

/** Of one source: more than the largest event that a function gets. */
const mostBytes = 16 * 1_048_576

/**
 * Reads example messages. A file is one body; a file that holds SQS records, as a list or as the event of a function,
 * counts as their bodies. `-` is standard input.
 * @throws SqsTriggerError USAGE naming the file that is missing, cannot be read, or is too large
 */
export async function readSamples(
  paths: readonly string[],
  { streams }: Pick<CommandContext, 'streams'>,
): Promise<readonly Sample[]> {
  if (paths.filter((path) => path === '-').length > 1)
    throw usageError('--sample - is given twice, and standard input can be read once')
  const all = await Promise.all(
    paths.map(async (path) => {
      const text = path === '-' ? await readInput(streams) : await readFile(path)
      return samplesIn(path === '-' ? 'standard input' : path, text)
    }),
  )
  return all.flat()
}

async function readInput({ stdin }: CommandContext['streams']): Promise<string> {
  if (stdin.isTTY) throw usageError('--sample - reads standard input, which is a terminal')
  return textOf(stdin, '-')
}

async function readFile(path: string): Promise<string> {
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

/** The text of a stream, which may not end by itself: no more is read than is allowed. */
async function textOf(stream: AsyncIterable<unknown>, path: string): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  for await (const part of stream) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    bytes += buffer.length
    if (bytes > mostBytes) throw usageError(`--sample ${quoted(path)} holds more than 16 MiB`)
    parts.push(buffer)
  }
  return Buffer.concat(parts).toString('utf8')
}

/** `[{"body":"…"}, …]`, `{"Records":[{"body":"…"}, …]}`, or the body itself. */
function samplesIn(name: string, text: string): readonly Sample[] {
  const records = recordsIn(text)
  if (records === undefined) {
    if (text === '') throw usageError(`--sample ${quoted(name)} is empty; SQS takes no empty message`)
    return [{ name, body: text }]
  }
  return records.map((body, index) => ({ name: `${name} #${index + 1}`, body }))
}

function recordsIn(text: string): readonly string[] | undefined {
  const content = parsed(text)
  const list = isRecord(content) && Object.keys(content).length === 1 ? content.Records : content
  if (!Array.isArray(list) || list.length === 0) return undefined
  const bodies = list.map((record: unknown) => (isRecord(record) ? record.body : undefined))
  return bodies.every((body) => typeof body === 'string') ? bodies : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A JSON object is a record of unknowns. */
const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function unreadable(path: string, error: unknown): unknown {
  const isSystem = error instanceof Error && !(error instanceof SqsTriggerError) && 'code' in error
  const code = isSystem ? String(error.code) : undefined
  if (code === undefined) return error
  const why = reasons[code] ?? `cannot be read (${code})`
  return usageError(
    `--sample ${quoted(path)} ${why}`,
    'give a file with one message body, or - for standard input',
  )
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
}
