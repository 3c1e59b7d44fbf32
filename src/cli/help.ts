import { fill, openPage, type Page } from '../report/page.js'
import { plainPalette } from '../report/palette.js'
import { commandLines } from '../report/text/command-lines.js'
import type { AnyCommand, Example } from './define-command.js'
import { exitStatuses, exitStatusNamed } from './exit-codes.js'
import { flagOf, kebab } from './options/flag-names.js'
import { globalOptions } from './options/global-options.js'
import { type Option, type OptionSet, optionGroups } from './options/options.js'

/** The help of one command: how it is called and examples first, then flags by purpose, then exit codes. */
export function renderCommandHelp(command: AnyCommand, columns: number): string {
  const page = openPage(columns, true, plainPalette)
  const options: OptionSet = { ...command.options, ...shownGlobals(command) }
  const words = Object.entries(command.positionals)
  const names = [...words.map(([name, { summary }]) => row(name, summary)), ...restRows(command)]
  return sections([
    [...fill(page, `${command.summary}.`), '', ...fill(page, command.description)],
    ['USAGE', ...fill(page, usageOf(command), 2, 4)],
    ['EXAMPLES', ...exampleLines(page, command.examples)],
    names.length === 0 ? [] : ['ARGUMENTS', ...rowLines(page, names)],
    ...optionGroups.map((group) => groupLines(page, group, options)),
    ['ENVIRONMENT', ...fill(page, environment, 2)],
    ['EXIT CODES', ...rowLines(page, exitCodesOf(command))],
  ])
}

const environment =
  'A variable may stand for each flag, such as SQS_TRIGGER_VERBOSE=1 for --verbose; what is typed wins.'

/** An exit code leaves room beside it on any page. */
const shortLeft = 6

export interface Row {
  readonly left: string
  readonly right: string
}

const row = (left: string, right: string): Row => ({ left, right })

/** Two columns; where the page is narrow and the left side more than a code, or where it is long, the right side goes below. */
export function rowLines(page: Page, rows: readonly Row[], widestLeft = 30): readonly string[] {
  const narrow = page.columns < 60 && rows.some(({ left }) => left.length > shortLeft)
  const fitting = rows.map(({ left }) => left.length).filter((length) => length <= widestLeft)
  const width = Math.max(0, ...fitting)
  const column = 2 + width + 2
  return rows.flatMap(({ left, right }) => {
    if (narrow || left.length > widestLeft)
      return [`  ${narrow ? left.trimStart() : left}`, ...fill(page, right, narrow ? 6 : column)]
    const [first = '', ...others] = fill(page, right, column)
    return [`  ${left.padEnd(width)}  ${first.slice(column)}`, ...others]
  })
}

/** What a command does stands beside it when all fit there, otherwise below. One that is too long can still be pasted. */
export function exampleLines(page: Page, examples: readonly Example[]): readonly string[] {
  const width = Math.max(...examples.map(({ command }) => command.length))
  const beside = examples.every(({ does }) => 2 + width + 3 + does.length <= page.columns)
  return examples.flatMap(({ command, does }) =>
    beside
      ? [`  ${command.padEnd(width)}   ${does}`]
      : [...commandLines(page, command, 2), ...fill(page, does, 6)],
  )
}

/** Paragraphs with a blank line between them; empty ones are left out. */
export function sections(parts: readonly (readonly string[])[]): string {
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function usageOf(command: AnyCommand): string {
  const words = Object.entries(command.positionals).map(([name, { required }]) =>
    required ? `<${name}>` : `[${name}]`,
  )
  const rest = command.rest ? [`[-- ${command.rest.name}]`] : []
  return ['sqs-trigger', command.name, ...words, '[flags]', ...rest].join(' ')
}

const restRows = ({ rest }: AnyCommand) => (rest ? [row(`-- ${rest.name}`, rest.summary)] : [])

function groupLines(page: Page, group: string, options: OptionSet): readonly string[] {
  const shown = Object.entries(options).filter(([, option]) => option.group === group && !option.hidden)
  if (shown.length === 0) return []
  const rows = shown.map(([name, option]) => row(flagText(name, option), option.summary))
  return [group.toUpperCase(), ...rowLines(page, rows)]
}

/** `-o, --output text|json`, `--no-wait`, `--[no-]event-count-metrics`, `--prove[=level]`. */
function flagText(name: string, option: Option<unknown>): string {
  const short = option.short ? `-${option.short}, ` : '    '
  if (option.kind === 'negatable') return `${short}--${option.on ? 'no-' : '[no-]'}${kebab(name)}`
  if (option.kind === 'switch' || option.placeholder === undefined) return `${short}${flagOf(name)}`
  const value = option.whenBare === undefined ? ` ${option.placeholder}` : `[=${option.placeholder}]`
  return `${short}${flagOf(name)}${value}`
}

/** The global options as this command has them: those that it obeys, `--output` with its own forms. */
export function shownGlobals({
  formats = ['text', 'json'],
  obeys = {},
  local = false,
  options,
}: AnyCommand): OptionSet {
  const obeyed = new Map<string, string | true | undefined>(Object.entries(obeys))
  const entries: readonly (readonly [string, Option<unknown>])[] = Object.entries(globalOptions)
  return Object.fromEntries(
    entries
      .filter(([name]) => !['json', 'query'].includes(name) || formats.includes('json'))
      .filter(([name]) => name !== 'output' || formats.length > 1)
      .filter(([name]) => !(name in options))
      .filter(([name, { group }]) => group !== 'Behaviour' || obeyed.has(name))
      .filter(([name, { group }]) => group !== 'AWS' || !local || obeyed.has(name))
      .map(([name, option]) => {
        const said = obeyed.get(name)
        if (typeof said === 'string') return [name, { ...option, summary: said }]
        return name === 'output' ? [name, { ...option, placeholder: formats.join('|') }] : [name, option]
      }),
  )
}

/** Those of the command, and those that any command can end with. */
function exitCodesOf(command: AnyCommand): readonly Row[] {
  const own = new Set(command.exitCodes.map((name) => exitStatusNamed(name).code))
  return exitStatuses
    .filter(({ code, name }) => own.has(code) || always.some((one) => one === name))
    .map(({ code, meaning }) => row(String(code), meaning))
}

const always = ['OK', 'FAILED', 'USAGE', 'INTERRUPTED', 'TERMINATED'] as const
