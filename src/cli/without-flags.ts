interface Flags {
  /** Those that take the next word, or what stands behind `=`; of one letter, also what is written right behind it. */
  readonly valued: readonly string[]
  /** Those that need no value. */
  readonly bare: readonly string[]
  /** Values that may follow a bare flag as the next word. */
  readonly words: readonly string[]
}

/** What was typed, without some flags and their values. Behind `--` nothing is a flag. */
export function withoutFlags(argv: readonly string[], { valued, bare, words }: Flags): readonly string[] {
  const end = argv.indexOf('--')
  const kept: string[] = []
  let before: 'valued' | 'bare' | undefined
  for (const [index, word] of argv.entries()) {
    if (end >= 0 && index >= end) {
      kept.push(word)
      continue
    }
    const value = before
    before = valued.includes(word) ? 'valued' : bare.includes(word) ? 'bare' : undefined
    if (before !== undefined || value === 'valued' || (value === 'bare' && words.includes(word))) {
      if (value === 'valued') before = undefined
      continue
    }
    const [name = ''] = word.split('=')
    const short = valued.find((flag) => /^-[a-z]$/.test(flag) && word.startsWith(flag))
    if (short !== undefined || (word.includes('=') && [...valued, ...bare].includes(name))) continue
    kept.push(word)
  }
  return kept
}
