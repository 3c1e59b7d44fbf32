import { jsonText } from './json-text.js'

/**
 * Text that a user or AWS gave, safe to stand in a sentence: in double quotes, control characters escaped so that
 * they cannot drive a terminal, cut after 80 characters.
 */
export function shown(text: string): string {
  return jsonText(text.length > 80 ? `${text.slice(0, 77)}…` : text)
}
