import type { FindingStatus } from '../preflight/finding.js'

/** Every symbol that is printed, so that `--ascii` and old locales can have plain ones, and `--accessible` words. */
export interface Glyphs {
  /** All of the same width, unless they are words. */
  readonly status: Readonly<Record<FindingStatus, string>>
  readonly note: string
  readonly arrow: string
  /** Stands between the parts of a line, with its blanks. */
  readonly between: string
}

const unicodeGlyphs: Glyphs = {
  status: { pass: '✓', warn: '!', fail: '✗', unknown: '?', skip: '–', ignored: '–' },
  note: 'i',
  arrow: '→',
  between: ' · ',
}

const asciiGlyphs: Glyphs = {
  status: { pass: 'ok', warn: '! ', fail: 'x ', unknown: '? ', skip: '- ', ignored: '- ' },
  note: 'i ',
  arrow: '->',
  between: ' | ',
}

/** A screen reader spells symbols out by their looks: `check mark` says less than `ok`. */
const spokenGlyphs: Glyphs = {
  status: {
    pass: 'ok:',
    warn: 'warning:',
    fail: 'failed:',
    unknown: 'unknown:',
    skip: 'skipped:',
    ignored: 'ignored:',
  },
  note: 'note:',
  arrow: 'to',
  between: ', ',
}

export function glyphsFor(unicode: boolean, accessible: boolean): Glyphs {
  if (accessible) return spokenGlyphs
  return unicode ? unicodeGlyphs : asciiGlyphs
}

/** The symbols that our own sentences use, as words. Letters and quotes stay: those are read well. */
export function toWords(text: string): string {
  return text.replaceAll(' · ', ', ').replace(/[✓✗→×…]/g, (character) => words[character] ?? character)
}

const words: Readonly<Record<string, string>> = {
  '✓': 'ok',
  '✗': 'failed',
  '→': 'to',
  '×': 'times',
  '…': '...',
}

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
