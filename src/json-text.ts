/**
 * JSON as it may stand on a terminal and in YAML, HCL and TypeScript, which read its texts alike: what drives a terminal
 * or turns text around, and what is no character of YAML, is escaped, so that nothing is lost. `JSON.stringify` itself
 * escapes the rest of the control characters and halves of surrogate pairs. https://yaml.org/spec/1.2.2/#51-character-set
 */
export function jsonText(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent).replace(
    risky,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

const risky = /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g
