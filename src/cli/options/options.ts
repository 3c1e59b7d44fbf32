import { didYouMean } from '../../suggest.js'
import { checkName, quoted, usageError } from '../usage-error.js'
import { parseDuration } from './duration.js'
import { typedAs } from './flag-names.js'

/** What yargs found for one flag: nothing, a switch, a text, or several of them when it was repeated. */
export type Raw = undefined | boolean | string | readonly (boolean | string)[]

/** How one flag is typed, explained and read. `read` throws a usage error that says what to type instead. */
export interface Option<Value> {
  /** Switches take no value. `negatable` switches have a `--no-` form, and may be left unsaid. */
  readonly kind: 'value' | 'switch' | 'negatable'
  readonly summary: string
  /** Heading in the help. */
  readonly group: OptionGroup
  /** One letter, without the dash. */
  readonly short?: string
  /** A negatable switch that is on unless `--no-` turns it off: only that form is shown. */
  readonly on?: boolean
  /** Shown in the help as `--flag <placeholder>`. */
  readonly placeholder?: string
  readonly repeatable: boolean
  /** Works, but is not shown in the help. */
  readonly hidden?: boolean
  /** What the flag means without a value. A value then has to follow after `=`, or be one of `choices`. */
  readonly whenBare?: string
  /** Values that may be typed, for suggestions and completion. */
  readonly choices?: readonly string[]
  /** What the value names, for completion. */
  readonly completes?: Completes
  /** `flag`: the name under which it was given, the flag's or that of a variable. */
  read(raw: Raw, flag: string): Value
}

/** What a shell can be told the names of without asking AWS. */
export type Completes = 'file' | 'rule' | 'region' | 'profile' | 'journal-id'

export const optionGroups = [
  'Settings',
  'Checks',
  'Behaviour',
  'Message',
  'Selection',
  'Sandbox',
  'Output',
  'AWS',
  'Other',
] as const
type OptionGroup = (typeof optionGroups)[number]

export type OptionSet = Readonly<Record<string, Option<unknown>>>
/** The values of a set of options: what `read` of each returned. */
export type Values<Options extends OptionSet> = {
  readonly [Name in keyof Options]: Options[Name] extends Option<infer Value> ? Value : never
}

interface Described {
  readonly summary: string
  readonly group?: OptionGroup
  readonly short?: string
  readonly placeholder?: string
  readonly hidden?: boolean
  readonly completes?: Completes
}

/** A name or an address. `free` allows what a name may not have: line breaks, any length, nothing at all. */
export function text(
  described: Described & { readonly free?: boolean; readonly whenBare?: string },
): Option<string | undefined> {
  const { whenBare } = described
  return {
    ...valued(described, (given, flag) => {
      if (!described.free && given !== whenBare) checkName(given, flag)
      return given
    }),
    ...(whenBare === undefined ? {} : { whenBare }),
  }
}

/** A whole number within a range, both ends allowed. */
export function integer(
  described: Described & { readonly min: number; readonly max: number; readonly unit?: string },
): Option<number | undefined> {
  const { min, max, unit } = described
  const range = `a whole number from ${min} to ${max}${unit ? ` (${unit})` : ''}`
  return valued({ placeholder: 'n', ...described }, (given, flag) => {
    const number = /^[+-]?\d+$/.test(given.trim()) ? Number(given) : Number.NaN
    if (number >= min && number <= max) return number
    throw usageError(
      `${flag} takes ${range}, not ${quoted(given)}`,
      `for example: ${typedAs(flag, Math.max(min, Math.min(max, 10)))}`,
    )
  })
}

/** One of a few words. */
export function choice<const Word extends string>(
  words: readonly Word[],
  described: Described & { readonly whenBare?: NoInfer<Word> },
): Option<Word | undefined> {
  return {
    ...valued({ placeholder: words.join('|'), ...described }, (given, flag) => {
      const word = words.find((candidate) => candidate === given)
      if (word !== undefined) return word
      const list = words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
      throw usageError(`${flag} takes ${list}, not ${quoted(given)}${didYouMean(given, words)}`)
    }),
    choices: words,
    ...(described.whenBare === undefined ? {} : { whenBare: described.whenBare }),
  }
}

/** A time limit such as `90s`, `2m` or `500ms`; a bare number counts seconds. The value is in milliseconds. */
export function duration({
  needsUnit = false,
  ...described
}: Described & { readonly needsUnit?: boolean }): Option<number | undefined> {
  return valued({ placeholder: 'time', ...described }, (text, flag) => parseDuration(text, flag, needsUnit))
}

/** May be given several times; the order is kept. */
export function list(described: Described & { readonly free?: boolean }): Option<readonly string[]> {
  return {
    ...base(described),
    kind: 'value',
    repeatable: true,
    read: (raw, flag) =>
      given(raw).map((value) => {
        const said = textOf(value, flag)
        if (!described.free) checkName(said, flag)
        return said
      }),
  }
}

/** Several of a few words. */
export function choices<const Word extends string>(
  words: readonly Word[],
  described: Described,
): Option<readonly Word[]> {
  const one = choice(words, described)
  return {
    ...one,
    repeatable: true,
    read: (raw, flag) => given(raw).flatMap((value) => one.read(value, flag) ?? []),
  }
}

/** On when it is given, off otherwise. */
export function flag(described: Described): Option<boolean> {
  return {
    ...base(described),
    kind: 'switch',
    repeatable: false,
    read: (raw) => given(raw).at(-1) === true,
  }
}

/** `--x` is true, `--no-x` false, neither undefined: then nothing was said about it. */
export function negatable(described: Described & { readonly on?: boolean }): Option<boolean | undefined> {
  return {
    ...base(described),
    kind: 'negatable',
    repeatable: false,
    read: (raw) => {
      const said = given(raw).at(-1)
      return said === undefined ? undefined : said === true
    },
  }
}

/** `--no-wait` of the commands that wait for what they asked for. */
export const waiting = (service: 'AWS' | 'SQS') =>
  negatable({ summary: `return as soon as ${service} took the request`, group: 'Behaviour', on: true })

function valued<Value>(
  described: Described,
  parse: (given: string, flag: string) => Value,
): Option<Value | undefined> {
  return {
    ...base(described),
    kind: 'value',
    repeatable: false,
    read: (raw, flag) => {
      const texts = given(raw).map((value) => textOf(value, flag))
      const [first, ...others] = texts
      if (first === undefined) return undefined
      const other = others.find((text) => text !== first)
      if (other !== undefined) {
        throw usageError(
          `${flag} is given twice, as ${quoted(first)} and as ${quoted(other)}`,
          'give it once',
        )
      }
      return parse(first, flag)
    },
  }
}

const base = (described: Described) => ({ placeholder: 'text', group: 'Other' as const, ...described })

const given = (raw: Raw): readonly (boolean | string)[] =>
  raw === undefined ? [] : typeof raw === 'object' ? raw : [raw]

function textOf(value: boolean | string, flag: string): string {
  if (typeof value === 'string') return value
  // yargs reads --no-region as "region is false".
  throw usageError(value ? `${flag} needs a value` : `unknown flag --no-${flag.slice(2)}`)
}
