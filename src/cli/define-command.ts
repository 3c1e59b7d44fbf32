import type { Outcome } from '../report/outcome.js'
import type { CommandContext } from './command-context.js'
import type { ExitName } from './exit-codes.js'
import type { OutputFormat } from './options/global-options.js'
import type { Completes, OptionSet, Values } from './options/options.js'

/** An argument without a flag. All are optional to the parser: the command itself asks for what is missing. */
interface Positional {
  readonly summary: string
  /** Shown as `<name>` rather than `[name]`. */
  readonly required?: boolean
  /** May be any text, with line breaks and of any length: no name or address. */
  readonly free?: boolean
  /** Values that may be typed, or what the value names: for completion. */
  readonly choices?: readonly string[]
  readonly completes?: Completes
}

export type PositionalSet = Readonly<Record<string, Positional>>

export interface Example {
  readonly command: string
  readonly does: string
}

/** What was typed, read and checked one by one; the command judges what belongs together. */
interface CommandInput<Options extends OptionSet, Positionals extends PositionalSet> {
  readonly values: Values<Options>
  readonly positionals: { readonly [Name in keyof Positionals]: string | undefined }
  /** What stood behind `--`, for a command that says what that is; otherwise empty. */
  readonly rest: readonly string[]
}

/** For `--timeout` with its summary, because what it bounds differs. */
interface Obeyed {
  readonly timeout?: string
  readonly yes?: true
  readonly input?: true
  readonly dryRun?: true
  /** Of a local command: what the Region means to it. */
  readonly region?: string
}

/**
 * One command, read like a form: what it is, what it takes, what it does. `run` imports the operation that it
 * calls, so that help and usage errors do not pay for the SDK.
 */
export interface CommandDefinition<
  Options extends OptionSet = OptionSet,
  Positionals extends PositionalSet = PositionalSet,
> {
  readonly name: string
  /** In the order in which they are typed. */
  readonly positionals: Positionals
  /** One line, no full stop; the same as in `command-list.ts`. */
  readonly summary: string
  /** A few sentences; lines are filled to the width of the terminal. */
  readonly description: string
  /** By camelCase name: `batchSize` is `--batch-size`. Global options come on top. */
  readonly options: Options
  readonly examples: readonly Example[]
  /** Beyond those that any command can end with. */
  readonly exitCodes: readonly ExitName[]
  /** What `-- <rest>` is; without it, what stands behind `--` counts as positionals. */
  readonly rest?: { readonly name: string; readonly summary: string }
  /** Flags that every command takes and this one obeys: only those stand in its help. Default: none. */
  readonly obeys?: Obeyed
  /**
   * Flags that say nothing without another or without an argument, by camelCase name: typed alone they are refused by the command, but a
   * variable of the environment is set for every command, and then left alone.
   */
  readonly needs?: Readonly<Record<string, string | readonly string[]>>
  /** Goes by the file of the project: its settings stand for flags, its ignores are left out. It takes `projectOptions`. */
  readonly project?: true
  /** camelCase name of the switch with which it goes on until Ctrl-C: that is then its end, and interrupts nothing. */
  readonly endless?: string
  /** Never calls AWS: profile, Region and endpoint mean nothing to it. */
  readonly local?: boolean
  /** What `--output` may be. A command that streams offers no `json`. Default: text and json. */
  readonly formats?: readonly OutputFormat[]
  run(input: CommandInput<Options, Positionals>, context: CommandContext): Promise<Outcome>
}

/** Identity function: gives the compiler the option types to infer `run`'s input from. */
export function defineCommand<const Options extends OptionSet, const Positionals extends PositionalSet>(
  command: CommandDefinition<Options, Positionals>,
): CommandDefinition<Options, Positionals> {
  return command
}

/** A command of any shape, as the program handles it. */
export type AnyCommand = CommandDefinition
