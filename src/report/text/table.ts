import { fill, named, type Page, shown } from '../page.js'

export interface Column {
  readonly title: string
  /** The first to be left out when the page is narrow has the highest number; 0 is always shown. */
  readonly dispensable: number
  /**
   * May be cut in the middle where the page is narrow: before a column is left out, or on pages that are narrow only
   * after all were that can be.
   */
  readonly shortens?: 'first' | 'last'
}

const gap = 2
/** Below this many columns a table cannot be read; each row becomes a few lines of its own. */
const tooNarrow = 60

/** From here on a page holds every column, its names cut where they must be. */
const wideEnough = 80

/** A name is cut to no less than this. */
const shortest = 14

/**
 * Rows in columns; on narrow pages without the least important columns, on very narrow ones, and where it is read aloud, as records. Where a table is
 * as wide as it likes nothing is left out or cut.
 */
export function tableLines(
  page: Page,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => shown(page, cell)))
  if (page.accessible || page.tableColumns < tooNarrow) return recordLines(page, columns, cells)
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const needed = columns.map(({ shortens }, index) =>
    shortens ? Math.min(shortest, widths[index] ?? 0) : (widths[index] ?? 0),
  )
  const wanted = columns.map(({ shortens }, index) =>
    shortens === 'last' && page.tableColumns < wideEnough ? (widths[index] ?? 0) : (needed[index] ?? 0),
  )
  const kept = keptColumns(columns, wanted, page.tableColumns)
  const used = kept.reduce((sum, index) => sum + (needed[index] ?? 0) + gap, -gap)
  if (used > page.tableColumns) return recordLines(page, columns, cells)
  const given = widened(kept, needed, widths, page.tableColumns - used)
  const line = (row: readonly string[]) =>
    kept
      .map((index) => {
        const width = given[index] ?? 0
        return shortened(page, row[index] ?? '', width).padEnd(width + gap)
      })
      .join('')
      .trimEnd()
  return [page.paint.strong(line(columns.map(({ title }) => title))), ...cells.map(line)]
}

function keptColumns(columns: readonly Column[], widths: readonly number[], room: number): readonly number[] {
  const ranked = [...columns.keys()].sort((a, b) => rank(columns, a) - rank(columns, b))
  const sums = ranked.map((_, count) =>
    ranked.slice(0, count + 1).reduce((sum, index) => sum + (widths[index] ?? 0) + gap, -gap),
  )
  const kept = ranked.filter((index, place) => rank(columns, index) === 0 || (sums[place] ?? 0) <= room)
  return kept.sort((a, b) => a - b)
}

/** What room is left goes to the shortened columns, one character after the other. */
function widened(
  kept: readonly number[],
  needed: readonly number[],
  widths: readonly number[],
  room: number,
): readonly number[] {
  const given = [...needed]
  let left = room
  const wanting = () => kept.filter((index) => (given[index] ?? 0) < (widths[index] ?? 0))
  for (let open = wanting(); left > 0 && open.length > 0; open = wanting()) {
    for (const index of open.slice(0, left)) {
      given[index] = (given[index] ?? 0) + 1
      left--
    }
  }
  return given
}

/** Beginning and end of a name tell more of it than its beginning alone. */
function shortened(page: Page, text: string, width: number): string {
  if (text.length <= width) return text
  const mark = page.unicode ? '…' : '...'
  const head = Math.ceil((width - mark.length) / 2)
  return text.slice(0, head) + mark + text.slice(text.length - (width - mark.length - head))
}

const rank = (columns: readonly Column[], index: number) => columns[index]?.dispensable ?? 0

/** Capitals are read letter by letter. */
const titleOn = ({ accessible }: Page, title: string) =>
  accessible ? `${title.charAt(0)}${title.slice(1).toLowerCase()}` : title

function recordLines(
  page: Page,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const width = Math.max(...columns.map(({ title }) => title.length))
  return rows.flatMap((row, number) => [
    ...(number === 0 ? [] : ['']),
    ...columns.flatMap(({ title }, index) => {
      const lead = named(page, titleOn(page, title), width)
      const lines = fill({ ...page, columns: page.tableColumns }, row[index] ?? '', lead.length)
      const [first = '', ...others] = lines
      return [`${lead}${first.slice(lead.length)}`.trimEnd(), ...others]
    }),
  ])
}
