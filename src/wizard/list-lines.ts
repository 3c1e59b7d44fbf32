import { fill, type Page, shown } from '../report/page.js'

/** What of a list is on the screen. */
export interface ListView {
  readonly rows: readonly ListedRow[]
  /** What stands where no row is. */
  readonly empty: string | null
  /** What is wrong with the answer. */
  readonly problem: string | null
  readonly canGoBack: boolean
}

interface ListedRow {
  readonly name: string
  /** What helps to choose, in columns. */
  readonly cells: readonly string[]
  readonly active: boolean
}

/** Below this the columns beside the names have no room; those of the active row stand below the list. */
const tooNarrow = 60
/** Names get no more than this part of the line, so that what helps to choose is seen. */
const nameShare = 0.5

/** The lines below the question: rows, what is wrong, the keys. None is longer than the page. */
export function listLines(page: Page, view: ListView): readonly string[] {
  const narrow = page.columns < tooNarrow
  const [active] = view.rows.filter((row) => row.active)
  return [
    ...(view.empty === null ? [] : fill(page, shown(page, view.empty), 2).map(page.paint.faint)),
    ...view.rows.map((row) => rowLine(page, row, narrow ? [] : view.rows)),
    ...(narrow && active ? fill(page, shown(page, told(page, active.cells)), 4).map(page.paint.faint) : []),
    ...(view.problem === null ? [] : fill(page, `> ${shown(page, view.problem)}`, 0, 2).map(page.paint.bad)),
    ...fill(page, keysLine(page, view.canGoBack), 0, 2).map(page.paint.faint),
  ]
}

/** `aligned`: the rows whose columns stand in line with these; none: the name alone. */
function rowLine(page: Page, { name, cells, active }: ListedRow, aligned: readonly ListedRow[]): string {
  const cursor = page.unicode ? '❯' : '>'
  const lead = `${active ? cursor : ' '} `
  const room = page.columns - lead.length - 1
  const longest = Math.max(0, ...aligned.filter((row) => row.cells.length > 0).map((row) => row.name.length))
  const beside = cells.length > 0 && aligned.length > 0
  const width = beside ? Math.min(longest, Math.floor(room * nameShare)) : room
  const label = cut(page, shown(page, name), width)
  if (!beside) return active ? page.paint.command(`${lead}${label}`) : `${lead}${label}`
  const widths = cells.map((_, index) => Math.max(...aligned.map((row) => row.cells[index]?.length ?? 0)))
  const columns = cells.map((cell, index) => shown(page, cell).padEnd(widths[index] ?? 0))
  const rest = cut(page, columns.join('  ').trimEnd(), room - width - 2)
  const named = `${lead}${label.padEnd(width)}`
  return `${active ? page.paint.command(named) : named}  ${page.paint.faint(rest)}`.trimEnd()
}

/** Columns of `Queue`, `Function` and `Settings`, so that answers stand below each other. */
const labelWidth = 8

/** A question and its answer, once it is given; what helps to choose stands beside it, or below. */
export function answerLines(
  page: Page,
  label: string,
  name: string,
  cells: readonly string[] = [],
): readonly string[] {
  const glyph = page.glyphs.status.pass
  if (label.length > labelWidth) {
    const [first = '', ...others] = fill(page, shown(page, `${glyph} ${label} ${name}`), 0, 2)
    return [`${page.paint.good(glyph)}${first.slice(glyph.length)}`, ...others]
  }
  const lead = `${glyph} ${label.padEnd(labelWidth)}  `
  const about = shown(page, told(page, cells))
  const [first = '', ...others] = fill(page, shown(page, name), lead.length)
  const line = `${page.paint.good(glyph)}${lead.slice(glyph.length)}${first.slice(lead.length)}`
  if (about === '') return [line, ...others]
  if (others.length === 0 && first.length + 2 + about.length <= page.columns) {
    return [`${line}  ${page.paint.faint(about)}`]
  }
  return [line, ...others, ...fill(page, about, lead.length).map(page.paint.faint)]
}

/** What helps to choose, in one sentence of parts. */
function told(page: Page, cells: readonly string[]): string {
  return cells.filter((cell) => cell !== '').join(page.glyphs.between)
}

/** Beginning and end: names of one kind begin alike. */
function cut(page: Page, text: string, width: number): string {
  if (text.length <= width) return text
  const mark = page.unicode ? '…' : '...'
  const kept = Math.max(1, width - mark.length)
  const head = Math.ceil(kept / 2)
  return text.slice(0, head) + mark + text.slice(text.length - (kept - head))
}

function keysLine(page: Page, canGoBack: boolean): string {
  const keys = [
    `${page.unicode ? '↑↓' : 'arrows'} move`,
    'type to filter',
    'Enter selects',
    ...(canGoBack ? ['Esc goes back'] : []),
    'Ctrl-C leaves',
  ]
  return keys.join(page.glyphs.between)
}
