import type { CommandContext } from './command-context.js'
import type { Mended } from './mend.js'
import { typedLine } from './typed-line.js'

/** The command that would make the repairs: with `--fix`, or without `--dry-run`; nothing where they were made. */
export function fixOffer(
  mended: Mended | undefined,
  { host, globals }: Pick<CommandContext, 'host' | 'globals'>,
): { readonly offer?: string } {
  if (mended === undefined) return { offer: typedLine(host.argv, { flags: ['--fix'] }) }
  const made = host.argv.filter((word) => word !== '--dry-run' && word !== '-n')
  // Written together with other letters it cannot be taken out.
  if (!globals.dryRun || made.length === host.argv.length) return {}
  return { offer: typedLine(made, {}) }
}
