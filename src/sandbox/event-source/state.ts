import type { Timer } from '../clock.js'
import type { MappingSettings } from './settings.js'

/** https://docs.aws.amazon.com/lambda/latest/api/API_EventSourceMappingConfiguration.html, State */
export type MappingState =
  | 'Creating'
  | 'Enabling'
  | 'Enabled'
  | 'Disabling'
  | 'Disabled'
  | 'Updating'
  | 'Deleting'

export interface StoredMapping {
  readonly uuid: string
  readonly arn: string
  readonly account: string
  readonly region: string
  readonly queueArn: string
  /** As AWS echoes it: with the version or alias when one was given. */
  readonly functionArn: string
  readonly settings: MappingSettings
  readonly state: MappingState
  /** As AWS gives it. Default: a user's doing, as everything here is unless a test says otherwise. */
  readonly stateTransitionReason?: string
  /** Milliseconds since the epoch. */
  readonly lastModified: number
  readonly tags: Readonly<Record<string, string>>
}

/** What receives for one mapping. It goes on until it is stopped, whatever becomes of queue, role or function. */
export interface RunningPoller {
  /** The mapping as it is from now on: an update takes effect when its transition is over. */
  follow(mapping: StoredMapping): void
  stop(): void
}

export interface EventSourceState {
  /** By UUID, in order of creation. */
  readonly mappings: Map<string, StoredMapping>
  /** By UUID: only mappings that poll have one. */
  readonly pollers: Map<string, RunningPoller>
  /** By UUID: what ends the transition that a mapping is in. */
  readonly transitions: Map<string, Timer>
}

export function createEventSourceState(): EventSourceState {
  return { mappings: new Map(), pollers: new Map(), transitions: new Map() }
}

/** Ends all polling and every transition; deliveries under way go on to their end. */
export function stopAll(state: EventSourceState): void {
  for (const timer of state.transitions.values()) timer.cancel()
  for (const poller of state.pollers.values()) poller.stop()
  state.transitions.clear()
  state.pollers.clear()
}
