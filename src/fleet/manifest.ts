import type { MappingSettings } from '../mapping.js'
import type { ClearableSetting } from '../mapping-update.js'

/** Where something stands in a file, both from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Settings as a file names them. What it does not name is left as it is. */
export interface ManifestSettings {
  readonly settings: MappingSettings
  /** Named with `null`: the mapping is to be without them. */
  readonly clear: readonly ClearableSetting[]
  /** `tags: null`: none of those that an outer level gives. Tags that a mapping has stay. */
  readonly untagged?: true
}

/** One queue and one function that are to be wired. */
export interface ManifestTrigger extends ManifestSettings {
  /** By which an environment changes it; null: it has none. */
  readonly name: string | null
  /** Name, URL or ARN. */
  readonly queue: string
  /** Name, `name:alias`, partial or full ARN. */
  readonly function: string
  readonly at: Position
  /** Where each of its settings stands, also those that it has from the file. */
  readonly origins: readonly SettingOrigin[]
}

/** One rule whose objections do not count, and why. */
export interface IgnoreEntry {
  readonly rule: string
  /** Name or ARN with `*` for anything; null: every queue. */
  readonly queue: string | null
  readonly function: string | null
  readonly reason: string
  /** The last day on which it holds, as 2027-03-31; null: for good. */
  readonly expires: string | null
  readonly at: Position
}

/** One setting of `settings:`, and where it stands: what a command says of its origin. */
export interface SettingOrigin {
  readonly key: string
  readonly at: Position
}

/** What `sqs-trigger.yaml` says, its environment laid over it. */
export interface Manifest {
  /** As it is shown: the path that was given, or `standard input`. */
  readonly file: string
  /** The owner in the tag of mappings; null: the file has no name, and owns nothing. */
  readonly owner: string | null
  readonly environment: string | null
  readonly defaults: ManifestSettings
  readonly origins: readonly SettingOrigin[]
  /** With the defaults in them. */
  readonly triggers: readonly ManifestTrigger[]
  readonly ignore: readonly IgnoreEntry[]
}
