import { access } from 'node:fs/promises'
import { SqsTriggerError } from '../../errors.js'
import type { Manifest, ManifestTrigger, SettingOrigin } from '../../fleet/manifest.js'
import type { MappingSettings } from '../../mapping.js'
import type { AnyCommand } from '../define-command.js'
import type { FromVariable } from '../options/from-variable.js'
import { text } from '../options/options.js'
import { type Parsed, parseArguments } from '../parse-arguments.js'
import type { Host } from '../streams.js'
import { usageError } from '../usage-error.js'

/** Where the file of the project is looked for when nobody says where. */
export const usualFile = 'sqs-trigger.yaml'

/** What `--config` takes where there is to be no file. */
export const noFile = 'none'

/** Flags of the commands that go by the file of the project. */
export const projectOptions = {
  config: text({
    summary: `file with settings and ignores (default ./${usualFile}; ${noFile}: use no file)`,
    group: 'Behaviour',
    placeholder: 'file',
    completes: 'file',
  }),
  environment: text({
    summary: 'the environment of that file to lay over it',
    group: 'Behaviour',
    placeholder: 'name',
  }),
} as const

export interface ParsedInProject extends Parsed {
  /** null: there is no file, or the command does not go by it. */
  readonly project: Manifest | null
}

/**
 * Reads the arguments; for what was not said by flag or variable the file of the project speaks, where the command goes
 * by one. Nothing is loaded for it where there is none.
 * @throws SqsTriggerError USAGE, as `parseArguments` and `manifestFrom`
 */
export async function parseInProject(
  command: AnyCommand,
  argv: readonly string[],
  env: Host['env'],
): Promise<ParsedInProject> {
  const parsed = await parseArguments(command, argv, env)
  if (!command.project || parsed.globals.help || parsed.globals.version) return { ...parsed, project: null }
  // Options of this name stand in `projectOptions` alone.
  const { config, environment } = parsed.input.values as Readonly<Record<string, string | undefined>>
  if (config === '-') throw usageError('--config takes a file, not standard input')
  const named = config !== undefined && config !== noFile
  if (config === noFile || !(named || (await isThere(usualFile)))) {
    if (environment !== undefined)
      throw usageError('--environment needs a file that has it', 'add --config <file>')
    return { ...parsed, project: null }
  }
  const { manifestFrom } = await import('./manifest-file.js')
  const project = await manifestFrom(config ?? usualFile, environment)
  const { positionals, values } = parsed.input
  // Options of these names are what `targetOptions` says.
  const ends = { queue: positionals.queue ?? values.queue, function: positionals.function ?? values.function }
  const defaults = defaultsIn(project, await triggerFor(project, ends))
  if (defaults.length === 0) return { ...parsed, project }
  return { ...(await parseArguments(command, argv, env, defaults)), project }
}

/** The trigger of the file for this very queue and function: what it says goes before what the file says of all. */
async function triggerFor(
  { triggers }: Manifest,
  { queue, function: functionName }: { readonly queue: unknown; readonly function: unknown },
): Promise<ManifestTrigger | undefined> {
  if (typeof queue !== 'string' || typeof functionName !== 'string') return undefined
  const { areSameEnds } = await import('../../fleet/names.js')
  try {
    return triggers.find((one) => areSameEnds(one, { queue, function: functionName }))
  } catch (error) {
    // What was typed is no queue or no function; the command says so in its own words.
    if (error instanceof SqsTriggerError) return undefined
    throw error
  }
}

const isThere = async (path: string) =>
  access(path).then(
    () => true,
    () => false,
  )

/** The settings of the file, or of one trigger in it, as flags would have given them. */
function defaultsIn(
  { file, ...whole }: Manifest,
  trigger: ManifestTrigger | undefined,
): readonly FromVariable[] {
  const { settings } = trigger ?? whole.defaults
  const { origins } = trigger ?? whole
  const lineOf = (key: string) => origins.find((origin: SettingOrigin) => origin.key === key)?.at.line
  return flagsOf(settings).map(({ key, name, raw }) => ({
    name,
    variable: `${file}:${lineOf(key) ?? 1}`,
    setting: { key, file, line: lineOf(key) ?? 1 },
    raw,
  }))
}

/** One line that says what the file set; null: nothing. Long values are left out: the line is there to be noticed. */
export function settingsNote(variables: readonly FromVariable[]): string | null {
  const told = variables.flatMap(({ setting, raw }) => {
    if (setting === undefined) return []
    const value = typeof raw === 'string' ? ` ${raw}` : raw === false ? ' off' : ''
    const word = setting.key === 'enabled' ? 'enabled: false' : `${setting.key.replaceAll('-', ' ')}${value}`
    return [{ file: setting.file, text: `${word} (line ${setting.line})` }]
  })
  const [first] = told
  return first === undefined
    ? null
    : `Settings from ${first.file}: ${told.map(({ text }) => text).join(', ')}`
}

interface SettingFlag extends Pick<FromVariable, 'name' | 'raw'> {
  /** As the file names it. */
  readonly key: string
}

function flagsOf(settings: MappingSettings): readonly SettingFlag[] {
  const value = (key: string, name: string, given: number | undefined) =>
    given === undefined ? [] : [{ key, name, raw: String(given) }]
  const toggle = (key: string, name: string, given: boolean | undefined) =>
    given === undefined ? [] : [{ key, name, raw: given }]
  const { filters, tags, enabled } = settings
  return [
    ...value('batch-size', 'batchSize', settings.batchSize),
    ...value('batch-window', 'batchWindow', settings.batchWindowSeconds),
    ...value('max-concurrency', 'maxConcurrency', settings.maxConcurrency),
    ...value('minimum-pollers', 'minimumPollers', settings.minimumPollers),
    ...value('maximum-pollers', 'maximumPollers', settings.maximumPollers),
    ...toggle('report-batch-item-failures', 'reportBatchItemFailures', settings.reportBatchItemFailures),
    ...(filters === undefined ? [] : [{ key: 'filters', name: 'filter', raw: filters }]),
    ...toggle('event-count-metrics', 'eventCountMetrics', settings.eventCountMetrics),
    ...(tags === undefined
      ? []
      : [{ key: 'tags', name: 'tag', raw: Object.entries(tags).map(([name, word]) => `${name}=${word}`) }]),
    ...(enabled === false ? [{ key: 'enabled', name: 'startDisabled', raw: true }] : []),
  ]
}
