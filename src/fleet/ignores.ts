import type { IgnoreEntry } from './manifest.js'
import { nameOfFunction, nameOfQueue } from './names.js'

/** A queue and a function, as a file or a person names them: each as name, URL or ARN. */
export interface Ends {
  readonly queue: string
  readonly function: string
}

/** The ignores that hold on a day, and those whose time is over. */
export function heldOn(
  ignore: readonly IgnoreEntry[],
  now: number,
): { readonly held: readonly IgnoreEntry[]; readonly expired: readonly IgnoreEntry[] } {
  const today = new Date(now).toISOString().slice(0, 10)
  const isOver = ({ expires }: IgnoreEntry) => expires !== null && expires < today
  return { held: ignore.filter((one) => !isOver(one)), expired: ignore.filter(isOver) }
}

/** What is said of an ignore whose time is over. */
export const expiredText = (file: string, { rule, expires, at }: IgnoreEntry) =>
  `The ignore of ${rule} in ${file}, line ${at.line}, held until ${expires}: the rule counts again.`

/** Does it concern this queue and function? A pattern is compared with the name, one with colons with the whole ARN. */
export function concerns({ queue, function: functionName }: IgnoreEntry, ends: Ends): boolean {
  return fits(queue, ends.queue, nameOfQueue) && fits(functionName, ends.function, nameOfFunction)
}

function fits(pattern: string | null, text: string, nameOf: (text: string) => string): boolean {
  if (pattern === null) return true
  return matches(pattern, pattern.includes(':') ? text : nameOf(text))
}

/** `*` is anything, also nothing. Without backtracking: a pattern comes from a file. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return text === pattern
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length)
    return false
  let at = first.length
  for (const part of others) {
    const found = text.indexOf(part, at)
    if (found < 0 || found + part.length > text.length - last.length) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}
