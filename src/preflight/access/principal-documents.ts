import type { Clients } from '../../aws/clients.js'
import {
  type ReadPolicy,
  readManagedPolicy,
  readRolePolicies,
  readUserPolicies,
} from '../../aws/principal-policies.js'
import { parsePolicy } from '../../permissions/policy-document.js'
import type { LayerPolicies, PolicyLayers } from '../../permissions/request.js'
import { type Fact, known, readAsFact, type UnknownFact } from '../fact.js'
import type { PolicyHolder } from './access-question.js'

export type Boundary = Pick<PolicyLayers, 'boundary'>

/** The policies of a principal as they are written. Each is read at most once, and only when it is asked for. */
export interface PrincipalDocuments {
  readonly boundary: () => Promise<BoundaryRead>
  /** Asks which policies a role has, because it is likely that `all` will be wanted. Nothing else is read for it. */
  readonly begin: () => void
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
  let want = () => {}
  const wanted = new Promise<void>((resolve) => {
    want = resolve
  })
  const policies = once(() =>
    readAsFact<readonly ReadPolicy[]>(
      holder.kind === 'role'
        ? readRolePolicies(clients, holder.name, wanted)
        : readUserPolicies(clients, holder.name),
    ),
  )
  const all = once(() => joinIdentity(policies(), boundary()))
  return {
    boundary,
    begin: () => {
      if (holder.kind !== 'role') return
      // Should nobody want it after all, nobody hears of what went wrong.
      policies().catch(() => undefined)
    },
    all: () => {
      want()
      return all()
    },
  }
}

/** Of a principal whose policies are not to be looked for. */
export const unreadDocuments = (why: UnknownFact): PrincipalDocuments => ({
  boundary: async () => unread(why),
  begin: () => undefined,
  all: async () => why,
})

export const isReadable = (policies: LayerPolicies | undefined) =>
  policies !== 'unreadable' && (policies ?? []).every(({ document }) => document !== 'unreadable')

async function joinIdentity(
  policies: Promise<Fact<readonly ReadPolicy[]>>,
  boundary: Promise<BoundaryRead>,
): Promise<Fact<IdentityRead>> {
  const [identity, cap] = await Promise.all([policies, boundary])
  if (identity.state !== 'known') return identity
  const gaps = identity.value
    .filter(({ document }) => document === 'unreadable')
    .map(({ name, why = name, permission }): DocumentGap => ({ why, permission }))
  return known({
    identity: identity.value.map(parsedOnce),
    ...cap.layer,
    gaps: cap.gap ? [...gaps, cap.gap] : gaps,
  })
}

const parsedOnce = (policy: ReadPolicy): ReadPolicy =>
  policy.document === 'unreadable' ? policy : { ...policy, parsed: parsePolicy(policy.document) }

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
