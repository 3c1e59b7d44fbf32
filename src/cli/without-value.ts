import { SqsTriggerError } from '../errors.js'
import { flagOf, kebab } from './options/flag-names.js'
import type { OptionSet } from './options/options.js'
import { usageError } from './usage-error.js'

/** The error of a flag that lacks its value. The hint shows one: what the flag says of an empty value, or what may stand there. */
export function withoutValue(word: string, options: OptionSet): Error {
  const [name = word, option] =
    Object.entries(options).find(([name, { short }]) => kebab(name) === word || short === word) ?? []
  const example = option?.choices?.[0] ?? `<${option?.placeholder ?? 'value'}>`
  let hint = `for example: ${typed(word)} ${example}`
  try {
    option?.read('', flagOf(name))
  } catch (error) {
    if (error instanceof SqsTriggerError && error.hint?.startsWith('for example: ')) hint = error.hint
  }
  return usageError(`${typed(word)} needs a value`, hint)
}

/** A flag as it is typed, by its name or its letter. */
export const typed = (name: string) => (name.length === 1 ? `-${name}` : `--${name}`)
