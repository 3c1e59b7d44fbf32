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
  /** What speaks against it; '': nothing. */
  readonly mark: string
  readonly active: boolean
}

/** Below this the columns beside the names have no room; those of the active row stand below the list. */
const tooNarrow = 60
/** Names get no more than this part of the line, so that what helps to choose is seen. */
const nameShare = 0.5

/** The lines below the question: rows, what is wrong, the keys. None is longer than the page. */
export function listLines(page: Page, view: ListView): readonly string[] {
  const layout = layoutOf(page, view.rows)
  const [active] = layout.beside ? [] : view.rows.filter((row) => row.active)
  const about = active === undefined ? '' : told(page, [...active.cells, active.mark])
  return [
    ...(view.empty === null ? [] : fill(page, shown(page, view.empty), 2).map(page.paint.faint)),
    ...view.rows.map((row) => rowLine(page, row, layout)),
    ...(about === '' ? [] : fill(page, shown(page, about), 4).map(page.paint.faint)),
    ...(view.problem === null ? [] : fill(page, `> ${shown(page, view.problem)}`, 0, 2).map(page.paint.bad)),
    ...fill(page, keysLine(page, view.canGoBack), 0, 2).map(page.paint.faint),
  ]
}

/** How wide names and columns are. */
interface Layout {
  /** false: there is no room beside the names. */
  readonly beside: boolean
  readonly name: number
  /** Of the columns that are shown. */
  readonly cells: readonly number[]
}

/** The cursor and its blank, and one column that stays free. */
export const besideName = 3
const gap = 2

/** Of the columns those that fit whole are shown. */
function layoutOf(page: Page, rows: readonly ListedRow[]): Layout {
  const room = page.columns - besideName
  if (page.columns < tooNarrow) return { beside: false, name: room, cells: [] }
  const described = rows.filter(({ cells, mark }) => cells.length > 0 || mark !== '')
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map((text) => text.length))
  const name = Math.min(widest(described.map((row) => row.name)), Math.floor(room * nameShare))
  const cells: number[] = []
  let left = room - name
  for (let column = 0; column < Math.max(0, ...described.map((row) => row.cells.length)); column++) {
    const width = widest(described.map((row) => row.cells[column] ?? ''))
    if (width + gap > left) break
    left -= width === 0 ? 0 : width + gap
    cells.push(width)
  }
  return { beside: true, name, cells }
}

function rowLine(page: Page, { name, cells, mark, active }: ListedRow, layout: Layout): string {
  const lead = `${active ? (page.unicode ? '❯' : '>') : ' '} `
  const painted = (text: string) => (active ? page.paint.command(text) : text)
  const room = page.columns - besideName
  if (cells.length === 0 && mark === '') return painted(`${lead}${cut(page, shown(page, name), room)}`)
  if (!layout.beside) {
    // The word stands below the row that the cursor is at.
    const glyph = mark === '' ? '' : ` ${markGlyph(page)}`
    const label = painted(`${lead}${cut(page, shown(page, name), room - glyph.length)}`)
    return `${label}${page.paint.caution(glyph)}`
  }
  const label = cut(page, shown(page, name), layout.name).padEnd(layout.name)
  const reason = cutEnd(page, mark === '' ? '' : marked(page, mark), room - layout.name - gap)
  const columns: string[] = []
  // What speaks against a row has room before what helps to choose it.
  let left = room - layout.name - (reason === '' ? 0 : gap + reason.length)
  for (const [column, width] of layout.cells.entries()) {
    left -= width === 0 ? 0 : gap + width
    if (left < 0) break
    if (width > 0) columns.push(shown(page, cells[column] ?? '').padEnd(width))
  }
  const about = columns.join(' '.repeat(gap))
  const parts = [
    painted(`${lead}${label}`),
    page.paint.faint(reason === '' ? about.trimEnd() : about),
    page.paint.caution(reason),
  ]
  return parts
    .filter((part) => part !== '')
    .join(' '.repeat(gap))
    .trimEnd()
}

/** A symbol and words, because colours are not seen by everybody. */
const marked = (page: Page, mark: string) => `${markGlyph(page)} ${shown(page, mark)}`
const markGlyph = (page: Page) => page.glyphs.status.warn.trimEnd()

/** Columns of `Queue`, `Function` and `Settings`, so that answers stand below each other. */
const labelWidth = 8

/** A question and its answer, once it is given; what helps to choose stands beside it, or below. */
export function answerLines(
  page: Page,
  label: string,
  name: string,
  cells: readonly string[] = [],
  declined = false,
): readonly string[] {
  const glyph = page.glyphs.status[declined ? 'skip' : 'pass']
  const paint = declined ? page.paint.faint : page.paint.good
  if (label.length > labelWidth) {
    const [first = '', ...others] = fill(page, shown(page, `${glyph} ${label} ${name}`), 0, 2)
    return [`${paint(glyph)}${first.slice(glyph.length)}`, ...others]
  }
  const lead = `${glyph} ${label.padEnd(labelWidth)}  `
  const about = shown(page, told(page, cells))
  const [first = '', ...others] = fill(page, shown(page, name), lead.length)
  const line = `${paint(glyph)}${lead.slice(glyph.length)}${first.slice(lead.length)}`
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
export function cut(page: Page, text: string, width: number): string {
  if (text.length <= width) return text
  const mark = page.unicode ? '…' : '...'
  const kept = Math.max(1, width - mark.length)
  const head = Math.ceil(kept / 2)
  return text.slice(0, head) + mark + text.slice(text.length - (kept - head))
}

/** The beginning: what matters stands first. */
function cutEnd(page: Page, text: string, width: number): string {
  if (text.length <= width) return text
  const mark = page.unicode ? '…' : '...'
  return text.slice(0, Math.max(1, width - mark.length)).trimEnd() + mark
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
