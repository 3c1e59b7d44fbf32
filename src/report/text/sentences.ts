import { nameIn } from '../../arn.js'
import type { Page } from '../page.js'

/** `0:38`, `12:05`: how long a person waited. */
export function elapsed(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** The same to be read aloud, where `0:38` is taken for a time of day: `38 seconds`, `12 minutes 5 seconds`. */
export function waited({ accessible }: Pick<Page, 'accessible'>, ms: number): string {
  if (!accessible) return elapsed(ms)
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const minutes = Math.floor(seconds / 60)
  const rest = counted(seconds % 60, 'second')
  if (minutes === 0) return rest
  return seconds % 60 === 0 ? counted(minutes, 'minute') : `${counted(minutes, 'minute')} ${rest}`
}

/** `1 warning`, `3 warnings`. */
export const counted = (count: number, one: string, many = `${one}s`) =>
  `${count} ${count === 1 ? one : many}`

/** `orders`, `orders and billing`, `a, b and c`. */
export function joined(words: readonly string[], last = 'and'): string {
  if (words.length < 2) return words.join('')
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`
}

/** A name where that is enough: it is looked for in the account of the caller. */
export const typedName = (arn: string, account: string) => (arn.split(':')[4] === account ? nameIn(arn) : arn)
