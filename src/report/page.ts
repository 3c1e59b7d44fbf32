import { cleanLines } from './clean-text.js'
import { type Glyphs, glyphsFor, toAscii } from './glyphs.js'
import type { Palette } from './palette.js'

/** What a renderer must know of the place that it writes for. */
export interface Page {
  readonly columns: number
  /** The same for tables, whose lines are no text to be read: Infinity where programs read them. */
  readonly tableColumns: number
  readonly unicode: boolean
  readonly glyphs: Glyphs
  readonly paint: Palette
}

/** @param tableColumns default: as many as text has */
export function openPage(columns: number, unicode: boolean, paint: Palette, tableColumns = columns): Page {
  return { columns, tableColumns, unicode, glyphs: glyphsFor(unicode), paint }
}

/** Text from AWS or the user as it may be shown here. */
export function shown(page: Page, text: string): string {
  const clean = cleanLines(text)
  return page.unicode ? clean : toAscii(clean)
}

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
