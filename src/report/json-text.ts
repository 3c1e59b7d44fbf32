/**
 * JSON as it may stand on a terminal: what drives it or turns text around is escaped, so that nothing is lost.
 * `JSON.stringify` itself escapes the rest of the control characters and halves of surrogate pairs.
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    risky,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const risky = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g
