import type { CallContext } from '../operations/events.js'
import type { Session } from '../operations/session.js'
import type { FailOn } from '../preflight/strictness.js'
import type { IgnoreEntry, Manifest, ManifestTrigger } from './manifest.js'
import type { TagIndex } from './ownership.js'

export interface FleetOptions {
  /** true: mappings of this file that are no longer in it are deleted. Default false. */
  readonly prune?: boolean
  /** true: mappings that the file names and that belong to nobody become its own. Default false. */
  readonly adopt?: boolean
  /** Findings from this severity up block. Default `error`. */
  readonly failOn?: FailOn
  /** How many triggers are looked at, or changed, at the same time. Default 4. */
  readonly parallel?: number
}

/** What every step is planned by. */
export interface Planning {
  readonly manifest: Manifest
  readonly context: CallContext
  readonly tags: TagIndex
  /** ARNs of the queues and functions of its mappings that exist no more. */
  readonly gone: ReadonlySet<string>
  readonly held: readonly IgnoreEntry[]
  readonly options: FleetOptions
  readonly session: Session
}

/** A trigger with the ARNs that its names stand for. */
export interface PlacedTrigger {
  readonly trigger: ManifestTrigger
  readonly queueArn: string
  readonly functionArn: string
}
