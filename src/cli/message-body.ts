import { open } from 'node:fs/promises'
import { limits } from '../limits.js'
import type { CommandContext } from './command-context.js'
import { typedLine } from './typed-line.js'
import { quoted, usageError } from './usage-error.js'

interface Given {
  /** `-` is standard input. */
  readonly body?: string | undefined
  /** Path of a file whose text is the body; `-` is standard input. */
  readonly bodyFile?: string | undefined
}

/**
 * The body of a message as it was given; undefined: it was not.
 * @throws SqsTriggerError USAGE for what cannot be read, is too large for any queue, or is no text
 */
export async function messageBody(
  { body, bodyFile }: Given,
  { host, streams }: Pick<CommandContext, 'host' | 'streams'>,
): Promise<string | undefined> {
  if (body !== undefined && bodyFile !== undefined)
    throw usageError('--body and --body-file contradict each other', 'give one of them')
  if (body === '') throw usageError('--body is empty; SQS takes no empty message')
  if (body !== '-' && bodyFile === undefined) return body
  if (body === '-' || bodyFile === '-') {
    const flag = body === '-' ? '--body -' : '--body-file -'
    if (streams.stdin.isTTY)
      throw usageError(
        `${flag} reads standard input, which is a terminal`,
        `${typedLine(host.argv, {})} < message.json`,
      )
    return textOf(streams.stdin, flag)
  }
  return fileText(bodyFile ?? '')
}

async function fileText(path: string): Promise<string> {
  const named = `--body-file ${quoted(path)}`
  const fail = (error: unknown) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // What is no error of the file system has said what it is.
    return /^E[A-Z]+$/.test(code)
      ? usageError(`${named} ${reasons[code] ?? `cannot be read (${code})`}`)
      : error
  }
  const file = await open(path).catch((error: unknown) => {
    throw fail(error)
  })
  try {
    return await textOf(file.createReadStream({ autoClose: false }), named)
  } catch (error) {
    throw fail(error)
  } finally {
    await file.close()
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by you',
}

/** The text of a stream, which may not end by itself: no more is read than a message can hold. */
async function textOf(stream: AsyncIterable<unknown>, named: string): Promise<string> {
  const parts: Buffer[] = []
  let bytes = 0
  const most = limits.messageBodyMaximum.value
  for await (const part of stream) {
    const buffer = Buffer.isBuffer(part) ? part : Buffer.from(String(part))
    bytes += buffer.length
    if (bytes > most)
      throw usageError(`${named} holds more than ${most} bytes, the most that any queue takes`)
    parts.push(buffer)
  }
  if (bytes === 0) throw usageError(`${named} is empty; SQS takes no empty message`)
  try {
    // A byte-order mark is part of the message, as every other byte is.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(parts))
  } catch {
    throw usageError(`${named} is no text in UTF-8`, 'encode binary data, for example as Base64')
  }
}
