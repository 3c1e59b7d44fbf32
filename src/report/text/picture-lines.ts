import { limits } from '../../limits.js'
import type { MappingSettings } from '../../mapping.js'
import { type Page, shown } from '../page.js'

/** One queue, its function, and where messages go that fail. */
export interface WirePicture {
  readonly queue: string
  readonly function: string
  readonly settings: MappingSettings
  /**
   * `none`: there is no dead-letter queue, and a message that fails comes back for so long; null: could not be read.
   */
  readonly deadLetters:
    | { readonly kind: 'queue'; readonly name: string; readonly receives: number }
    | { readonly kind: 'none'; readonly returnsFor: string }
    | null
}

interface Strokes {
  readonly line: string
  readonly head: string
  readonly down: string
  readonly fork: string
  readonly end: string
}

const unicodeStrokes: Strokes = { line: '──', head: '──▶', down: '│', fork: '├─▶', end: '└─' }
const asciiStrokes: Strokes = { line: '--', head: '-->', down: '|', fork: '+->', end: '`-' }

/** The way of a message, from left to right where there is room, otherwise from top to bottom. */
export function pictureLines(page: Page, picture: WirePicture): readonly string[] {
  const strokes = page.unicode ? unicodeStrokes : asciiStrokes
  const wide = across(page, picture, strokes)
  return wide.every((line) => line.length <= page.columns) ? wide : downwards(page, picture, strokes)
}

function across(page: Page, picture: WirePicture, { line, head, end }: Strokes): readonly string[] {
  const { deadLetters } = picture
  const way = `  ${named(page, picture.queue)} ${line} ${settingsIn(page, picture)} ${head} ${named(page, picture.function)}`
  if (deadLetters === null) return [way]
  if (deadLetters.kind === 'none') return [way, `  ${end} ${returning(deadLetters)}`]
  return [way, `  ${end}${line} ${receives(deadLetters)} ${head} ${named(page, deadLetters.name)}`]
}

function downwards(page: Page, picture: WirePicture, { down, fork, end }: Strokes): readonly string[] {
  const { deadLetters } = picture
  const last = `${end}${page.unicode ? '▶' : '>'}`
  const lines = [
    named(page, picture.queue),
    ...parts(picture).map((part) => `${down} ${part}`),
    `${deadLetters?.kind === 'queue' ? fork : last} ${named(page, picture.function)}`,
    ...(deadLetters?.kind === 'queue'
      ? [`${down} ${receives(deadLetters)}`, `${last} ${named(page, deadLetters.name)}`]
      : []),
    ...(deadLetters?.kind === 'none' ? ['no dead-letter queue'] : []),
  ]
  return lines.map((line) => `  ${line}`)
}

const named = (page: Page, name: string) => shown(page, name)

const receives = ({ receives: count }: { readonly receives: number }) =>
  `after ${count} ${count === 1 ? 'receive' : 'receives'}`

const returning = ({ returnsFor }: { readonly returnsFor: string }) =>
  `no dead-letter queue: a message that fails comes back for ${returnsFor}`

const settingsIn = (page: Page, picture: WirePicture) => parts(picture).join(` ${page.glyphs.dot} `)

function parts({ settings }: WirePicture): readonly string[] {
  const { batchSize, batchWindowSeconds, maxConcurrency, reportBatchItemFailures, filters = [] } = settings
  return [
    `batch ${batchSize ?? limits.batchSizeDefault.value}`,
    ...(batchWindowSeconds ? [`window ${batchWindowSeconds} s`] : []),
    ...(maxConcurrency === undefined ? [] : [`at most ${maxConcurrency} at a time`]),
    ...(reportBatchItemFailures ? ['partial failures reported'] : []),
    ...(filters.length > 0 ? ['filtered'] : []),
    ...(settings.enabled === false ? ['disabled'] : []),
  ]
}
