import { shellWord } from '../command-line.js'

/** What stands behind what was typed: `orders` in quotes where a shell needs them, `<queue>` as it is. */
export interface Added {
  readonly words?: readonly string[]
  /** For a person to fill in. */
  readonly gaps?: readonly string[]
  readonly flags?: readonly string[]
}

/** The command line that was typed, with more words and flags: nothing that was said is lost. */
export function typedLine(argv: readonly string[], { words = [], gaps = [], flags = [] }: Added): string {
  // Behind -- a flag would be a name.
  const end = argv.indexOf('--')
  const [own, rest] = end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end)]
  const named = [...words.map(shellWord), ...gaps]
  const typed = (part: readonly string[]) => part.map(shellWord)
  return end < 0
    ? ['sqs-trigger', ...typed(own), ...named, ...flags].join(' ')
    : ['sqs-trigger', ...typed(own), ...flags, ...typed(rest), ...named].join(' ')
}

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
