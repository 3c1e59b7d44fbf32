/** Every line of a block of code, and every piece of code in a sentence, that runs the tool: the words it is given. */
export function commandLines(text: string): readonly (readonly string[])[] {
  const blocks = [...text.matchAll(/^```\w*\n([\s\S]*?)^```/gm)].map(([, block = '']) => block)
  const prose = text.replaceAll(/^```\w*\n[\s\S]*?^```/gm, '')
  const typed = /^\s*(?:[$-] )?(?:- )?(?:run: )?(?:npx (?:--no-install )?)?sqs-trigger ([a-z].*)$/gm
  const inBlocks = blocks.flatMap((block) =>
    [...block.replaceAll(/\\\n\s*/g, '').matchAll(typed)].map(([, words = '']) => words),
  )
  const inProse = [...prose.matchAll(/`sqs-trigger ([a-z][^`]*)`/g)].map(([, words = '']) => words)
  return [...inBlocks, ...inProse].map((words) =>
    [...words.replace(/ +[#>].*$/, '').matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word),
  )
}

/** Single quotes, as in the examples of the help. */
export const shellWords = (line: string) =>
  (line.match(/(?:[^\s']|'[^']*')+/g) ?? []).map((word) => word.replaceAll("'", ''))
