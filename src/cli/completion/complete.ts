import type { LocalNames } from './local-names.js'
import type { Candidate, CompletionCommand, CompletionFlag, CompletionTable } from './table.js'

/** `files`: the shell itself completes names of files. */
export type Completion = readonly Candidate[] | 'files'

/**
 * What the last of these words may become.
 * @param words behind the name of the program; the last is the one under the cursor, and may be empty
 */
export function complete(words: readonly string[], table: CompletionTable, local: LocalNames): Completion {
  const before = words.slice(0, -1)
  const current = words.at(-1) ?? ''
  if (before.includes('--')) return 'files'
  const { command, typed, others } = readWords(before, table)
  if (command === undefined) return beforeCommand(before, others, current, table, local)
  const flags = command.flags
  const open = valueAwaited(before.at(-1), flags)
  if (open?.value && !open.value.optional) return valuesOf(open, '', current, table, local)
  const [, name = '', given] = /^(--[a-z-]+)=(.*)$/s.exec(current) ?? []
  const assigned = flags.find(({ names }) => names.includes(name))
  if (given !== undefined) return assigned?.value ? valuesOf(assigned, `${name}=`, current, table, local) : []
  const bare = open?.value?.optional ? valuesOf(open, '', current, table, local) : []
  if (current.startsWith('-')) return startingWith(current, unusedFlags(flags, before))
  const positional = command.positionals[typed.length]
  if (positional === undefined) {
    const rest = current === '' && command.positionals.length === 0 ? unusedFlags(flags, before) : []
    return [...(bare === 'files' ? [] : bare), ...rest]
  }
  const values = namesOf(positional, table, local)
  if (values === 'files' || bare === 'files') return 'files'
  return [...bare, ...startingWith(current, values)]
}

/** The command and its arguments without a flag. `others`: words before it that are no command. */
function readWords(before: readonly string[], table: CompletionTable) {
  const globals = table.commands.flatMap(({ flags }) => flags)
  let command: CompletionCommand | undefined
  const typed: string[] = []
  const others: string[] = []
  for (const [index, word] of before.entries()) {
    const flag = valueAwaited(before[index - 1], command?.flags ?? globals)
    const isValue = flag?.value && (!flag.value.optional || flag.value.choices.includes(word))
    if (word.startsWith('-') || isValue) continue
    if (command !== undefined) typed.push(word)
    else command = table.commands.find(({ value }) => value === word)
    if (command === undefined) others.push(word)
  }
  return { command, typed, others }
}

/** Before a command: the commands, and what is understood by all of them. */
function beforeCommand(
  before: readonly string[],
  others: readonly string[],
  current: string,
  table: CompletionTable,
  local: LocalNames,
): Completion {
  const flags = table.commands.flatMap((command) => command.flags)
  const open = valueAwaited(before.at(-1), flags)
  if (open) return valuesOf(open, '', current, table, local)
  const helping = others.length === 1 && others[0] === 'help'
  if (others.length > 0 && !helping) return []
  const everywhere = ['--help', '--version']
  const asking = table.commands[0]?.flags.filter(({ names }) => everywhere.includes(names[0] ?? '')) ?? []
  const words = current.startsWith('-')
    ? unusedFlags(asking, before)
    : [...table.commands, ...(helping ? [] : [{ value: 'help', summary: 'Show the help of a command' }])]
  return startingWith(current, words)
}

/** The flag whose value comes next, if this word is one without its value. */
const valueAwaited = (word: string | undefined, flags: readonly CompletionFlag[]) =>
  flags.find(({ names, value }) => value !== null && word !== undefined && names.includes(word))

function valuesOf(
  { value }: CompletionFlag,
  prefix: string,
  current: string,
  table: CompletionTable,
  local: LocalNames,
): Completion {
  if (value === null) return []
  const names = namesOf(value, table, local)
  if (names === 'files') return 'files'
  return startingWith(
    current,
    names.map(({ value: name, summary }) => ({ value: `${prefix}${name}`, summary })),
  )
}

function namesOf(
  { choices, completes }: CompletionCommand['positionals'][number],
  table: CompletionTable,
  local: LocalNames,
): Completion {
  const named = (names: readonly string[]) => names.map((value) => ({ value, summary: '' }))
  switch (completes) {
    case 'file':
      return 'files'
    case 'rule':
      return table.rules
    case 'region':
      return named(table.regions)
    case 'profile':
      return named(local.profiles())
    case 'journal-id':
      return named(local.journalIds())
    case null:
      return named(choices)
  }
}

/** Those that were not given yet, or may be given again; the long names, because they say what they do. */
function unusedFlags(flags: readonly CompletionFlag[], before: readonly string[]): readonly Candidate[] {
  const given = before.map((word) => word.split('=')[0])
  return flags
    .filter(({ names, repeatable }) => repeatable || !names.some((name) => given.includes(name)))
    .flatMap(({ names, summary }) =>
      names.filter((name) => name.startsWith('--')).map((value) => ({ value, summary })),
    )
}

const startingWith = (current: string, candidates: readonly Candidate[]) =>
  candidates.filter(({ value }) => value.startsWith(current))
