/** Roles of text, not colours. Every use stands beside a word or a symbol that says the same. */
export interface Palette {
  readonly good: Paint
  readonly bad: Paint
  readonly caution: Paint
  readonly faint: Paint
  readonly strong: Paint
  readonly command: Paint
}

type Paint = (text: string) => string

const plain: Paint = (text) => text

export const plainPalette: Palette = {
  good: plain,
  bad: plain,
  caution: plain,
  faint: plain,
  strong: plain,
  command: plain,
}

/** The 16 colours that every terminal lets its user choose. chalk is loaded only for a stream that takes them. */
export async function openPalette(colour: boolean): Promise<Palette> {
  if (!colour) return plainPalette
  const { Chalk } = await import('chalk')
  const chalk = new Chalk({ level: 1 })
  return {
    // Paints are handed to map(), and chalk would print the index that comes along.
    good: (text) => chalk.green(text),
    bad: (text) => chalk.red(text),
    caution: (text) => chalk.yellow(text),
    faint: (text) => chalk.dim(text),
    strong: (text) => chalk.bold(text),
    command: (text) => chalk.cyan(text),
  }
}
