import type { Raw } from './options.js'

/** A flag that was not typed, and that a variable of the environment sets instead. */
export interface FromVariable {
  /** camelCase name of the option. */
  readonly name: string
  readonly variable: string
  /** As a flag would have given it. */
  readonly raw: Raw
  /** Where it stands, of what the file of the project says. */
  readonly setting?: { readonly key: string; readonly file: string; readonly line: number }
}
