import { cleanLines } from './clean-text.js'

type Attributes = Readonly<Record<string, string | number>>

/** One element with its attributes; `content` is XML already, or `text()` of what is not. */
export function element(name: string, attributes: Attributes, content: readonly string[] = []): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${quotable(String(value))}"`)
  const start = `<${name}${written.join('')}`
  return content.length === 0 ? `${start}/>` : `${start}>${content.join('')}</${name}>`
}

/** Any text as the content of an element. */
export function text(content: string): string {
  return storable(content).replace(/[&<>]/g, (character) => entities[character] ?? '')
}

/** A line break would be read as a blank. https://www.w3.org/TR/xml/#AVNormalize */
const quotable = (value: string) => text(value).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/**
 * Without what XML cannot hold, not even escaped: control characters, halves of surrogate pairs, U+FFFE and U+FFFF.
 * https://www.w3.org/TR/xml/#charsets
 */
const storable = (content: string) => cleanLines(content).replace(/[\p{Cs}\ufffe\uffff]/gu, '\ufffd')
