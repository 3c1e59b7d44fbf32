import { AwsFault } from '../aws-fault.js'
import type { World } from '../world.js'
import { startPoller } from './poller.js'
import type { MappingState, StoredMapping } from './state.js'

/** What a request asks of a mapping's state. `enabled` undefined: the request does not say. */
export type StateChange =
  | { readonly kind: 'create'; readonly enabled: boolean }
  | { readonly kind: 'update'; readonly enabled: boolean | undefined }
  | { readonly kind: 'delete' }

/** The state in which the request is answered, and the one that follows by itself. */
export interface Transition {
  readonly state: MappingState
  readonly next?: 'Enabled' | 'Disabled' | 'gone'
}

const settled: readonly MappingState[] = ['Enabled', 'Disabled']

/**
 * State sequences as recorded. Pure; throws ResourceInUseException for a mapping that is in
 * transition, because nothing else may be asked of it until that is over.
 */
export function transition(from: MappingState | undefined, change: StateChange): Transition {
  if (from !== undefined && !settled.includes(from)) throw inUse(change.kind)
  switch (change.kind) {
    case 'create':
      return change.enabled ? { state: 'Creating', next: 'Enabled' } : { state: 'Disabled' }
    case 'delete':
      return { state: 'Deleting', next: 'gone' }
    case 'update':
      if (change.enabled === true && from === 'Disabled') return { state: 'Enabling', next: 'Enabled' }
      if (change.enabled === false && from === 'Enabled') return { state: 'Disabling', next: 'Disabled' }
      return { state: 'Updating', next: from === 'Disabled' ? 'Disabled' : 'Enabled' }
  }
}

/**
 * Stores the mapping in the state of the transition, and lets the next state follow after the sandbox's delay.
 * Returns it as the request is answered. Polling changes only when the transition is over: until then an old
 * configuration goes on receiving, as it does on AWS.
 */
export function enter(world: World, mapping: StoredMapping, { state, next }: Transition): StoredMapping {
  const { stateTransitionReason: _, ...kept } = mapping
  const entered = store(world, { ...kept, state })
  if (next === undefined) return entered
  const { mappings, transitions } = world.eventSources
  const finish = () => {
    transitions.delete(mapping.uuid)
    if (next === 'gone') remove(world, mapping.uuid)
    // Tags may have changed meanwhile.
    else settle(world, store(world, { ...(mappings.get(mapping.uuid) ?? entered), state: next }))
  }
  const delay = next === 'gone' ? world.delays.mappingDeletion : world.delays.mappingTransition
  // A frozen clock runs nothing by itself, not even what is due at once.
  if (delay <= 0) finish()
  else transitions.set(mapping.uuid, world.clock.after(delay, finish))
  return entered
}

function store(world: World, mapping: StoredMapping): StoredMapping {
  const stored = { ...mapping, lastModified: world.clock.now() }
  world.eventSources.mappings.set(mapping.uuid, stored)
  return stored
}

function settle(world: World, mapping: StoredMapping): void {
  const { pollers } = world.eventSources
  const running = pollers.get(mapping.uuid)
  if (mapping.state === 'Disabled') {
    running?.stop()
    pollers.delete(mapping.uuid)
  } else if (running) {
    running.follow(mapping)
  } else {
    pollers.set(mapping.uuid, startPoller(world, mapping))
  }
}

function remove(world: World, uuid: string): void {
  const { mappings, pollers } = world.eventSources
  pollers.get(uuid)?.stop()
  pollers.delete(uuid)
  mappings.delete(uuid)
}

function inUse(kind: StateChange['kind']): AwsFault {
  const verb = kind === 'delete' ? 'delete' : 'update'
  // Seen in the field for delete; the sentence for update is formed after it.
  return new AwsFault(
    'ResourceInUseException',
    `Cannot ${verb} the event source mapping because it is in use.`,
    { recorded: kind === 'delete' },
  )
}
