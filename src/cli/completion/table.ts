import { rules } from '../../preflight/rules/index.js'
import { knownRegions } from '../../regions.js'
import { commandList } from '../command-list.js'
import type { AnyCommand } from '../define-command.js'
import { shownGlobals } from '../help.js'
import { kebab } from '../options/flag-names.js'
import type { Completes, Option, OptionSet } from '../options/options.js'

/** What can be typed, as plain data: the build keeps it, so that completing loads no command. */
export interface CompletionTable {
  readonly commands: readonly CompletionCommand[]
  readonly rules: readonly Candidate[]
  readonly regions: readonly string[]
}

export interface CompletionCommand extends Candidate {
  readonly flags: readonly CompletionFlag[]
  readonly positionals: readonly CompletionValue[]
}

export interface CompletionFlag {
  /** As they are typed; any of them, and only one. */
  readonly names: readonly string[]
  readonly summary: string
  readonly repeatable: boolean
  /** null: a switch. */
  readonly value: CompletionValue | null
}

interface CompletionValue {
  readonly choices: readonly string[]
  readonly completes: Completes | null
  /** The flag may stand alone: its value follows only after `=`, or is one of the choices. */
  readonly optional: boolean
}

export interface Candidate {
  readonly value: string
  readonly summary: string
}

/** The table of this version. Loads every command. */
export async function completionTable(): Promise<CompletionTable> {
  const commands = await Promise.all(commandList.map(async ({ load }) => (await load()).default))
  return {
    commands: commands.map(entryOf),
    rules: rules.map(({ slug, title }) => ({ value: slug, summary: title })),
    regions: knownRegions,
  }
}

function entryOf(command: AnyCommand): CompletionCommand {
  const options: OptionSet = { ...command.options, ...shownGlobals(command) }
  return {
    value: command.name,
    summary: command.summary,
    flags: Object.entries(options).flatMap(([name, option]) =>
      option.hidden ? [] : [flagOf(name, option, command)],
    ),
    positionals: Object.values(command.positionals).map(({ completes, choices }) => ({
      choices: choices ?? [],
      completes: completes ?? null,
      optional: false,
    })),
  }
}

function flagOf(name: string, option: Option<unknown>, { formats }: AnyCommand): CompletionFlag {
  const { kind, on, short, summary, repeatable, choices = [], completes, whenBare } = option
  const word = kebab(name)
  const long = kind === 'negatable' ? [...(on ? [] : [`--${word}`]), `--no-${word}`] : [`--${word}`]
  const words = name === 'output' ? (formats ?? ['text', 'json']) : choices
  return {
    names: short === undefined ? long : [...long, `-${short}`],
    summary,
    repeatable,
    value:
      kind === 'value'
        ? { choices: words, completes: completes ?? null, optional: whenBare !== undefined }
        : null,
  }
}
