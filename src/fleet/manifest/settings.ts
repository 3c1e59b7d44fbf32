import { jsonObjectIn } from '../../json-object.js'
import { limits } from '../../limits.js'
import type { MappingSettings } from '../../mapping.js'
import type { ClearableSetting } from '../../mapping-update.js'
import type { ManifestSettings, SettingOrigin } from '../manifest.js'
import {
  type Faults,
  jsonOf,
  kindOf,
  listOf,
  orDefault,
  orNone,
  readMembers,
  readSwitch,
  textOf,
  wholeNumber,
} from './tree-readers.js'
import type { TreeEntry, TreeNode } from './yaml-tree.js'

const batchSize = wholeNumber(limits.batchSizeMinimum.value, limits.batchSizeMaximum.value, 'messages')
const batchWindow = wholeNumber(limits.batchWindowMinimum.value, limits.batchWindowMaximum.value, 'seconds')
const maxConcurrency = wholeNumber(
  limits.maximumConcurrencyMinimum.value,
  limits.maximumConcurrencyMaximum.value,
  'invocations',
)
const minimumPollers = wholeNumber(
  limits.minimumPollersMinimum.value,
  limits.minimumPollersMaximum.value,
  'pollers',
)
const maximumPollers = wholeNumber(
  limits.maximumPollersMinimum.value,
  limits.maximumPollersMaximum.value,
  'pollers',
)

/**
 * What `null` gives a mapping where AWS knows no mapping without the setting.
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
const awsDefaults = { batchSize: 10, batchWindow: 0 } as const

/** The keys of `settings:`, named as the flags are. */
const table = {
  'batch-size': orDefault(batchSize, awsDefaults.batchSize),
  'batch-window': orDefault(batchWindow, awsDefaults.batchWindow),
  'max-concurrency': orNone(maxConcurrency),
  'minimum-pollers': orNone(minimumPollers),
  'maximum-pollers': orNone(maximumPollers),
  'report-batch-item-failures': orDefault(readSwitch, false),
  filters: orNone(listOf(readPattern)),
  'event-count-metrics': orDefault(readSwitch, false),
  tags: orNone(readTags),
  enabled: orDefault(readSwitch, true),
} as const

/** What the same things are called elsewhere, as AWS's own words with hyphens. */
const meant = {
  filter: 'filters',
  'filter-criteria': 'filters',
  tag: 'tags',
  'batch-window-seconds': 'batch-window',
  'maximum-batching-window-in-seconds': 'batch-window',
  'maximum-concurrency': 'max-concurrency',
  'scaling-config': 'max-concurrency',
  'function-response-types': 'report-batch-item-failures',
  'start-disabled': 'enabled',
  'metrics-config': 'event-count-metrics',
} as const

/** One `settings:`; undefined where it is no map. */
export function readSettings({ value: node }: TreeEntry, faults: Faults): ReadSettings | undefined {
  if (node.kind === 'scalar' && node.value === null) return { settings: {}, clear: [], origins: [] }
  const read = readMembers(node, 'settings', table, faults, meant)
  if (read === undefined) return undefined
  const clear: ClearableSetting[] = [
    ...(read['max-concurrency'] === null ? (['max-concurrency'] as const) : []),
    ...(read['minimum-pollers'] === null || read['maximum-pollers'] === null ? (['pollers'] as const) : []),
    ...(read.filters === null || read.filters?.length === 0 ? (['filter'] as const) : []),
  ]
  const settings: MappingSettings = {
    ...(read['batch-size'] === undefined ? {} : { batchSize: read['batch-size'] }),
    ...(read['batch-window'] === undefined ? {} : { batchWindowSeconds: read['batch-window'] }),
    ...(read['max-concurrency'] == null ? {} : { maxConcurrency: read['max-concurrency'] }),
    ...(read['minimum-pollers'] == null ? {} : { minimumPollers: read['minimum-pollers'] }),
    ...(read['maximum-pollers'] == null ? {} : { maximumPollers: read['maximum-pollers'] }),
    ...(read['report-batch-item-failures'] === undefined
      ? {}
      : { reportBatchItemFailures: read['report-batch-item-failures'] }),
    ...(read.filters?.length ? { filters: read.filters } : {}),
    ...(read['event-count-metrics'] === undefined ? {} : { eventCountMetrics: read['event-count-metrics'] }),
    ...(read.tags == null ? {} : { tags: read.tags }),
    ...(read.enabled === undefined ? {} : { enabled: read.enabled }),
  }
  const origins = node.kind === 'map' ? node.entries.map(({ key, at }) => ({ key, at })) : []
  const { minimumPollers: least, maximumPollers: most } = settings
  if (least !== undefined && most !== undefined && least > most) {
    faults.add(node.at, `minimum-pollers ${least} and maximum-pollers ${most} contradict each other`)
  }
  if (clear.includes('pollers') && (least !== undefined || most !== undefined)) {
    faults.add(
      node.at,
      'minimum-pollers and maximum-pollers belong together: give both a number, or both null',
    )
  }
  return { settings, clear, origins, ...(read.tags === null ? { untagged: true as const } : {}) }
}

export interface ReadSettings extends ManifestSettings {
  readonly origins: readonly SettingOrigin[]
}

/** The later settings laid over the earlier ones. Tags are joined; every other setting takes the place of its former. */
export function settingsOver(base: ManifestSettings, over: ManifestSettings): ManifestSettings {
  const tags =
    base.settings.tags && over.settings.tags && !over.untagged
      ? {
          tags: Object.fromEntries([
            ...Object.entries(base.settings.tags),
            ...Object.entries(over.settings.tags),
          ]),
        }
      : {}
  const kept = Object.entries(base.settings).filter(
    ([name]) => !over.clear.some((one) => clears(one, name)) && !(over.untagged && name === 'tags'),
  )
  const settings = { ...Object.fromEntries(kept), ...over.settings, ...tags }
  const clear = base.clear.filter((one) => !Object.keys(over.settings).some((name) => clears(one, name)))
  const untagged = over.untagged || (base.untagged && !over.settings.tags) ? { untagged: true as const } : {}
  return { settings, clear: [...new Set([...clear, ...over.clear])], ...untagged }
}

/** Where the settings stand that hold then. */
export const originsOver = (
  base: readonly SettingOrigin[],
  over: readonly SettingOrigin[],
): readonly SettingOrigin[] => [...base.filter(({ key }) => !over.some((one) => one.key === key)), ...over]

const cleared: Readonly<Record<ClearableSetting, readonly string[]>> = {
  'max-concurrency': ['maxConcurrency'],
  pollers: ['minimumPollers', 'maximumPollers'],
  filter: ['filters'],
}

const clears = (clearing: ClearableSetting, setting: string) => cleared[clearing].includes(setting)

/** A pattern as JSON text, or as the map that it is. */
function readPattern(node: TreeNode, faults: Faults): string | undefined {
  if (node.kind === 'map') return jsonOf(node)
  const text = textOf(node)
  if (text === undefined || node.kind === 'list') {
    return faults.add(
      node.at,
      `a filter is a pattern: a map such as {body: {kind: [order]}}, not ${kindOf(node)}`,
    )
  }
  if (jsonObjectIn(text) !== undefined) return text
  return faults.add(node.at, `this filter is no JSON object: ${kindOf(node)}`)
}

/** Keys that begin with `aws:` are AWS's own. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
function readTags({ value: node }: TreeEntry, faults: Faults): Readonly<Record<string, string>> | undefined {
  if (node.kind !== 'map') return faults.add(node.at, `tags is a map of keys and values, not ${kindOf(node)}`)
  const pairs = node.entries.flatMap(({ key, at, value }) => {
    const text = textOf(value)
    if (text === undefined) faults.add(value.at, `the tag ${key} is a text, not ${kindOf(value)}`)
    if (/^aws:/i.test(key)) faults.add(at, `the tag ${key} cannot be set: aws: is kept for AWS`)
    if (key === ownerTag) faults.add(at, `the tag ${ownerTag} is set by apply itself; leave it out`)
    if (key.length > 128 || (text?.length ?? 0) > 256)
      faults.add(at, 'a tag has a key of 128 characters and a value of 256 at most')
    return text === undefined ? [] : [[key, text] as const]
  })
  return Object.fromEntries(pairs)
}

/** The tag by which a file knows the mappings that it made or took over. */
export const ownerTag = 'sqs-trigger:manifest'
