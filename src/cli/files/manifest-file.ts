import { shellWord } from '../../command-line.js'
import type { Manifest } from '../../fleet/manifest.js'
import type { CommandContext } from '../command-context.js'
import { typedLine } from '../typed-line.js'
import { quoted, usageError } from '../usage-error.js'
import { type TextSource, textOf, textOfFile } from './bounded-text.js'
import { usualFile } from './project-file.js'

/**
 * Reads the file that says how triggers are to be. `-` is standard input.
 * @throws SqsTriggerError USAGE for a file that is not there or cannot be read, and for everything that is wrong in it
 */
export async function manifestFrom(
  path: string,
  environment: string | undefined,
  input?: Pick<CommandContext, 'host' | 'streams'>,
): Promise<Manifest> {
  if (path !== '-' || input === undefined) return readText(path, await textOfManifest(path), environment)
  const { host, streams } = input
  if (streams.stdin.isTTY) {
    throw usageError(
      '-f - reads standard input, which is a terminal',
      `${typedLine(host.argv, {})} < ${usualFile}`,
    )
  }
  return readText('standard input', await textOf(streams.stdin, sourceOf('standard input')), environment)
}

/** YAML and the rules are loaded only where there is something to read with them. */
async function readText(file: string, text: string, environment: string | undefined): Promise<Manifest> {
  const [{ readManifest }, { rules }] = await Promise.all([
    import('../../fleet/manifest/read-manifest.js'),
    text.includes('ignore') ? import('../../preflight/rules/index.js') : { rules: [] },
  ])
  return readManifest({ file, text }, environment, rules)
}

/** @throws SqsTriggerError USAGE */
export const textOfManifest = (path: string) =>
  textOfFile(path, {
    ...sourceOf(quoted(path)),
    hint: `write what exists into one: sqs-trigger export > ${shellWord(path)}`,
  })

const sourceOf = (named: string): TextSource => ({ named, mostBytes: 1_048_576, most: '1 MiB' })
