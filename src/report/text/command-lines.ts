import type { Page } from '../page.js'

/** Whether a line is one to paste, rather than a sentence that begins like one. */
export function isCommand(line: string): boolean {
  // A sentence ends somewhere; what stands in quotes is not looked at.
  const bare = line.replace(/'[^']*'|"[^"]*"/g, '')
  return /^(sqs-trigger|aws|terraform|npx|sam) /.test(line) && !/[.?!](\s|$)/.test(bare)
}

/**
 * A command to paste, broken with ` \` between its words where it is longer than the page. What stands in
 * quotes is never broken, so that the lines pasted together are the same command.
 */
export function commandLines(page: Page, command: string, indent: number): readonly string[] {
  if (indent + command.length <= page.columns) return [' '.repeat(indent) + command]
  const lines: string[] = []
  let line = ' '.repeat(indent)
  for (const [index, word] of shellWords(command).entries()) {
    // Two columns stay free for the ` \` that may have to follow. A second command begins a line of its own.
    const second = line.endsWith(' &&')
    if (second || (index > 0 && line.length + 1 + word.length > page.columns - 2)) {
      lines.push(`${line} \\`)
      line = ' '.repeat(second ? indent : indent + 2) + word
    } else {
      line += index === 0 ? word : ` ${word}`
    }
  }
  return [...lines, line]
}

/** Splits at spaces outside quotes, keeping the quotes. A flag and its value stay together. */
function shellWords(command: string): readonly string[] {
  const words = command.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|\\.|[^\s'"\\])+/g) ?? [command]
  const pieces: string[] = []
  for (const word of words) {
    const last = pieces.at(-1) ?? ''
    const isValue = /^--[\w-]+$/.test(last) && !word.startsWith('-')
    if (isValue) pieces[pieces.length - 1] = `${last} ${word}`
    else pieces.push(word)
  }
  return pieces
}
