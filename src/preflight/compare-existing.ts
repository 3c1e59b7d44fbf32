import { type Comparison, compareSettings } from '../compare-settings.js'
import type { MappingSettings } from '../mapping.js'
import type { ExistingMapping } from './facts.js'

/** Compares what was asked for with what could be read of the mapping; `existing.unread` tells of the rest. */
export function compareExisting(
  settings: MappingSettings,
  { mapping, tags }: Pick<ExistingMapping, 'mapping' | 'tags'>,
): Comparison {
  const { filters: _, ...others } = settings
  return compareSettings(mapping.filters === undefined ? others : settings, mapping, tags)
}
