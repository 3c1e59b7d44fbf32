import type { CommandContext } from './command-context.js'
import type { Mended } from './mend.js'
import { typedLine } from './typed-line.js'
import { withoutFlags } from './without-flags.js'

/** The command that would make the repairs, and whether it has to be typed where questions can be answered. */
export interface FixOffer {
  readonly offer?: string
  readonly onTerminal?: true
}

/**
 * The command that would make the repairs: with `--fix`, or without `--dry-run`; nothing where they were made. Where
 * nobody can be asked, the same command would be refused again: then it is the one for a terminal, without what is said
 * for scripts alone.
 */
export function fixOffer(
  mended: Mended | undefined,
  { host, globals, prompter }: Pick<CommandContext, 'host' | 'globals' | 'prompter'>,
): FixOffer {
  const elsewhere = !globals.yes && !prompter.interactive
  const argv = elsewhere ? withoutFlags(host.argv, forScripts) : host.argv
  const where: FixOffer = elsewhere ? { onTerminal: true } : {}
  const flags = mended === undefined ? ['--fix'] : []
  if (!globals.dryRun) return mended === undefined ? { offer: typedLine(argv, { flags }), ...where } : {}
  const made = withoutFlags(argv, forLooking)
  // Written together with other letters it cannot be taken out.
  if (!argv.some((word) => word === '--dry-run' || word === '-n')) return {}
  return { offer: typedLine(made, { flags }), ...where }
}

/** With these nothing would be fixed, or what is fixed would not be seen. */
const forLooking = { valued: [], bare: ['--dry-run', '-n', '--quiet', '-q'], words: [] } as const

/** The form of the answer, and what decides the exit code. */
const forScripts = {
  valued: ['--output', '-o', '--fail-on'],
  bare: ['--strict', '--json', '--quiet', '-q', '--exit-zero', '--no-input'],
  /** What may stand behind a bare one. */
  words: ['core', 'all'],
} as const
