import { quoted, usageError } from '../usage-error.js'
import { typedAs } from './flag-names.js'

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }
/** setTimeout holds no more than 2^31-1 ms; a day is longer than anything that is waited for here. */
const longest = 24 * 3_600_000

/**
 * Milliseconds of `90s`, `2m`, `500ms`, `1h` or a bare number of seconds; throws a usage error otherwise.
 * @param needsUnit a bare number is refused: people would mean minutes by it as well.
 */
export function parseDuration(text: string, flag: string, needsUnit = false): number {
  const [, amount, unit = needsUnit ? undefined : 's'] =
    /^(\d+(?:\.\d+)?)\s*(ms|s|m|h)?$/.exec(text.trim()) ?? []
  if (amount !== undefined && unit === undefined)
    throw usageError(
      `${flag} ${amount} says no unit`,
      `for example: ${typedAs(flag, `${amount}m`)}, for minutes, or ${typedAs(flag, `${amount}s`)}, for seconds`,
    )
  const ms = Math.round(Number(amount) * (units[unit ?? ''] ?? Number.NaN))
  if (ms > 0 && ms <= longest) return ms
  throw usageError(
    `${flag} takes a time up to 24h such as 90s, 2m or 500ms, not ${quoted(text)}`,
    `for example: ${typedAs(flag, '2m')}`,
  )
}
