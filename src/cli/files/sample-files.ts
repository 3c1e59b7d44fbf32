import { asJsonObject, isJsonObject } from '../../json-object.js'
import type { Sample } from '../../preflight/samples.js'
import type { CommandContext } from '../command-context.js'
import { quoted, usageError } from '../usage-error.js'
import { namedBy, type TextSource, textOf, textOfFile } from './bounded-text.js'

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
      const text = path === '-' ? await readInput(streams) : await textOfFile(path, sourceOf(path))
      return samplesIn(path === '-' ? 'standard input' : path, text)
    }),
  )
  return all.flat()
}

async function readInput({ stdin }: CommandContext['streams']): Promise<string> {
  if (stdin.isTTY) throw usageError('--sample - reads standard input, which is a terminal')
  return textOf(stdin, sourceOf('-'))
}

const sourceOf = (path: string): TextSource => ({
  named: namedBy('--sample', path),
  mostBytes,
  most: '16 MiB',
  hint: 'give a file with one message body, or - for standard input',
})

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
  const list = isJsonObject(content) && Object.keys(content).length === 1 ? content.Records : content
  if (!Array.isArray(list) || list.length === 0) return undefined
  const bodies = list.map((record: unknown) => asJsonObject(record).body)
  return bodies.every((body) => typeof body === 'string') ? bodies : undefined
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
