import { didYouMean } from '../suggest.js'
import { commandList } from './command-list.js'
import { flagOf } from './options/flag-names.js'
import { globalOptions, type OutputFormat, outputFormats } from './options/global-options.js'
import type { OptionSet } from './options/options.js'
import { isSwitchedOn, variableOf } from './options/variables.js'
import type { Host } from './streams.js'
import { quoted, usageError } from './usage-error.js'

/** What the arguments ask for, before any option is judged. */
export interface Asked {
  /** Word that names the command; undefined when there is none. */
  readonly command: string | undefined
  /** The arguments without that word. */
  readonly argv: readonly string[]
  readonly help: boolean
  readonly version: boolean
  /** The form of the answer: known even when the rest cannot be parsed. */
  readonly format: OutputFormat
}

/** Looks through the arguments for the command word; flags before it may be global ones with a value. */
export function readAsked(argv: readonly string[], env: Host['env'] = {}): Asked {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const index = commandIndex(own)
  const word = index === undefined ? undefined : own[index]
  const rest = index === undefined ? argv : argv.filter((_, position) => position !== index)
  const asked = {
    help: own.some((argument) => argument === '--help' || argument === '-h'),
    version: own.some((argument) => argument === '--version' || argument === '-V'),
    format: formatIn(own) ?? 'text',
  }
  // `help wire` is `wire --help`; `help` alone is the root help.
  if (word === 'help') {
    const next = commandIndex(rest)
    return { ...asked, help: true, command: next === undefined ? undefined : rest[next], argv: [] }
  }
  // Whoever asks for help wants to read it, whatever scripts are to get.
  const format = asked.help || asked.version ? asked.format : (formatIn(own) ?? formatOf(env))
  return { ...asked, format, command: word, argv: rest }
}

/** The entry of the command list, or a usage error with the nearest name. */
export function findCommand(name: string) {
  const entry = commandList.find((candidate) => candidate.name === name)
  if (entry) return entry
  const names = commandList.map((candidate) => candidate.name)
  throw usageError(
    `unknown command ${quoted(name)}${didYouMean(name, names)}`,
    'see the commands: sqs-trigger --help',
  )
}

function commandIndex(argv: readonly string[]): number | undefined {
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? ''
    if (!argument.startsWith('-') || argument === '-') return index
    if (!argument.includes('=') && takesValue(argument)) index++
  }
  return undefined
}

const globals: OptionSet = globalOptions

function takesValue(argument: string): boolean {
  return Object.entries(globals).some(
    ([name, option]) =>
      option.kind === 'value' && (argument === flagOf(name) || argument === `-${option.short}`),
  )
}

/** `--json`, `--output json`, `--output=json`, `-o json`, `-ojson`; of several the first. `--json` wins. */
function formatIn(argv: readonly string[]): OutputFormat | undefined {
  if (argv.includes('--json')) return 'json'
  const words = argv.flatMap((argument, index) => {
    const word = /^(?:--output|-o)$/.test(argument)
      ? argv[index + 1]
      : /^(?:--output=|-o=?)(.+)$/.exec(argument)?.[1]
    return outputFormats.filter((format) => format === word)
  })
  const queried = argv.some((argument) => /^--query(?:=|$)/.test(argument))
  return words[0] ?? (queried ? 'json' : undefined)
}

/** The same of the variables. */
function formatOf(env: Host['env']): OutputFormat {
  if (isSwitchedOn(env, 'json')) return 'json'
  return outputFormats.find((format) => format === env[variableOf('output')]) ?? 'text'
}
