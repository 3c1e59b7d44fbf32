import type { Mapping, MappingSettings } from './mapping.js'

/** One setting that was asked for and that the existing mapping has otherwise. */
export interface SettingDifference {
  readonly setting: keyof MappingSettings | 'functionArn'
  readonly wanted: unknown
  readonly found: unknown
}

/** What an existing mapping means for a request. */
export interface Comparison {
  readonly outcome: 'unchanged' | 'differs' | 'disabled'
  readonly differences: readonly SettingDifference[]
}

/**
 * Compares only what was asked for; every other setting of the mapping is left as it is. Filters are compared as
 * a set, because AWS keeps a message that any of them matches.
 * @param tags the mapping's tags; undefined when they could not be read, and are then not compared.
 */
export function compareSettings(
  wanted: MappingSettings,
  existing: Mapping,
  tags?: Readonly<Record<string, string>>,
): Comparison {
  const off = existing.state === 'Disabled' || existing.state === 'Disabling'
  const differences = [
    ...numbers
      .filter((key) => wanted[key] !== undefined && wanted[key] !== existing[key])
      .map((key) => difference(key, wanted[key], existing[key])),
    ...(filtersDiffer(wanted, existing) ? [difference('filters', wanted.filters, existing.filters)] : []),
    ...differingTags(wanted, tags),
    ...(wanted.enabled === false && !off ? [difference('enabled', false, true)] : []),
  ]
  if (wanted.enabled === false || !off)
    return { outcome: differences.length === 0 ? 'unchanged' : 'differs', differences }
  const disabled = difference('enabled', true, false)
  return {
    outcome: differences.length === 0 ? 'disabled' : 'differs',
    differences: [...differences, disabled],
  }
}

const numbers = [
  'batchSize',
  'batchWindowSeconds',
  'maxConcurrency',
  'minimumPollers',
  'maximumPollers',
  'reportBatchItemFailures',
  'eventCountMetrics',
] as const

function filtersDiffer(wanted: MappingSettings, existing: Mapping): boolean {
  if (wanted.filters === undefined) return false
  const one = wanted.filters.map(normalised).toSorted()
  const other = existing.filters?.map(normalised).toSorted()
  return JSON.stringify(one) !== JSON.stringify(other)
}

/** Blanks in a pattern mean nothing. */
function normalised(pattern: string): string {
  try {
    return JSON.stringify(JSON.parse(pattern))
  } catch {
    return pattern
  }
}

function differingTags(
  wanted: MappingSettings,
  tags: Readonly<Record<string, string>> | undefined,
): readonly SettingDifference[] {
  if (wanted.tags === undefined || tags === undefined) return []
  const found = Object.fromEntries(
    Object.keys(wanted.tags).flatMap((key) => (Object.hasOwn(tags, key) ? [[key, tags[key]]] : [])),
  )
  const same = Object.entries(wanted.tags).every(([key, value]) => found[key] === value)
  return same ? [] : [difference('tags', wanted.tags, found)]
}

function difference(
  setting: SettingDifference['setting'],
  wanted: unknown,
  found: unknown,
): SettingDifference {
  return { setting, wanted, found: found ?? null }
}
