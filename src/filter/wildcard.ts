/**
 * EventBridge's wildcard: `*` stands for any characters, `\*` and `\\` for themselves; two in a row are not
 * valid. https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export function compileWildcard(pattern: string): ((text: string) => boolean) | undefined {
  const tokens = pattern.match(/\\[*\\]|[^\\]/gs) ?? []
  if (tokens.join('') !== pattern) return undefined
  if (tokens.some((token, position) => token === '*' && tokens[position + 1] === '*')) return undefined
  const pieces = ['']
  for (const token of tokens) {
    if (token === '*') pieces.push('')
    else pieces.push((pieces.pop() ?? '') + token.slice(-1))
  }
  return (text) => fits(pieces, text)
}

/** The pieces between the wildcards must follow one another; the first and the last are anchored. */
function fits(pieces: readonly string[], text: string): boolean {
  const [first = '', ...others] = pieces
  const last = others.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const piece of others) {
    const found = text.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
