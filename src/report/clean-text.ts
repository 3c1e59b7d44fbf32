/**
 * Text from AWS or from a handler, made safe for a terminal: escape sequences and control characters could
 * repaint what stands there, and bidirectional marks could reverse it. Tabs and line breaks become spaces.
 */
export function cleanText(text: string): string {
  return text
    .replace(sequences, '')
    .replace(/[\t\r\n]+/g, ' ')
    .replace(controls, '')
}

/** The same, keeping line breaks. */
export function cleanLines(text: string): string {
  return text.split(/\r?\n/).map(cleanText).join('\n')
}

// ECMA-48: CSI sequences, OSC strings with their terminator, and two-character escapes.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const sequences = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[@-Z\\-_]/g
const controls = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu
