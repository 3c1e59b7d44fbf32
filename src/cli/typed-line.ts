import { shellWord } from '../command-line.js'
import { withoutFlags } from './without-flags.js'

/** What stands behind what was typed, in quotes where a shell needs them: `<queue>` would be a file to it. */
export interface Added {
  /** The names that were asked for, and those that come after them: such a name needs no flag any more. */
  readonly words?: readonly string[]
  /** For a person to fill in. */
  readonly gaps?: readonly string[]
  readonly flags?: readonly string[]
}

/** The command line that was typed, with more words and flags: nothing that was said is lost. */
export function typedLine(argv: readonly string[], { words = [], gaps = [], flags = [] }: Added): string {
  const asTyped = words.length === 0 ? argv : withoutFlags(argv, nameFlags)
  // Behind -- a flag would be a name.
  const end = asTyped.indexOf('--')
  const [own, rest] = end < 0 ? [asTyped, []] : [asTyped.slice(0, end), asTyped.slice(end)]
  const named = [...words, ...gaps].map(shellWord)
  const typed = (part: readonly string[]) => part.map(shellWord)
  return end < 0
    ? ['sqs-trigger', ...typed(own), ...named, ...flags].join(' ')
    : ['sqs-trigger', ...typed(own), ...flags, ...typed(rest), ...named].join(' ')
}

const nameFlags = { valued: ['--queue', '--function'], bare: [], words: [] }

/** The same, where another Region was chosen than the one that was typed, or than the one of the environment. */
export function withRegion(
  argv: readonly string[],
  typed: string | undefined,
  chosen: string | undefined,
  added: Added,
): string {
  if (chosen === undefined || chosen === typed) return typedLine(argv, added)
  const kept = argv.filter(
    (word, index) => !/^--region(=|$)/.test(word) && !(argv[index - 1] === '--region' && word === typed),
  )
  return typedLine(kept, { ...added, flags: [...(added.flags ?? []), '--region', chosen] })
}
