import type { Clients } from '../aws/clients.js'
import {
  type ReadPolicy,
  readManagedPolicy,
  readRolePolicies,
  readUserPolicies,
} from '../aws/principal-policies.js'
import type { LayerPolicies, PolicyLayers } from '../permissions/request.js'
import type { PolicyHolder } from './access-question.js'
import { type Fact, known, readAsFact, type UnknownFact } from './fact.js'

export type Boundary = Pick<PolicyLayers, 'boundary'>

/** The policies of a principal as they are written. Each is read at most once, and only when it is asked for. */
export interface PrincipalDocuments {
  readonly boundary: () => Promise<BoundaryRead>
  readonly all: () => Promise<Fact<IdentityRead>>
}

export interface BoundaryRead {
  readonly layer: Boundary
  /** Why it could not be read. */
  readonly gap?: DocumentGap
}

export interface IdentityRead extends Boundary {
  readonly identity: LayerPolicies
  /** What could not be read of it. Empty: everything was. */
  readonly gaps: readonly DocumentGap[]
}

interface DocumentGap {
  /** Part of a sentence, such as `iam:GetPolicy was refused`. */
  readonly why: string
  readonly permission?: string | undefined
}

export function openDocuments(clients: Clients, holder: PolicyHolder): PrincipalDocuments {
  const boundary = once(() => readBoundary(clients, holder))
  return { boundary, all: once(() => readIdentity(clients, holder, boundary)) }
}

/** Of a principal whose policies are not to be looked for. */
export const unreadDocuments = (why: UnknownFact): PrincipalDocuments => ({
  boundary: async () => unread(why),
  all: async () => why,
})

export const isReadable = (policies: LayerPolicies | undefined) =>
  policies !== 'unreadable' && (policies ?? []).every(({ document }) => document !== 'unreadable')

async function readIdentity(
  clients: Clients,
  holder: PolicyHolder,
  boundary: () => Promise<BoundaryRead>,
): Promise<Fact<IdentityRead>> {
  const policies = readAsFact<readonly ReadPolicy[]>(
    holder.kind === 'role' ? readRolePolicies(clients, holder.name) : readUserPolicies(clients, holder.name),
  )
  const [identity, cap] = await Promise.all([policies, boundary()])
  if (identity.state !== 'known') return identity
  const gaps = identity.value
    .filter(({ document }) => document === 'unreadable')
    .map(({ name, why = name, permission }): DocumentGap => ({ why, permission }))
  return known({ identity: identity.value, ...cap.layer, gaps: cap.gap ? [...gaps, cap.gap] : gaps })
}

async function readBoundary(clients: Clients, holder: PolicyHolder): Promise<BoundaryRead> {
  const arn = await holder.boundary()
  if (arn.state !== 'known') return unread(arn)
  if (arn.value === undefined) return { layer: {} }
  const read = await readAsFact(readManagedPolicy(clients, arn.value))
  return read.state === 'known' ? { layer: { boundary: [read.value] } } : unread(read)
}

const unread = (fact: Fact<never>): BoundaryRead => ({
  layer: { boundary: 'unreadable' },
  gap: {
    why: 'the permissions boundary could not be read',
    permission: fact.state === 'unknown' ? fact.permission : undefined,
  },
})

/** The same promise for everyone who asks. */
function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined
  return () => {
    reading ??= read()
    return reading
  }
}
