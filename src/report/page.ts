import { cleanLines } from './clean-text.js'
import { type Glyphs, glyphsFor, toAscii, toWords } from './glyphs.js'
import type { Palette } from './palette.js'
import type { Output } from './streams.js'

/** What a renderer must know of the place that it writes for. */
export interface Page {
  readonly columns: number
  /** The same for tables, whose lines are no text to be read: Infinity where programs read them. */
  readonly tableColumns: number
  readonly unicode: boolean
  /** Read aloud: words for symbols, names before their values, no columns and no pictures. */
  readonly accessible: boolean
  readonly glyphs: Glyphs
  readonly paint: Palette
}

/** @param tableColumns default: as many as text has */
export function openPage(columns: number, unicode: boolean, paint: Palette, tableColumns = columns): Page {
  return { columns, tableColumns, unicode, accessible: false, glyphs: glyphsFor(unicode, false), paint }
}

/** The page of a stream, as wide as that is now. */
export function pageOn(
  output: Pick<Output, 'columns' | 'tableColumns' | 'unicode' | 'accessible'>,
  paint: Palette,
): Page {
  const { unicode, accessible } = output
  return {
    get columns() {
      return output.columns
    },
    get tableColumns() {
      return output.tableColumns
    },
    unicode,
    accessible,
    glyphs: glyphsFor(unicode, accessible),
    paint,
  }
}

/** Text from AWS or the user as it may be shown here. */
export function shown(page: Page, text: string): string {
  const clean = page.accessible ? toWords(cleanLines(text)) : cleanLines(text)
  return page.unicode ? clean : toAscii(clean)
}

/** A symbol before words that say the same, with its blank. Read aloud it would say it twice. */
export const beside = (page: Page, symbol: string) => (page.accessible ? '' : `${symbol} `)

/** A name before its value: in a column of this width, or with a colon where columns are not seen. */
export const named = (page: Page, name: string, width: number, gap = 2) =>
  page.accessible ? `${name}: ` : name.padEnd(width) + ' '.repeat(gap)

/**
 * Fills words into lines no longer than the page, each after the first indented by `hanging` columns. A word
 * that is longer than a line stays whole: a name or a URL that was cut could not be copied. Measured in
 * characters; text is filled before it is painted.
 */
export function fill(page: Page, text: string, indent = 0, hanging = indent): readonly string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ' '.repeat(lines.length === 0 ? indent : hanging)
    let empty = true
    for (const word of paragraph.split(' ').filter((part) => part !== '')) {
      if (!empty && line.length + 1 + word.length > page.columns) {
        lines.push(line)
        line = ' '.repeat(hanging)
        empty = true
      }
      line += empty ? word : ` ${word}`
      empty = false
    }
    lines.push(line)
  }
  return lines
}
