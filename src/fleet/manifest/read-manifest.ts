import { readFunctionReference, readQueueReference } from '../../arn.js'
import { SqsTriggerError } from '../../errors.js'
import { shown } from '../../shown.js'
import { didYouMean, suggest } from '../../suggest.js'
import type { IgnoreEntry, Manifest, ManifestTrigger, Position } from '../manifest.js'
import { faultsError } from './faults.js'
import { ignoreReader, type KnownRules } from './ignore.js'
import { originsOver, type ReadSettings, readSettings, settingsOver } from './settings.js'
import { type Faults, kindOf, listOf, openFaults, readMembers, readText } from './tree-readers.js'
import { readTree, type TreeEntry, type TreeNode } from './yaml-tree.js'

export interface ManifestSource {
  /** As it is shown. */
  readonly file: string
  readonly text: string
}

/**
 * Reads `sqs-trigger.yaml`, as YAML or JSON, and lays one environment over it.
 * @throws SqsTriggerError USAGE with every fault at once, each with its line and column
 */
export function readManifest(
  source: ManifestSource,
  environment: string | undefined,
  rules: KnownRules,
): Manifest {
  const { root, faults: syntax } = readTree(source.text)
  const faults = openFaults(syntax)
  const read = root === null ? {} : (readMembers(root, 'the file', fileTable(rules), faults) ?? {})
  const environments = read.environments ?? new Map<string, Part>()
  const chosen = environment === undefined ? undefined : environments.get(environment)
  const base = partOf(read)
  const judged = [base, ...[...environments.values()].map((over) => joined(base, over))]
  for (const part of judged) checkPart(part, faults)
  const nameless =
    root !== null &&
    !keysOf(root, ['name']).includes('name') &&
    judged.some(({ triggers }) => triggers.length > 0)
  if (nameless)
    faults.add(
      root.at,
      'a file with triggers has a name, such as name: orders: apply tags with it what it makes',
    )
  // Whoever names an environment that is not there has another file in mind: its faults come later.
  const unknown = environment !== undefined && root !== null && chosen === undefined
  if (unknown && read.environments) throw noEnvironment(source, environment, [...environments.keys()])
  if (faults.all.length > 0) throw faultsError(source.file, faults.all)
  if (environment !== undefined && chosen === undefined) throw noEnvironment(source, environment, [])
  const { settings, clear, origins, triggers, ignore } = chosen ? joined(base, chosen) : base
  const name = read.name ?? null
  return {
    file: source.file,
    owner: name === null ? null : environment === undefined ? name : `${name}/${environment}`,
    environment: environment ?? null,
    defaults: { settings, clear },
    origins,
    triggers: triggers.flatMap((one) => whole(one, { settings, clear, origins })),
    ignore,
  }
}

/** A trigger as it is written: an environment may name one of the file, and change a part of it. */
interface WrittenTrigger {
  readonly at: Position
  /** The keys that stand there, also those whose values could not be read. */
  readonly keys: readonly string[]
  readonly name?: string
  readonly queue?: string
  readonly function?: string
  readonly settings?: ReadSettings
}

/** What the file itself, or one of its environments, says. */
interface Part extends ReadSettings {
  readonly triggers: readonly WrittenTrigger[]
  readonly ignore: readonly IgnoreEntry[]
}

const partTable = (rules: KnownRules) =>
  ({ settings: readSettings, triggers: listOf(readTrigger), ignore: listOf(ignoreReader(rules)) }) as const

const fileTable = (rules: KnownRules) =>
  ({
    name: readName,
    ...partTable(rules),
    environments: (entry: TreeEntry, faults: Faults) => readEnvironments(entry, rules, faults),
  }) as const

const none: ReadSettings = { settings: {}, clear: [], origins: [] }

function partOf(read: {
  readonly settings?: ReadSettings
  readonly triggers?: readonly WrittenTrigger[]
  readonly ignore?: readonly IgnoreEntry[]
}): Part {
  const { settings = none, triggers = [], ignore = [] } = read
  return { ...settings, triggers, ignore }
}

function readEnvironments({ key, value: node }: TreeEntry, rules: KnownRules, faults: Faults) {
  if (node.kind !== 'map') return faults.add(node.at, `${key} is a map of names, not ${kindOf(node)}`)
  const parts = node.entries.flatMap(({ key: name, at, value }) => {
    if (!namePattern.test(name)) faults.add(at, `${shown(name)} is no name: ${nameForm}`)
    const read = readMembers(value, 'an environment', partTable(rules), faults)
    return read === undefined ? [] : [[name, partOf(read)] as const]
  })
  return new Map(parts)
}

/** It becomes the value of a tag, so that only what a tag may hold is allowed. */
const namePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/
const nameForm = 'up to 64 letters, digits, dots, hyphens and underscores'

function readName(entry: TreeEntry, faults: Faults): string | undefined {
  const text = readText(entry, faults)
  if (text === undefined || namePattern.test(text)) return text
  return faults.add(entry.value.at, `${shown(text)} is no name: ${nameForm}`)
}

function readTrigger(node: TreeNode, faults: Faults): WrittenTrigger | undefined {
  const table = {
    name: readName,
    queue: referenceTo(readQueueReference),
    function: referenceTo(readFunctionReference),
    settings: readSettings,
  } as const
  const read = readMembers(node, 'a trigger', table, faults, settingsGoBelow)
  const keys = keysOf(node, ['queue', 'function'])
  return read === undefined ? undefined : { ...read, at: node.at, keys }
}

/** The keys of a map; one that is misspelt, which was told, counts as the one that was meant. */
const keysOf = (node: TreeNode, known: readonly string[]) =>
  node.kind === 'map' ? node.entries.map(({ key }) => suggest(key, known) ?? key) : []

/** Settings that stand beside queue and function belong one level deeper. */
const settingsGoBelow = Object.fromEntries(
  [
    'batch-size',
    'batch-window',
    'max-concurrency',
    'filters',
    'filter',
    'tags',
    'enabled',
    'minimum-pollers',
    'maximum-pollers',
    'report-batch-item-failures',
    'event-count-metrics',
  ].map((key) => [key, `settings: with ${key} below it`]),
)

const referenceTo = (read: (text: string) => unknown) => (entry: TreeEntry, faults: Faults) => {
  const text = readText(entry, faults)
  if (text === undefined) return undefined
  if (entry.value.kind === 'scalar' && typeof entry.value.value !== 'string')
    return faults.add(entry.value.at, `${entry.key} is a text: write it in quotes, "${text}"`)
  try {
    read(text)
    return text
  } catch (error) {
    if (!(error instanceof SqsTriggerError)) throw error
    return faults.add(entry.value.at, error.message.replace(/\.$/, ''))
  }
}

/** The environment laid over the file. A trigger of the same name is changed, any other is added. */
function joined(base: Part, over: Part): Part {
  const named = (name: string | undefined) =>
    name === undefined ? undefined : over.triggers.find((one) => one.name === name)
  const changed = base.triggers.map((one) => {
    const by = named(one.name)
    if (by === undefined) return one
    const settings =
      by.settings && one.settings
        ? {
            ...settingsOver(one.settings, by.settings),
            origins: originsOver(one.settings.origins, by.settings.origins),
          }
        : (by.settings ?? one.settings)
    return {
      ...one,
      ...by,
      at: one.at,
      keys: [...one.keys, ...by.keys],
      ...(settings === undefined ? {} : { settings }),
    }
  })
  const added = over.triggers.filter(
    ({ name }) => !base.triggers.some((one) => name !== undefined && one.name === name),
  )
  return {
    ...settingsOver(base, over),
    origins: originsOver(base.origins, over.origins),
    triggers: [...changed, ...added],
    ignore: [...base.ignore, ...over.ignore],
  }
}

/** What only shows once a file and its environment are one. */
function checkPart({ triggers }: Part, faults: Faults): void {
  const told = new Set(faults.all.map(({ at, message }) => `${at.line} ${message}`))
  const add = (at: Position, message: string) => {
    // An environment repeats what is wrong in the file.
    if (!told.has(`${at.line} ${message}`)) faults.add(at, message)
  }
  const names = new Map<string, Position>()
  const pairs = new Map<string, Position>()
  for (const { name, queue, function: functionName, at, keys } of triggers) {
    const missing = ['queue', 'function'].filter((key) => !keys.includes(key))
    if (missing.length > 0) {
      // In an environment the name says which trigger of the file is meant.
      const other = name === undefined || keys.length > 0 ? '' : didYouMean(name, [...names.keys()])
      add(at, `this trigger has no ${missing.join(' and no ')}${other}`)
    }
    if (name !== undefined && names.has(name)) add(at, `there are two triggers named ${name}`)
    else if (name !== undefined) names.set(name, at)
    if (queue === undefined || functionName === undefined) continue
    const pair = JSON.stringify([queue, functionName])
    const before = pairs.get(pair)
    if (before) add(at, `${queue} and ${functionName} are wired in line ${before.line} already`)
    else pairs.set(pair, at)
  }
}

function whole(
  { at, name, queue, function: functionName, settings }: WrittenTrigger,
  defaults: ReadSettings,
): readonly ManifestTrigger[] {
  // Both are there: `checkPart` would have said so.
  if (queue === undefined || functionName === undefined) return []
  const all = settings === undefined ? defaults : settingsOver(defaults, settings)
  const origins = originsOver(defaults.origins, settings?.origins ?? [])
  return [{ at, name: name ?? null, queue, function: functionName, ...all, origins }]
}

function noEnvironment(
  { file }: ManifestSource,
  environment: string,
  known: readonly string[],
): SqsTriggerError {
  const message = `${file} has no environment ${shown(environment)}${didYouMean(environment, known)}`
  const hint =
    known.length === 0 ? 'It has none at all: leave --environment out.' : `It has ${known.join(', ')}.`
  return new SqsTriggerError('USAGE', /[.?]$/.test(message) ? message : `${message}.`, { hint })
}
