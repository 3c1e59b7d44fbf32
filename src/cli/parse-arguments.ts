import yargs from 'yargs'
import { SqsTriggerError } from '../errors.js'
import { didYouMean } from '../suggest.js'
import type { AnyCommand } from './define-command.js'
import { flagOf, kebab, typedAs } from './options/flag-names.js'
import type { FromVariable } from './options/from-variable.js'
import { type GlobalValues, globalOptions, outputFormats } from './options/global-options.js'
import { choice, type Option, type OptionSet, type Raw } from './options/options.js'
import { readVariables } from './options/variables.js'
import { placed } from './place-words.js'
import type { Host } from './streams.js'
import { quoted, usageError } from './usage-error.js'
import { typed, withoutValue } from './without-value.js'

export interface Parsed {
  readonly input: Parameters<AnyCommand['run']>[0]
  readonly globals: GlobalValues
  /** Values that were not typed, and where they came from. */
  readonly variables: readonly FromVariable[]
  /** How many arguments stood there without a flag. */
  readonly words: number
}

/**
 * Reads the arguments of one command, its name already taken out; what was not typed may stand in a variable, and then
 * in `defaults`.
 * @throws SqsTriggerError USAGE, naming the flag or the variable, what was typed, and what to type.
 */
export async function parseArguments(
  command: AnyCommand,
  argv: readonly string[],
  env: Host['env'] = {},
  defaults: readonly FromVariable[] = [],
): Promise<Parsed> {
  const options: OptionSet = { ...globalOptions, ...command.options }
  checkSwitches(options, argv)
  checkNegated(options, argv, command.name)
  const raw = await split(options, argv, command.name)
  const words = command.rest ? raw.words : [...raw.words, ...raw.rest]
  const inPlace = Object.keys(command.positionals).map((name, index) => [kebab(name), words[index]])
  const fromEnv = readVariables(command, env, { ...Object.fromEntries(inPlace), ...raw.flags })
  const isSaid = (name: string) =>
    raw.flags[kebab(name)] !== undefined || fromEnv.some((one) => one.name === name)
  const variables = [...fromEnv, ...defaults.filter(({ name }) => name in command.options && !isSaid(name))]
  const setBy = (name: string) => variables.find((variable) => variable.name === name)
  const saidAs = (name: string) => setBy(name)?.variable ?? flagOf(name)
  const read = (names: OptionSet) =>
    Object.fromEntries(
      Object.entries(names).map(([name, option]) => [
        name,
        option.read(setBy(name)?.raw ?? raw.flags[kebab(name)], saidAs(name)),
      ]),
    )
  // The values of exactly the global options, each read by its own `read`: the type follows from that table.
  const globals = read({
    ...without(globalOptions, command.options),
    output: outputOf(command),
  }) as GlobalValues
  checkTogether(globals, saidAs)
  const values = read(command.options)
  checkObeyed(command, raw.flags)
  return {
    globals,
    variables,
    words: words.length,
    input: {
      values,
      positionals: placed(command, words, values),
      rest: command.rest ? raw.rest : [],
    },
  }
}

/** What a command has in a form of its own is its own to read. */
const without = (all: OptionSet, own: OptionSet): OptionSet =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !(name in own)))

/** A word that is no form of any answer is told the forms of this one; the program refuses those of other commands. */
function outputOf({ formats = ['text', 'json'] }: AnyCommand): Option<unknown> {
  const { output } = globalOptions
  const own = choice(formats, { summary: output.summary, group: output.group })
  const isForm = (raw: Raw) => outputFormats.some((format) => format === raw)
  return { ...output, read: (raw, flag) => (isForm(raw) ? output : own).read(raw, flag) }
}

interface Split {
  readonly flags: Readonly<Record<string, Raw>>
  readonly words: readonly string[]
  readonly rest: readonly string[]
}

/** yargs takes the arguments apart and refuses flags that are not declared. It never prints and never exits. */
async function split(options: OptionSet, argv: readonly string[], name: string): Promise<Split> {
  const parser = yargs([...withBareValues(options, withShortValues(options, argv))])
    .locale('en')
    .help(false)
    .version(false)
    .exitProcess(false)
    .showHelpOnFail(false)
    .strictOptions()
    .fail((message, error) => {
      throw refused(message || error?.message || '', { options, argv, name })
    })
    .parserConfiguration({
      'camel-case-expansion': false,
      'dot-notation': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'populate--': true,
      'strip-aliased': true,
    })
    .options(
      Object.fromEntries(Object.entries(options).map(([name, option]) => [kebab(name), declared(option)])),
    )
  const { _: words, '--': rest, $0: _script, ...flags } = await parser.parseAsync()
  // Declared as strings and booleans above, so that nothing else can be in there.
  return {
    flags: flags as Split['flags'],
    words: words.map(String),
    rest: Array.isArray(rest) ? rest.map(String) : [],
  }
}

/** `-ojson` becomes `-o json`: yargs would take it for five switches. */
function withShortValues(options: OptionSet, argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  const shorts = Object.values(options).flatMap(({ kind, short }) =>
    kind === 'value' && short ? [short] : [],
  )
  return argv.flatMap((argument, index) => {
    const [, letter = '', value = ''] = /^-([a-zA-Z])([^=].*)$/s.exec(argument) ?? []
    return shorts.includes(letter) && (end < 0 || index < end) ? [`-${letter}`, value] : [argument]
  })
}

/** `--prove` alone becomes `--prove=medium`: yargs would take the next word for its value. */
function withBareValues(options: OptionSet, argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--')
  return argv.map((argument, index) => {
    const entry = Object.entries(options).find(
      ([name, { whenBare }]) => whenBare !== undefined && argument === flagOf(name),
    )
    if (!entry || (end >= 0 && index > end)) return argument
    const next = argv[index + 1]
    return next !== undefined && entry[1].choices?.includes(next)
      ? argument
      : `${argument}=${entry[1].whenBare}`
  })
}

function declared(option: Option<unknown>) {
  const alias = option.short === undefined ? {} : { alias: option.short }
  return option.kind === 'value'
    ? ({ ...alias, type: 'string', nargs: 1, requiresArg: true } as const)
    : // Without a default, yargs would make every unsaid switch false, and --no-x could not be told from it.
      ({ ...alias, type: 'boolean', default: undefined } as const)
}

/** yargs's sentences, in our words. The version is pinned and its language is set, so that they are known. */
function refused(
  message: string,
  { options, argv, name }: { options: OptionSet; argv: readonly string[]; name: string },
): Error {
  const missing = /^Not enough arguments following: (.+)$/.exec(message)
  if (missing) return withoutValue(missing[1] ?? '', options)
  const unknown = /^Unknown arguments?: (.+?)(?:, |$)/s.exec(message)?.[1]
  if (unknown === undefined) return usageError(message || 'the arguments cannot be read')
  const shown = Object.entries(options).filter(([, option]) => !option.hidden)
  const names = shown.flatMap(([name, option]) =>
    option.kind === 'negatable' ? [kebab(name), `no-${kebab(name)}`] : [kebab(name)],
  )
  // yargs takes `--no-wait` for `wait`.
  const negated = argv.some((argument) => argument.split('=')[0] === `--no-${unknown}`)
  const word = negated ? `no-${unknown}` : unknown
  const flag = quoted(typed(word)).slice(1, -1)
  // What other tools that plan and apply call it.
  if (word === 'auto-approve') return usageError(`unknown flag ${flag}`, 'the flag is --yes')
  return usageError(
    `unknown flag ${flag}${didYouMean(word, names, (candidate) => `--${candidate}`)}`,
    `see the flags: sqs-trigger ${name} --help`,
  )
}

/** yargs would let the last one win without a word. */
function checkSwitches(options: OptionSet, argv: readonly string[]): void {
  const end = argv.indexOf('--')
  const own = new Set(end < 0 ? argv : argv.slice(0, end))
  const both = Object.entries(options)
    .filter(([, { kind }]) => kind !== 'value')
    .map(([name]) => kebab(name))
    .find((name) => own.has(`--${name}`) && own.has(`--no-${name}`))
  if (both !== undefined)
    throw usageError(`--${both} and --no-${both} contradict each other`, 'give one of them')
  const switches = Object.entries(options)
    .filter(([, { kind }]) => kind !== 'value')
    .flatMap(([name, { short }]) => [flagOf(name), `--no-${kebab(name)}`, ...(short ? [`-${short}`] : [])])
  const valued = switches.find((name) => [...own].some((argument) => argument.startsWith(`${name}=`)))
  if (valued !== undefined)
    throw usageError(`${valued} takes no value`, `type ${valued} alone, or leave it out`)
}

/** yargs takes `--no-x` of every `x`, and what is then read of it is nothing: it would be obeyed by nobody. */
function checkNegated(options: OptionSet, argv: readonly string[], name: string): void {
  const end = argv.indexOf('--')
  const own = end < 0 ? argv : argv.slice(0, end)
  const known = Object.entries(options).map(([option, { kind }]) => [kebab(option), kind] as const)
  const negated = known.find(
    ([option, kind]) => kind !== 'negatable' && own.some((word) => word.split('=')[0] === `--no-${option}`),
  )
  if (negated === undefined || known.some(([option]) => option === `no-${negated[0]}`)) return
  const [option, kind] = negated
  const hint =
    kind === 'switch' ? `leave out --${option} instead` : `see the flags: sqs-trigger ${name} --help`
  throw usageError(`there is no --no-${option}`, hint)
}

/** Harmless everywhere: scripts put them behind every command. */
const everywhere: readonly string[] = ['yes', 'input']

/** A global flag that would do nothing: `list --dry-run` looks as if `list` could change something. */
function checkObeyed({ name, obeys = {}, local = false }: AnyCommand, flags: Split['flags']): void {
  const entries: readonly (readonly [string, Option<unknown>])[] = Object.entries(globalOptions)
  const useless = entries.find(
    ([option, { group }]) =>
      flags[kebab(option)] !== undefined &&
      (group === 'Behaviour' || (group === 'AWS' && local)) &&
      !everywhere.includes(option) &&
      !(option in obeys),
  )
  if (useless === undefined) return
  // No `usageError`: it would begin the name of the command with a capital.
  const hint = `see the flags: sqs-trigger ${name} --help`
  throw new SqsTriggerError('USAGE', `${name} does not take ${flagOf(useless[0])}.`, { hint })
}

/** Flags that contradict each other in every command. */
function checkTogether(globals: GlobalValues, saidAs: (name: string) => string): void {
  if (globals.quiet && globals.verbose) {
    throw usageError(`${saidAs('quiet')} and ${saidAs('verbose')} contradict each other`, 'give one of them')
  }
  if (globals.json && globals.output !== undefined && globals.output !== 'json') {
    throw usageError(
      `${saidAs('json')} and ${typedAs(saidAs('output'), globals.output)} contradict each other`,
      'give one of them',
    )
  }
}
