import { limits } from '../../limits.js'
import type { MappingSettings } from '../../mapping.js'
import { fill, type Page, shown } from '../page.js'

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

/** The way of a message, from left to right where there is room, otherwise from top to bottom; in words where it is heard. */
export function pictureLines(page: Page, picture: WirePicture): readonly string[] {
  if (page.accessible) return told(page, picture)
  const strokes = page.unicode ? unicodeStrokes : asciiStrokes
  const wide = across(page, picture, strokes)
  return wide.every((line) => line.length <= page.columns) ? wide : downwards(page, picture, strokes)
}

function told(page: Page, picture: WirePicture): readonly string[] {
  const { deadLetters } = picture
  const way = `Messages of ${picture.queue} go to ${picture.function}: ${settingsIn(page, picture)}.`
  const after =
    deadLetters === null
      ? []
      : deadLetters.kind === 'none'
        ? [`There is ${returning(deadLetters)}.`]
        : [`A message that fails goes to ${deadLetters.name} ${receives(deadLetters)}.`]
  return [way, ...after].flatMap((sentence) => fill(page, shown(page, sentence), 0, 2))
}

function across(page: Page, picture: WirePicture, { line, head, end }: Strokes): readonly string[] {
  const { deadLetters } = picture
  const way = `  ${shown(page, picture.queue)} ${line} ${settingsIn(page, picture)} ${head} ${shown(page, picture.function)}`
  if (deadLetters === null) return [way]
  if (deadLetters.kind === 'none') return [way, `  ${end} ${returning(deadLetters)}`]
  return [way, `  ${end}${line} ${receives(deadLetters)} ${head} ${shown(page, deadLetters.name)}`]
}

function downwards(page: Page, picture: WirePicture, { down, fork, end }: Strokes): readonly string[] {
  const { deadLetters } = picture
  const last = `${end}${page.unicode ? '▶' : '>'}`
  const lines = [
    shown(page, picture.queue),
    ...parts(picture).map((part) => `${down} ${part}`),
    `${deadLetters?.kind === 'queue' ? fork : last} ${shown(page, picture.function)}`,
    ...(deadLetters?.kind === 'queue'
      ? [`${down} ${receives(deadLetters)}`, `${last} ${shown(page, deadLetters.name)}`]
      : []),
    ...(deadLetters?.kind === 'none' ? ['no dead-letter queue'] : []),
  ]
  return lines.map((line) => `  ${line}`)
}

const receives = ({ receives: count }: { readonly receives: number }) =>
  `after ${count} ${count === 1 ? 'receive' : 'receives'}`

const returning = ({ returnsFor }: { readonly returnsFor: string }) =>
  `no dead-letter queue: a message that fails comes back for ${returnsFor}`

const settingsIn = (page: Page, picture: WirePicture) => parts(picture).join(page.glyphs.between)

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
