import type { Health } from '../../fleet/audit/results.js'
import { escaped, shortened } from './escape.js'
import { healthWords, mark } from './marks.js'

/** From line to line. A box leaves 8 of it free. */
export const pitch = 56

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  /** How many lines it spans. */
  readonly rows: number
  /** null: it is no single thing. */
  readonly kind: 'Queue' | 'Function' | 'Dead-letter queue' | null
  readonly name: string
  readonly note: string
  readonly health: Health
  /** What the table is searched for when it is chosen. */
  readonly find: string | null
  /** Where it leads without a script; null: nowhere. */
  readonly href: string | null
}

/** As much of a text as has room, in widths of an m-square: a name in capitals takes nearly twice what one in l and i does. */
export function fitted(text: string, room: number): string {
  const { length } = [...text]
  for (let longest = length; longest > 3; longest--) {
    const seen = shortened(text, longest)
    if (roomOf(seen) <= room) return seen
  }
  return shortened(text, 3)
}

/** Of the widest of the usual fonts, since the page takes that of the reader. */
const roomOf = (text: string) => [...text].reduce((sum, character) => sum + widthOf(character), 0)

function widthOf(character: string): number {
  if (/[fijlrtI.,:;|!'()[\] -]/.test(character)) return 0.4
  if (/[mwMW@%…]/.test(character)) return 1
  if (/[A-Z0-9_]/.test(character)) return 0.7
  return (character.codePointAt(0) ?? 0) < 0x2000 ? 0.6 : 1.1
}

/** A thing with its name and a note. It is a picture in a picture, so that a long name ends at its edge. */
export function box({ x, y, width, rows, kind, name, note, health, find, href }: Box): string {
  const height = rows * pitch - 8
  const middle = height / 2
  const seen = fitted(name, (width - 56) / 14)
  const seenNote = fitted(note, (width - 56) / 12)
  // Begins with what is seen, for who says aloud where to click; what had to be cut stands there as a whole.
  const whole = [
    kind,
    healthWords[health],
    ...(seen === name ? [] : [name]),
    ...(seenNote === note ? [] : [note]),
  ]
  const title = `${seen}${note === '' ? '' : ` ${seenNote}`}: ${whole.filter((part) => part !== null).join(', ')}`
  const words =
    note === ''
      ? `<text x="40" y="${middle + 5}">${escaped(seen)}</text>`
      : `<text x="40" y="${middle - 3}">${escaped(seen)}</text> <text class="note" x="40" y="${middle + 14}">${escaped(seenNote)}</text>`
  const drawn = [
    `<rect class="box${kind === null ? ' folded' : ''}" x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    `<path class="edge ${health}" d="M2.5 7v${height - 14}"/>`,
    mark(health, { x: 16, y: middle - 7 }),
    words,
  ].join('')
  const at = `x="${x}" y="${y}" width="${width}" height="${height}"`
  if (href === null || find === null) return `<svg ${at}><title>${escaped(title)}</title>${drawn}</svg>`
  return `<svg ${at}><a href="${href}" data-find="${escaped(find)}" aria-label="${escaped(title)}"><title>${escaped(title)}</title>${drawn}</a></svg>`
}
