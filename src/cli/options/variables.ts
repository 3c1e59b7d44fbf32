import { reworded, type SqsTriggerError } from '../../errors.js'
import type { AnyCommand } from '../define-command.js'
import type { Host } from '../streams.js'
import { quoted, usageError } from '../usage-error.js'
import { flagOf, kebab } from './flag-names.js'
import type { FromVariable } from './from-variable.js'
import { globalOptions } from './global-options.js'
import type { Option, OptionSet, Raw } from './options.js'

/** `batchSize` → `SQS_TRIGGER_BATCH_SIZE`. */
export const variableOf = (name: string) => `${prefix}${kebab(name).replaceAll('-', '_').toUpperCase()}`

const prefix = 'SQS_TRIGGER_'

/**
 * The variables that stand for flags nobody typed. A variable is meant for every command: where a command has no such
 * flag, or the flag would do nothing, it says nothing. Empty counts as not set, as for the variables of AWS.
 * @throws SqsTriggerError USAGE for a switch that is neither on nor off.
 */
export function readVariables(
  command: AnyCommand,
  env: Host['env'],
  typed: Readonly<Record<string, Raw>>,
): readonly FromVariable[] {
  const isTyped = (name: string) => typed[kebab(name)] !== undefined
  const found = Object.entries(takenBy(command))
    .filter(([name]) => !isTyped(name) && !(rivals[name] ?? []).some(isTyped))
    .flatMap(([name, option]) => fromVariable(name, option, env))
  const isSaid = (name: string) => isTyped(name) || found.some((one) => one.name === name)
  const { needs = {} } = command
  return found.filter(({ name }) => [needs[name] ?? []].flat().every(isSaid))
}

/** One that is typed sets the other's variable aside. */
const rivals: Readonly<Record<string, readonly string[]>> = {
  quiet: ['verbose'],
  verbose: ['quiet'],
  json: ['output'],
  output: ['json'],
}

/** Help and version are asked for by typing; a form of the answer means nothing to a command with but one. */
function takenBy(command: AnyCommand): OptionSet {
  const { obeys = {}, local = false, formats = ['text', 'json'] } = command
  const globals: OptionSet = globalOptions
  const taken = Object.entries(globals).filter(([name, { group }]) => {
    if (name === 'help' || name === 'version') return false
    if (name === 'output' || name === 'json') return formats.length > 1
    if (name === 'query') return formats.includes('json')
    if (group === 'Behaviour') return name in obeys || name === 'yes' || name === 'input'
    return group !== 'AWS' || !local || name in obeys
  })
  return { ...Object.fromEntries(taken), ...command.options }
}

function fromVariable(name: string, option: Option<unknown>, env: Host['env']): readonly FromVariable[] {
  const variable = variableOf(name)
  const text = env[variable] || undefined
  if (option.kind === 'value') {
    if (text === undefined) return []
    return [{ name, variable, raw: option.repeatable ? linesOf(text) : text }]
  }
  const on = text === undefined ? [] : [{ name, variable, raw: switchIn(variable, text) }]
  return option.kind === 'switch' ? on : negated(name, on, env)
}

/** `--no-wait` is shown, so that people write SQS_TRIGGER_NO_WAIT=1; SQS_TRIGGER_WAIT=0 says the same. */
function negated(name: string, on: readonly FromVariable[], env: Host['env']): readonly FromVariable[] {
  const variable = `${prefix}NO_${variableOf(name).slice(prefix.length)}`
  const text = env[variable] || undefined
  if (text === undefined) return on
  const raw = !switchIn(variable, text)
  const [other] = on
  if (other !== undefined && other.raw !== raw) {
    throw usageError(`${other.variable} and ${variable} contradict each other`, 'unset one of them')
  }
  return [{ name, variable, raw }]
}

/** Several values stand on lines of their own: a filter pattern holds commas and blanks. */
const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '')

function switchIn(variable: string, text: string): boolean {
  const said = switchWord(text)
  if (said !== undefined) return said
  throw usageError(`${variable} takes 1 or 0, not ${quoted(text)}`, `for example: ${variable}=1`)
}

function switchWord(text: string): boolean | undefined {
  const word = text.trim().toLowerCase()
  if (['1', 'true', 'yes', 'on'].includes(word)) return true
  return ['0', 'false', 'no', 'off'].includes(word) ? false : undefined
}

/** For what has to be known before the arguments are read: whether a switch is on, without judging its value. */
export const isSwitchedOn = (env: Host['env'], name: string) =>
  switchWord(env[variableOf(name)] ?? '') === true

/** Whoever typed no such flag is told where it comes from. */
export function namingVariables(
  failure: SqsTriggerError,
  variables: readonly FromVariable[],
): SqsTriggerError {
  const { code, message, hint, cause } = failure
  if (code !== 'USAGE') return failure
  const meant = variables.filter(({ name }) =>
    message.split(/[\s:,;]+/).some((word) => [flagOf(name), `--no-${kebab(name)}`].includes(word)),
  )
  if (meant.length === 0) return failure
  const notes = meant.map(({ name, variable }) => `${flagOf(name)} comes from ${variable}`)
  return reworded(failure, { hint: [...notes, ...(hint === undefined ? [] : [hint])].join('\n') }, cause)
}
