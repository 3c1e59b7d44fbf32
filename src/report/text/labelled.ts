import { fill, named, type Page, shown } from '../page.js'

/** Columns of `Why`, `Fix` and `More`, with the blanks behind them. */
export const label = 6

/** Text behind a word of its own column, filled beside it. */
export function labelled(page: Page, word: string, text: string): readonly string[] {
  const lead = `  ${named(page, word, label, 0)}`
  const [first = '', ...others] = fill(page, shown(page, text), lead.length)
  return [`${lead}${first.slice(lead.length)}`, ...others]
}
