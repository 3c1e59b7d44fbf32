import type { FindingStatus } from '../preflight/finding.js'

/** Every symbol that is printed, so that `--ascii` and old locales can have plain ones. */
export interface Glyphs {
  /** All of the same width. */
  readonly status: Readonly<Record<FindingStatus, string>>
  readonly note: string
  readonly arrow: string
  readonly dot: string
}

const unicodeGlyphs: Glyphs = {
  status: { pass: '✓', warn: '!', fail: '✗', unknown: '?', skip: '–', ignored: '–' },
  note: 'i',
  arrow: '→',
  dot: '·',
}

const asciiGlyphs: Glyphs = {
  status: { pass: 'ok', warn: '! ', fail: 'x ', unknown: '? ', skip: '- ', ignored: '- ' },
  note: 'i ',
  arrow: '->',
  dot: '|',
}

export const glyphsFor = (unicode: boolean): Glyphs => (unicode ? unicodeGlyphs : asciiGlyphs)

/** The typographic characters that our own sentences use, as ASCII; anything else outside ASCII as `?`. */
export function toAscii(text: string): string {
  const replaced = text.replace(/[✓✗→·–—…’‘“”⚠×]/g, (character) => replacements[character] ?? '?')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: everything outside ASCII is meant
  return replaced.replace(/[^\u0000-\u007f]/gu, '?')
}

const replacements: Readonly<Record<string, string>> = {
  '✓': 'ok',
  '✗': 'x',
  '→': '->',
  '·': '|',
  '–': '-',
  '—': '-',
  '…': '...',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '⚠': '!',
  '×': 'x',
}
