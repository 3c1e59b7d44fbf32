/** One element of a parsed document. */
export interface Element {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly Element[]
  readonly text: string
}

/**
 * Reads the XML that this project writes: a declaration, elements, attributes, text, the five entities and character
 * references. Anything else, and anything that is not well-formed, is an error: https://www.w3.org/TR/xml/#sec-well-formed
 */
export function parseXml(source: string): Element {
  const declaration = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n/.exec(source)
  if (!declaration) throw new Error('no XML declaration')
  const bad = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.exec(source)
  if (bad) throw new Error(`a character that XML cannot hold at ${bad.index}`)
  let at = declaration[0].length
  const root = element()
  if (source.slice(at).trim() !== '') throw new Error(`more after the root element at ${at}`)
  return root

  function take(pattern: RegExp): RegExpExecArray | undefined {
    const sticky = new RegExp(pattern.source, 'uy')
    sticky.lastIndex = at
    const found = sticky.exec(source) ?? undefined
    if (found) at = sticky.lastIndex
    return found
  }

  function element(): Element {
    const name = take(/<([a-z-]+)/)?.[1]
    if (name === undefined) throw new Error(`no element at ${at}: ${source.slice(at, at + 40)}`)
    const attributes: Record<string, string> = {}
    for (let found = take(/ ([a-z]+)="([^"<]*)"/); found; found = take(/ ([a-z]+)="([^"<]*)"/)) {
      const [, key = '', value = ''] = found
      if (key in attributes) throw new Error(`attribute ${key} twice`)
      attributes[key] = decoded(value)
    }
    if (take(/\/>/)) return { name, attributes, children: [], text: '' }
    if (!take(/>/)) throw new Error(`tag ${name} is not closed at ${at}: ${source.slice(at, at + 40)}`)
    const children: Element[] = []
    let text = ''
    for (;;) {
      const words = take(/[^<]+/)?.[0] ?? ''
      if (words.includes(']]>')) throw new Error(']]> in text')
      text += decoded(words)
      const end = take(/<\/([a-z-]+)>/)
      if (end && end[1] !== name) throw new Error(`${name} is ended by ${end[1]}`)
      if (end) return { name, attributes, children, text }
      children.push(element())
    }
  }
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decoded(text: string): string {
  if (/&(?!(?:amp|lt|gt|quot|apos|#\d+);)/.test(text)) throw new Error(`a bare & in ${text}`)
  return text.replace(/&(#?)(\w+);/g, (_, number: string, name: string) =>
    number ? String.fromCodePoint(Number(name)) : (entities[name] ?? ''),
  )
}

/** All elements of this name, at any depth. */
export function all(element: Element, name: string): readonly Element[] {
  const below = element.children.flatMap((child) => all(child, name))
  return element.name === name ? [element, ...below] : below
}
