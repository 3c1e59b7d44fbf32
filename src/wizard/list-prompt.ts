import {
  createPrompt,
  isDownKey,
  isEnterKey,
  isTabKey,
  isUpKey,
  useEffect,
  useKeypress,
  useMemo,
  useRef,
  useState,
} from '@inquirer/core'
import { type Page, shown } from '../report/page.js'
import { besideName, cut, listLines } from './list-lines.js'
import { type ListRow, matchingRows, windowAround } from './list-rows.js'

/** Rows that may still arrive, and what is known of them. */
export type { ListRow } from './list-rows.js'

export interface ListSource {
  rows(): readonly ListRow[]
  /** What helps to choose, in columns. */
  cells(row: ListRow): readonly string[]
  /** What speaks against it, the words that matter first; '': nothing. Default: nothing ever does. */
  mark?(row: ListRow): string
  /** Told which rows are on the screen, so that no more is read than is seen. */
  look(rows: readonly ListRow[]): void
  /** Whether all is known of these that helps to choose; default: it always is. */
  settled?(rows: readonly ListRow[]): boolean
  reading(): boolean
  /** Why there are no more rows, although there may be; null: there are none. */
  trouble?(): string | null
  onChange(listener: () => void): () => void
}

/** All that is known of a row, what speaks against it last. */
export const aboutRow = (source: Pick<ListSource, 'cells' | 'mark'>, row: ListRow): readonly string[] =>
  [...source.cells(row), source.mark?.(row) ?? ''].filter((cell) => cell !== '')

export interface ListQuestion {
  /** `Queue`. */
  readonly label: string
  /** `queues`, for a sentence that says that there are none. */
  readonly plural: string
  readonly source: ListSource
  /** Key of the row to begin at. */
  readonly preset?: string | undefined
  /** What may be typed, as `Type a name, URL or ARN`; null: only a row may be chosen. */
  readonly typeInstead: string | null
  /** What is wrong with a name that was typed and is no row; undefined: nothing. */
  judge(typed: string): string | undefined
  readonly canGoBack: boolean
}

export type ListAnswer =
  | { readonly kind: 'row'; readonly row: ListRow }
  /** Taken as it was typed. */
  | { readonly kind: 'typed'; readonly text: string }
  /** The last row: a person wants to type. */
  | { readonly kind: 'type' }
  /** Everything was read, and there is no row. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'back' }

/** What the screen gives: asked again for every look, because a window may be resized. */
export interface ListScreen {
  page(): Page
  lines(): number
  /** Also clears what a narrower window left below the cursor. */
  onResize(listener: () => void): () => void
}

const lastRow = '\u0000type'
/** Question, blank line, problem and keys need room beside the rows. */
const otherLines = 6
const mostRows = 10

/** A list to choose from that is filtered by typing, while its pages still arrive. */
export const listPrompt = createPrompt<ListAnswer, ListQuestion & { readonly screen: ListScreen }>(
  (question, done) => {
    const { source, screen, judge, canGoBack, typeInstead } = question
    const [typed, setTyped] = useState('')
    const [problem, setProblem] = useState<string | null>(null)
    const [looks, setLooks] = useState(0)
    const latest = useRef(0)
    const pinned = useRef<string | undefined>(question.preset)
    const again = () => {
      latest.current += 1
      setLooks(latest.current)
    }

    const all = source.rows()
    const reading = source.reading()
    const rows = useMemo(() => matchingRows(all, typed), [all, typed])
    const page = screen.page()
    const last = lastRowFor(page, typed, typeInstead)
    const keys = [...rows.map(({ key }) => key), ...(last === undefined ? [] : [lastRow])]
    // A row that arrives above must not slip under the finger that is about to press Enter.
    const found = pinned.current === undefined ? -1 : keys.indexOf(pinned.current)
    const active = found >= 0 ? found : rows.length > 0 || typed !== '' || !reading ? 0 : -1
    if (found < 0) pinned.current = active >= 0 && active < rows.length ? keys[active] : undefined

    const room = Math.max(3, Math.min(mostRows, screen.lines() - otherLines))
    const [from, to] = windowAround(keys.length, Math.max(0, active), room)
    const seen = rows.slice(from, to)

    useEffect(() => source.onChange(again), [])
    useEffect(() => screen.onResize(again), [])
    useEffect(() => {
      source.look(seen)
      if (!reading && all.length === 0 && typed === '' && pinned.current !== lastRow)
        done({ kind: 'nothing' })
    }, [looks, typed])

    useKeypress((key, line) => {
      const restore = () => {
        line.clearLine(0)
        line.write(typed)
      }
      if (key.name === 'escape') {
        if (canGoBack) done({ kind: 'back' })
        return
      }
      const step = stepOf(key, room)
      if (step !== undefined) {
        restore()
        if (keys.length > 0) pinned.current = keys[moved(active, step, keys.length)]
        return again()
      }
      if (isTabKey(key)) return restore()
      if (!isEnterKey(key)) {
        if (line.line === typed) return
        pinned.current = undefined
        setProblem(null)
        return setTyped(line.line)
      }
      const row = rows[active]
      if (row) return done({ kind: 'row', row })
      restore()
      if (keys[active] !== lastRow) return
      if (typed.trim() === '') return done({ kind: 'type' })
      const wrong = judge(typed.trim())
      if (wrong === undefined) return done({ kind: 'typed', text: typed.trim() })
      return setProblem(wrong)
    })

    const listed = [
      ...seen.map((row, index) => ({
        name: row.name,
        cells: source.cells(row),
        mark: source.mark?.(row) ?? '',
        active: from + index === active,
      })),
      ...(last !== undefined && to > rows.length
        ? [{ name: last, cells: [], mark: '', active: active === rows.length }]
        : []),
    ]
    const trouble = source.trouble?.() ?? null
    const matching = typed.trim() === '' ? '' : `${rows.length.toLocaleString('en')} of `
    const count = `${matching}${all.length.toLocaleString('en')}${reading ? ` so far${page.unicode ? '…' : '...'}` : ''}`
    const empty = rows.length > 0 ? null : reasonOf(question.plural, typed, reading)
    return [
      [page.paint.command('?'), page.paint.strong(`${question.label} (${count})`), shown(page, typed)]
        .join(' ')
        .trimEnd(),
      listLines(page, { rows: listed, empty, problem: problem ?? trouble, canGoBack }).join('\n'),
    ]
  },
)

/** Words that were cut would say nothing; of what was typed a part is enough. */
function lastRowFor(page: Page, typed: string, typeInstead: string | null): string | undefined {
  if (typeInstead === null) return undefined
  const use = (text: string) => `Use “${text}” as it is`
  const room = page.columns - besideName
  if (typed.trim() !== '') return use(cut(page, typed.trim(), room - use('').length))
  const whole = `${typeInstead} instead`
  return whole.length <= room ? whole : 'Type a name instead'
}

function reasonOf(plural: string, typed: string, reading: boolean): string {
  if (typed.trim() !== '') return `No name holds this${reading ? ' so far' : ''}.`
  return reading ? `Reading the ${plural}…` : `There are no ${plural}.`
}

type Key = Parameters<Parameters<typeof useKeypress>[0]>[0]

function stepOf(key: Key, room: number): number | undefined {
  if (isUpKey(key)) return -1
  if (isDownKey(key)) return 1
  if (key.name === 'pageup') return -room
  if (key.name === 'pagedown') return room
  return undefined
}

/** Single steps go round, so that the last row is one key away; leaps stop at the ends. */
function moved(active: number, step: number, count: number): number {
  const next = active + step
  if (Math.abs(step) > 1) return Math.max(0, Math.min(count - 1, next))
  return (next + count) % count
}
