/**
 * Any text as the content of an element or of an attribute in double quotes: nothing in it is markup, and what cannot
 * be seen, or turns the direction of what stands beside it, is written out as `\u202e`. Line breaks and tabs stay.
 * https://html.spec.whatwg.org/multipage/parsing.html#parse-errors
 */
export const escaped = (text: string): string =>
  visible(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** Control, format, private and unassigned characters, lone surrogates and the separators of lines as their numbers. */
export const visible = (text: string): string => text.replace(hidden, written)

const hidden = /(?![\n\t])[\p{C}\p{Zl}\p{Zp}]/gu

function written(character: string): string {
  const number = (character.codePointAt(0) ?? 0).toString(16)
  return number.length > 4 ? `\\u{${number}}` : `\\u${number.padStart(4, '0')}`
}

/** `1000` → `1,000`. */
export const grouped = (count: number): string => count.toLocaleString('en-US')

/** `1 mapping`, `2 mappings`. */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${grouped(count)} ${count === 1 ? one : many}`

/** Cut in the middle: names differ at their ends. */
export function shortened(text: string, longest: number): string {
  const characters = [...visible(text)]
  if (characters.length <= longest) return characters.join('')
  const end = Math.floor((longest - 1) / 2)
  return `${characters.slice(0, longest - 1 - end).join('')}…${characters.slice(-end).join('')}`
}
