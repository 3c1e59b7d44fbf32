import { readMappingTags } from '../../aws/event-source-mapping.js'
import type { SettingDifference } from '../../compare-settings.js'
import { compareSettings } from '../../compare-settings.js'
import { SqsTriggerError } from '../../errors.js'
import type { Mapping, MappingSettings } from '../../mapping.js'
import { type ClearableSetting, type MappingUpdate, updateTo } from '../../mapping-update.js'
import type { Operation } from '../events.js'
import type { Session } from '../session.js'

/** What of a mapping each of them clears. */
const cleared = {
  'max-concurrency': ['maxConcurrency'],
  pollers: ['minimumPollers', 'maximumPollers'],
  filter: ['filters'],
} as const satisfies Record<ClearableSetting, readonly (keyof Mapping & keyof MappingSettings)[]>

interface Narrowed {
  /** Without what the mapping has already. */
  readonly update: MappingUpdate
  readonly differences: readonly SettingDifference[]
}

/**
 * What of an update the mapping does not have yet.
 * @param tags those of the mapping; undefined: they could not be read, or nobody asks about tags. All that is asked of
 *   tags then counts as different: AWS takes a tag twice.
 */
export function differing(
  asked: MappingUpdate,
  mapping: Mapping,
  tags: Readonly<Record<string, string>> | undefined,
): Narrowed {
  const { settings, functionArn } = asked
  const known = tags ?? (settings.tags === undefined ? undefined : {})
  const compared = compareSettings(settings, mapping, known).differences.filter(
    // A mapping that is off differs from nothing unless it is to be switched.
    ({ setting }) => setting !== 'enabled' || settings.enabled !== undefined,
  )
  const clear = asked.clear.filter((one) => cleared[one].some((member) => has(mapping, member)))
  const untag = asked.untag.filter((key) => tags === undefined || Object.hasOwn(tags, key))
  const retargeted = functionArn !== undefined && functionArn !== mapping.functionArn
  const differences: readonly SettingDifference[] = [
    ...(retargeted
      ? [{ setting: 'functionArn', wanted: functionArn, found: mapping.functionArn } as const]
      : []),
    ...compared,
    ...clear
      .flatMap((one): readonly (keyof Mapping & keyof MappingSettings)[] => cleared[one])
      .filter((member) => has(mapping, member))
      .map((setting) => ({ setting, wanted: null, found: mapping[setting] ?? null })),
    ...(untag.length === 0
      ? []
      : [{ setting: 'tags', wanted: null, found: valuesOf(untag, tags ?? {}) } as const]),
  ]
  const update = {
    settings: wholePollers(updateTo(settings, compared).settings, mapping),
    clear,
    untag,
    ...(retargeted ? { functionArn } : {}),
  }
  return { update, differences }
}

/** The tags of the mapping, where the update is about tags; undefined: nobody asked, or they could not be read. */
export async function* readTagsFor(
  { settings, untag }: MappingUpdate,
  mapping: Mapping,
  { clients, signal }: Session,
): Operation<Readonly<Record<string, string>> | undefined> {
  if ((settings.tags === undefined && untag.length === 0) || mapping.arn === undefined) return undefined
  try {
    return await readMappingTags(clients, mapping.arn, signal)
  } catch (error) {
    if (!(error instanceof SqsTriggerError) || error.code !== 'ACCESS_DENIED') throw error
    yield { type: 'warning', message: 'lambda:ListTags is refused, so the tags were not compared.' }
    return undefined
  }
}

/** Encrypted filters that could not be read may be there. */
const has = (mapping: Mapping, member: keyof Mapping & keyof MappingSettings) =>
  member === 'filters' ? mapping.filters?.length !== 0 : mapping[member] !== undefined

const valuesOf = (keys: readonly string[], tags: Readonly<Record<string, string>>) =>
  Object.fromEntries(keys.flatMap((key) => (Object.hasOwn(tags, key) ? [[key, tags[key]]] : [])))

/** AWS takes both counts as one structure, so the one that is not named has to come along. */
function wholePollers(settings: MappingSettings, mapping: Mapping): MappingSettings {
  if (settings.minimumPollers === undefined && settings.maximumPollers === undefined) return settings
  const { minimumPollers, maximumPollers } = mapping
  return {
    ...(minimumPollers === undefined ? {} : { minimumPollers }),
    ...(maximumPollers === undefined ? {} : { maximumPollers }),
    ...settings,
  }
}
