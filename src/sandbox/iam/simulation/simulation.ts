import type { Principal } from '../../../permissions/request.js'

/** One policy of a simulation. `name` is unique in it; answers show `sourceId`. */
export interface SimulatedPolicy {
  readonly name: string
  readonly sourceId: string
  readonly document: string
}

/** What SimulatePrincipalPolicy and SimulateCustomPolicy have in common once their inputs are gathered. */
export interface Simulation {
  readonly caller: Exclude<Principal, { readonly kind: 'service' }>
  /** Account that owns the resources, whatever their ARNs say. */
  readonly resourceOwner: string
  readonly actions: readonly string[]
  /** Empty: not given, that is `*`. */
  readonly resources: readonly string[]
  readonly identity: readonly SimulatedPolicy[]
  readonly boundary: readonly SimulatedPolicy[]
  /** Levels of organisation policies, root first; SimulateCustomPolicy alone takes them. */
  readonly scps: readonly (readonly SimulatedPolicy[])[]
  readonly resourcePolicy: SimulatedPolicy | undefined
  /** Context entries that were given: key → values. */
  readonly context: Readonly<Record<string, readonly string[]>>
}
