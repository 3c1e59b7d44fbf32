/** Parsed JSON, or undefined when the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Offsets [from, to) of the value of a top-level member in the text of a JSON object, and of the elements when
 * the value is an array. The text must be valid JSON.
 */
export function locateMember(text: string, member: string): readonly (readonly [number, number])[] {
  for (const [keyFrom, keyTo] of childrenOf(text, text.indexOf('{'))) {
    const colon = text.indexOf(':', keyTo)
    const valueFrom = skipSpace(text, colon + 1)
    if (text.slice(keyFrom, keyTo) !== JSON.stringify(member)) continue
    return text[valueFrom] === '[' ? childrenOf(text, valueFrom) : [[valueFrom, endOfValue(text, valueFrom)]]
  }
  return []
}

/** Spans of the keys of an object or of the elements of an array that opens at `open`. */
function childrenOf(text: string, open: number): readonly (readonly [number, number])[] {
  const isObject = text[open] === '{'
  const spans: (readonly [number, number])[] = []
  let at = skipSpace(text, open + 1)
  while (at < text.length && text[at] !== '}' && text[at] !== ']') {
    const end = endOfValue(text, at)
    spans.push([at, end])
    const valueEnd = isObject ? endOfValue(text, skipSpace(text, text.indexOf(':', end) + 1)) : end
    at = skipSpace(text, valueEnd)
    if (text[at] === ',') at = skipSpace(text, at + 1)
  }
  return spans
}

function endOfValue(text: string, from: number): number {
  if (text[from] !== '{' && text[from] !== '[' && text[from] !== '"') {
    const end = text.slice(from).search(/[\s,}\]]/)
    return end === -1 ? text.length : from + end
  }
  let depth = 0
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '"') at = endOfString(text, at)
    else if (character === '{' || character === '[') depth++
    else if (character === '}' || character === ']') depth--
    if (depth === 0) return at + 1
  }
  return text.length
}

/** Offset of the closing quote. */
function endOfString(text: string, open: number): number {
  let at = open + 1
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1
  return at
}

function skipSpace(text: string, from: number): number {
  let at = from
  while (at < text.length && /\s/.test(text.charAt(at))) at++
  return at
}
