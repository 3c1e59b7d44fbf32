import { fill, type Page, shown } from '../page.js'

/** A line with the glyph of what it tells. */
export function marked(page: Page, status: 'pass' | 'fail' | 'warn', text: string): readonly string[] {
  const paint = { pass: page.paint.good, fail: page.paint.bad, warn: page.paint.caution }[status]
  return fill(page, `${page.glyphs.status[status]} ${shown(page, text)}`, 0, 2).map(paint)
}
