import { type Page, shown } from '../page.js'

export interface Column {
  readonly title: string
  /** The first to be left out when the page is narrow has the highest number; 0 is always shown. */
  readonly dispensable: number
}

const gap = 2
/** Below this many columns a table cannot be read; each row becomes a few lines of its own. */
const tooNarrow = 60

/** Rows in columns; on narrow pages without the least important columns, on very narrow ones as records. */
export function tableLines(
  page: Page,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => shown(page, cell)))
  if (page.columns < tooNarrow) return recordLines(columns, cells)
  const widths = columns.map(({ title }, index) =>
    Math.max(title.length, ...cells.map((row) => row[index]?.length ?? 0)),
  )
  const kept = keptColumns(columns, widths, page.columns)
  if (kept.reduce((sum, index) => sum + (widths[index] ?? 0) + gap, -gap) > page.columns) {
    return recordLines(columns, cells)
  }
  const line = (row: readonly string[]) =>
    kept
      .map((index) => (row[index] ?? '').padEnd((widths[index] ?? 0) + gap))
      .join('')
      .trimEnd()
  return [page.paint.strong(line(columns.map(({ title }) => title))), ...cells.map(line)]
}

function keptColumns(columns: readonly Column[], widths: readonly number[], room: number): readonly number[] {
  const ranked = [...columns.keys()].sort((a, b) => rank(columns, a) - rank(columns, b))
  let used = -gap
  const kept = ranked.filter((index) => {
    const wide = used + gap + (widths[index] ?? 0)
    if (rank(columns, index) > 0 && wide > room) return false
    used = wide
    return true
  })
  return kept.sort((a, b) => a - b)
}

const rank = (columns: readonly Column[], index: number) => columns[index]?.dispensable ?? 0

function recordLines(columns: readonly Column[], rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...columns.map(({ title }) => title.length))
  return rows.flatMap((row, number) => [
    ...(number === 0 ? [] : ['']),
    ...columns.map(({ title }, index) => `${title.padEnd(width)}  ${row[index] ?? ''}`.trimEnd()),
  ])
}
