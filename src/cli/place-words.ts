import type { AnyCommand } from './define-command.js'
import { flagOf } from './options/flag-names.js'
import { checkName, quoted, usageError } from './usage-error.js'
import { withoutFlags } from './without-flags.js'

type Placed = Readonly<Record<string, string | undefined>>

/**
 * The positionals of a command. One that has an option of its own name may be given by either, so that the second can
 * be said without the first.
 * @param values of the command's own options.
 * @throws SqsTriggerError USAGE for one word too many, or where word and option differ.
 */
export function placed(
  command: AnyCommand,
  words: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Placed {
  const names = Object.keys(command.positionals)
  for (const [index, name] of names.entries()) {
    const word = words[index]
    if (word !== undefined && !command.positionals[name]?.free) checkName(word, `the argument <${name}>`)
  }
  const extra = words[names.length]
  if (extra !== undefined) {
    const taken = names.length === 0 ? 'none' : `only ${names.map((name) => `[${name}]`).join(' ')}`
    throw usageError(
      `${quoted(extra)} is one argument too many: ${command.name} takes ${taken}`,
      `see how it is used: sqs-trigger ${command.name} --help`,
    )
  }
  return Object.fromEntries(names.map((name, index) => [name, one(name, words[index], values[name])]))

  function one(name: string, word: string | undefined, value: unknown): string | undefined {
    if (typeof value !== 'string') return word
    if (word === undefined || word === value) return value
    throw usageError(
      `the ${name} is given twice, as ${quoted(word)} and with ${flagOf(name)} as ${quoted(value)}`,
      'give it once',
    )
  }
}

/**
 * What was typed, with the names in their places rather than behind flags, so that every line printed from it is the
 * one that people know. A name whose place comes after a gap keeps its flag.
 */
export function withWordsInPlace(
  argv: readonly string[],
  { positionals, options }: AnyCommand,
  given: Placed,
  typed: number,
): readonly string[] {
  const names = Object.keys(positionals)
  const gap = names.findIndex((name) => given[name] === undefined)
  const known = gap < 0 ? names : names.slice(0, gap)
  const flags = known.filter((name) => name in options).map(flagOf)
  const words = known.slice(typed).flatMap((name) => given[name] ?? [])
  return [...withoutFlags(argv, { valued: flags, bare: [], words: [] }), ...words]
}
