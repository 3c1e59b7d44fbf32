import { callerFacts, callerKeyFacts } from '../../src/permissions/caller-facts.js'
import type { Verdict } from '../../src/permissions/decision.js'
import { evaluate } from '../../src/permissions/evaluate.js'
import { type Poller, pollerFacts, pollerKeyFacts } from '../../src/permissions/poller-facts.js'
import type {
  AccessRequest,
  KeyGrant,
  LayerPolicies,
  PolicyLayers,
  Principal,
} from '../../src/permissions/request.js'
import { pollActions } from '../../src/permissions/role-policy.js'
import { evaluateTrust, trustFacts } from '../../src/permissions/trust.js'

type Tags = Readonly<Record<string, string>>
type Unreadable = 'unreadable'

/** One row of iam-cases.json. A policy is a whole document or, for short, its statements. */
export interface IamCase {
  readonly id: string
  readonly description: string
  readonly subject: 'role' | 'caller'
  readonly rolePolicies: readonly unknown[] | Unreadable | null
  readonly boundary: unknown
  readonly scps: readonly (readonly unknown[])[] | Unreadable | null
  readonly rcps: readonly (readonly unknown[])[] | Unreadable | null
  readonly queuePolicy: unknown
  readonly keyPolicy: unknown
  /** As kms:ListGrants answers it, or in our own form. */
  readonly kmsGrant: unknown
  readonly queue: {
    readonly arn: string
    readonly encryption: string
    readonly kmsKeyArn?: string | null
    readonly tags: Tags | null
  }
  readonly function: {
    readonly arn: string
    readonly roleArn: string
    readonly trust: unknown
    readonly roleTags: Tags | null
    readonly orgId: string | null
  }
  readonly caller: IamCaller | null
  readonly expect: {
    readonly overall: Verdict
    readonly actions: Readonly<Record<string, Verdict>>
    readonly trust?: Verdict
  }
}

interface IamCaller {
  readonly arn: string
  readonly kind: string
  readonly policies: readonly unknown[] | Unreadable
  readonly boundary: unknown
  readonly sessionPolicy: unknown
  readonly tags: Tags
  readonly tagsKnown: boolean
  /** What the request sets: tags, or for short the tags themselves. */
  readonly sends: { readonly tags?: Tags } | Tags
  readonly actions: Readonly<Record<string, string>>
}

export interface IamOutcome {
  readonly overall: Verdict
  readonly actions: Readonly<Record<string, Verdict>>
  readonly trust: Verdict | undefined
}

/** Asks the evaluator everything that the case asks about. */
export function runIamCase(row: IamCase): IamOutcome {
  const { caller } = row
  const questions = caller === null ? roleQuestions(row) : callerQuestions(row, caller)
  const actions = Object.fromEntries(
    questions.map((request) => [request.action, evaluate(request, layersFor(request, row)).verdict]),
  )
  const trust = caller === null ? trustVerdict(row) : undefined
  const verdicts = [...Object.values(actions), ...(trust === undefined ? [] : [trust])]
  const overall = verdicts.includes('denied')
    ? 'denied'
    : verdicts.includes('unknown')
      ? 'unknown'
      : 'allowed'
  return { overall, actions, trust }
}

function roleQuestions(row: IamCase): readonly AccessRequest[] {
  const { roleArn } = row.function
  const account = accountOf(roleArn)
  const principal: Principal = { kind: 'assumed-role', roleArn, account }
  const poller: Poller = {
    roleArn,
    account,
    region: part(row.queue.arn, 3),
    partition: part(row.queue.arn, 1),
    queueArn: row.queue.arn,
    resourceAccount: accountOf(row.queue.arn),
    roleTags: row.function.roleTags ?? undefined,
    queueTags: row.queue.tags ?? undefined,
    orgId: orgIdOf(row),
  }
  const polls = pollActions.map((action): AccessRequest => {
    const { arn } = row.queue
    return { principal, action, resource: arn, resourceAccount: accountOf(arn), facts: pollerFacts(poller) }
  })
  const { kmsKeyArn } = row.queue
  if (kmsKeyArn === undefined || kmsKeyArn === null) return polls
  const resourceAccount = accountOf(kmsKeyArn)
  const facts = pollerKeyFacts({ ...poller, resourceAccount })
  return [...polls, { principal, action: 'kms:Decrypt', resource: kmsKeyArn, resourceAccount, facts }]
}

function callerQuestions(row: IamCase, caller: IamCaller): readonly AccessRequest[] {
  const account = accountOf(caller.arn)
  return Object.entries(caller.actions).map(([action, resource]) => {
    const resourceAccount = resource === '*' ? account : accountOf(resource)
    const known = {
      principalArn: caller.arn,
      account,
      region: part(row.queue.arn, 3),
      resourceAccount,
      functionArn: row.function.arn,
      principalTags: caller.tagsKnown ? caller.tags : undefined,
      resourceTags: resource === row.queue.arn ? (row.queue.tags ?? undefined) : undefined,
      requestTags: typeof caller.sends.tags === 'object' ? caller.sends.tags : tagsOf(caller.sends),
      orgId: orgIdOf(row),
    }
    const facts = action.startsWith('kms:')
      ? callerKeyFacts({ ...known, partition: part(row.queue.arn, 1), queueArn: row.queue.arn })
      : callerFacts(known)
    return { principal: principalOf(caller, account), action, resource, resourceAccount, facts }
  })
}

function principalOf({ arn, kind }: IamCaller, account: string): Principal {
  if (kind === 'user' || kind === 'root') return { kind, arn, account }
  if (kind === 'federated') return { kind: 'federated-user', arn, account }
  return { kind: 'assumed-role', roleArn: arn, account }
}

function layersFor({ action }: AccessRequest, row: IamCase): PolicyLayers {
  const { caller } = row
  const isAwsKey = action.startsWith('kms:') && row.queue.encryption === 'aws/sqs'
  const resource = action.startsWith('kms:')
    ? row.keyPolicy
    : action.startsWith('sqs:')
      ? row.queuePolicy
      : null
  return {
    identity: named((caller === null ? row.rolePolicies : caller.policies) ?? [], 'identity'),
    ...optional('boundary', single(caller === null ? row.boundary : caller.boundary, 'boundary')),
    ...optional('session', single(caller?.sessionPolicy ?? null, 'session')),
    ...optional('scps', levels(row.scps, 'scp')),
    // Organisations' resource policies do not reach the keys that AWS manages.
    ...optional('rcps', isAwsKey ? null : levels(row.rcps, 'rcp')),
    ...optional('resource', single(resource, 'resource')),
    ...optional('grants', grantsOf(row.kmsGrant)),
  }
}

function trustVerdict(row: IamCase): Verdict {
  const { arn, trust } = row.function
  const facts = trustFacts({ functionArn: arn, account: accountOf(arn), region: part(arn, 3) })
  return evaluateTrust(single(trust, 'trust') ?? [], facts).verdict
}

function grantsOf(kmsGrant: unknown): PolicyLayers['grants'] | null {
  if (kmsGrant === null || kmsGrant === undefined) return null
  if (kmsGrant === 'unreadable') return kmsGrant
  return [kmsGrant].flat().map((grant): KeyGrant => {
    const { granteePrincipal, operations, constraints, ...others } = lowerCaseKeys(grant)
    return {
      granteePrincipal: String(granteePrincipal ?? others.grantee),
      operations: [operations].flat().map(String),
      ...others,
      ...lowerCaseKeys(constraints),
    }
  })
}

/** `GranteePrincipal` → `granteePrincipal` */
function lowerCaseKeys(value: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(value ?? {}).map(([key, member]) => [key.charAt(0).toLowerCase() + key.slice(1), member]),
  )
}

function tagsOf(sends: IamCaller['sends']): Tags {
  return Object.fromEntries(Object.entries(sends).filter(([, value]) => typeof value === 'string'))
}

function orgIdOf(row: IamCase): string | null | undefined {
  return row.function.orgId === 'unknown' ? undefined : row.function.orgId
}

function named(policies: readonly unknown[] | Unreadable, layer: string): LayerPolicies {
  if (policies === 'unreadable') return policies
  return policies.map((policy, position) => ({
    name: `${layer}${position + 1}`,
    document: Array.isArray(policy) ? { Version: '2012-10-17', Statement: policy } : policy,
  }))
}

function single(policy: unknown, layer: string): LayerPolicies | null {
  if (policy === null || policy === undefined) return null
  return policy === 'unreadable' ? policy : named([policy], layer)
}

function levels(list: IamCase['scps'], layer: string) {
  return list === null || list === 'unreadable' ? list : list.map((level) => named(level, layer))
}

function optional<Name extends string, Value>(name: Name, value: Value | null) {
  return value === null ? {} : { [name]: value }
}

function accountOf(arn: string): string {
  return part(arn, 4)
}

function part(arn: string, position: number): string {
  return arn.split(':')[position] ?? ''
}
