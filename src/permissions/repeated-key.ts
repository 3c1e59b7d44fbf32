/**
 * The first key that stands twice in one object of a JSON text, of which JSON.parse keeps only the last. IAM's
 * grammar does not take such a text. `text` must be valid JSON.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function repeatedKey(text: string): string | undefined {
  // The keys of each object around the current place; undefined for a list.
  const around: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at]
    if (character === '{') around.push(new Set())
    else if (character === '[') around.push(undefined)
    else if (character === '}' || character === ']') around.pop()
    else if (character === '"') {
      const start = at
      at = endOfString(text, start)
      const keys = around.at(-1)
      if (keys === undefined || !isFollowedByColon(text, at + 1)) continue
      const key = String(JSON.parse(text.slice(start, at + 1)))
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}

/** Where the closing quotation mark stands. */
function endOfString(text: string, start: number): number {
  let at = start + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function isFollowedByColon(text: string, start: number): boolean {
  let at = start
  while (' \t\r\n'.includes(text[at] ?? 'end')) at += 1
  return text[at] === ':'
}
