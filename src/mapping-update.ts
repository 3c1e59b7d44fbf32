import type { Mapping, MappingSettings } from './mapping.js'

/** What a mapping can be given, and then be without again. Every other setting has a value always. */
export const clearableSettings = ['max-concurrency', 'pollers', 'filter'] as const
export type ClearableSetting = (typeof clearableSettings)[number]

/** What is to become of a mapping. What is not named stays as it is. */
export interface MappingUpdate {
  /** Tags are added to those that the mapping has. */
  readonly settings: MappingSettings
  readonly clear: readonly ClearableSetting[]
  /** Keys of tags that are taken away. */
  readonly untag: readonly string[]
  /** The function that is to be called instead, as Lambda takes it; undefined: the same. */
  readonly functionArn?: string
}

/** The settings that the mapping has afterwards; tags are not among what a mapping tells. */
export function settingsAfter(mapping: Mapping, { settings, clear }: MappingUpdate): MappingSettings {
  const { maxConcurrency, minimumPollers, maximumPollers, filters } = mapping
  const kept = {
    batchSize: mapping.batchSize,
    batchWindowSeconds: mapping.batchWindowSeconds,
    reportBatchItemFailures: mapping.reportBatchItemFailures,
    eventCountMetrics: mapping.eventCountMetrics,
    ...(clear.includes('max-concurrency') || maxConcurrency === undefined ? {} : { maxConcurrency }),
    ...(clear.includes('pollers') || minimumPollers === undefined ? {} : { minimumPollers }),
    ...(clear.includes('pollers') || maximumPollers === undefined ? {} : { maximumPollers }),
    // None is said, too: the filters that the mapping still has would be judged otherwise.
    ...(clear.includes('filter') ? { filters: [] } : !filters?.length ? {} : { filters }),
    enabled: !isOff(mapping),
  }
  return { ...kept, ...settings }
}

/** Does it not poll, or will it stop to? */
export const isOff = ({ state }: Pick<Mapping, 'state'>) => state === 'Disabled' || state === 'Disabling'

/** The update that gives a mapping those of the settings in which it differs. What was asked for without a word about it is to be on. */
export function updateTo(
  wanted: MappingSettings,
  differences: readonly { readonly setting: string }[],
): MappingUpdate {
  const named = differences.map(({ setting }) => setting)
  const all = { ...wanted, ...(named.includes('enabled') ? { enabled: wanted.enabled !== false } : {}) }
  const settings: MappingSettings = Object.fromEntries(
    Object.entries(all).filter(([name]) => named.includes(name)),
  )
  return { settings, clear: [], untag: [] }
}
