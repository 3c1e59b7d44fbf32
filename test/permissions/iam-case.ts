import { callerFacts, callerKeyFacts } from '../../src/permissions/caller-facts.js'
import type { Decision, Verdict } from '../../src/permissions/decision.js'
import { evaluate } from '../../src/permissions/evaluate.js'
import { type Poller, pollerFacts, pollerKeyFacts } from '../../src/permissions/poller-facts.js'
import type { AccessRequest, PolicyLayers, Principal, RequestFacts } from '../../src/permissions/request.js'
import { absent, known, notKnown } from '../../src/permissions/request-fact.js'
import { pollActions } from '../../src/permissions/role-policy.js'
import { evaluateTrust, trustFacts } from '../../src/permissions/trust.js'
import { awsManagedKeyPolicy, grantsOf, levelsOf, policiesOf, policyOf } from './iam-case-policies.js'

type Tags = Readonly<Record<string, string>>

/** One row of iam-cases.json. What stands for a policy: see iam-case-policies.ts. */
export interface IamCase {
  readonly id: string
  readonly description: string
  readonly subject: 'role' | 'caller'
  /** null: it has none; also for the layers below. */
  readonly rolePolicies: unknown
  readonly boundary: unknown
  /** Levels, the root of the organisation first, each a list of policies. */
  readonly scps: unknown
  readonly rcps: unknown
  readonly queuePolicy: unknown
  readonly keyPolicy: unknown
  readonly kmsGrant: unknown
  readonly queue: {
    readonly arn: string
    readonly encryption: string
    readonly kmsKeyArn?: string | null
    /** null: could not be read. */
    readonly tags: Tags | null
  }
  readonly function: {
    readonly arn: string
    readonly roleArn: string
    readonly trust: unknown
    /** null: could not be read. */
    readonly roleTags: Tags | null
    /** null: in no organisation; `unknown`: nobody knows. */
    readonly orgId: string | null
  }
  readonly caller: IamCaller | null
  readonly expect: {
    readonly overall: Verdict
    readonly actions: Readonly<Record<string, Verdict>>
    /** Default: allowed. */
    readonly trust?: Verdict
  }
}

export interface IamCaller {
  readonly arn: string
  readonly kind: string
  readonly policies: unknown
  readonly boundary: unknown
  readonly sessionPolicy: unknown
  readonly tags: Tags | null
  readonly tagsKnown: boolean
  /** What the request sets: tags, or for short the tags themselves. */
  readonly sends: { readonly tags?: Tags } | Tags
  /** Resource of each action, `*` for actions without one. */
  readonly actions: Readonly<Record<string, string>>
}

export interface IamOutcome {
  readonly overall: Verdict
  readonly actions: Readonly<Record<string, Decision>>
  readonly trust: Decision | undefined
}

/** Asks the evaluator everything that the case asks about. */
export function runIamCase(row: IamCase): IamOutcome {
  const { caller } = row
  const questions = caller === null ? roleQuestions(row) : callerQuestions(row, caller)
  const actions = Object.fromEntries(
    questions.map((request) => [request.action, evaluate(request, layersFor(request, row))]),
  )
  const trust = caller === null ? judgeTrust(row) : undefined
  const verdicts = [...Object.values(actions), ...(trust === undefined ? [] : [trust])].map(
    ({ verdict }) => verdict,
  )
  const gravest = (['denied', 'unknown'] as const).find((verdict) => verdicts.includes(verdict))
  return { overall: gravest ?? 'allowed', actions, trust }
}

/** Cases are judged as of this moment. */
const now = new Date('2026-11-23T12:00:00Z')

function roleQuestions(row: IamCase): readonly AccessRequest[] {
  const { roleArn } = row.function
  const { arn } = row.queue
  const account = accountOf(roleArn)
  const principal: Principal = { kind: 'assumed-role', roleArn, account }
  const poller: Poller = {
    roleArn,
    account,
    region: part(arn, 3),
    partition: part(arn, 1),
    queueArn: arn,
    resourceAccount: accountOf(arn),
    roleTags: row.function.roleTags ?? undefined,
    queueTags: row.queue.tags ?? undefined,
    orgId: orgIdOf(row),
    now,
  }
  const polls = pollActions.map((action): AccessRequest => {
    return { principal, action, resource: arn, resourceAccount: accountOf(arn), facts: pollerFacts(poller) }
  })
  const { kmsKeyArn, encryption } = row.queue
  if (!kmsKeyArn || /^(?:none|(?:sse-)?sqs)$/i.test(encryption)) return polls
  const resourceAccount = accountOf(kmsKeyArn)
  const facts = pollerKeyFacts({ ...poller, resourceAccount })
  return [...polls, { principal, action: 'kms:Decrypt', resource: kmsKeyArn, resourceAccount, facts }]
}

function callerQuestions(row: IamCase, caller: IamCaller): readonly AccessRequest[] {
  const account = accountOf(caller.arn)
  const principal = principalOf(caller, account)
  return Object.entries(caller.actions).map(([action, resource]) => {
    const resourceAccount = resource === '*' ? account : accountOf(resource) || account
    const isQueue = resource === row.queue.arn
    const asked = {
      principalArn: principal.kind === 'assumed-role' ? principal.roleArn : caller.arn,
      account,
      region: part(row.queue.arn, 3),
      resourceAccount,
      functionArn: row.function.arn,
      principalTags: caller.tagsKnown ? (caller.tags ?? undefined) : undefined,
      resourceTags: isQueue ? (row.queue.tags ?? undefined) : undefined,
      requestTags: setsTags.test(action) ? tagsOf(caller.sends) : {},
      orgId: orgIdOf(row),
      now,
    }
    const facts = throughQueue.test(action)
      ? callerKeyFacts({ ...asked, partition: part(row.queue.arn, 1), queueArn: row.queue.arn })
      : { ...callerFacts(asked), ...directFacts(action, account) }
    const { roleArn } = { roleArn: undefined, ...principal }
    const pathIsKnown = roleArn === undefined || roleArn === caller.arn
    const settled = pathIsKnown ? facts : { ...facts, 'aws:PrincipalArn': notKnown }
    return { principal, action, resource, resourceAccount, facts: settled }
  })
}

const setsTags = /:(?:Create\w+|Tag\w+)$/i
/** Of the mapping actions, those that carry the function. */
const carriesFunction = /^lambda:(?:Create|Get|Update|Delete)EventSourceMapping$/i
/** SQS makes these for whom sends to or reads from an encrypted queue; other key actions are called directly. */
const throughQueue = /^kms:(?:Decrypt|GenerateDataKey\w*|Encrypt|ReEncrypt\w*)$/i

function directFacts(action: string, account: string): RequestFacts {
  if (/^kms:/i.test(action))
    return {
      'kms:*': notKnown,
      'kms:ViaService': absent,
      'kms:EncryptionContext:*': absent,
      ...ofKey(account),
    }
  return carriesFunction.test(action) ? {} : { 'lambda:FunctionArn': absent }
}

function ofKey(account: string): RequestFacts {
  return { 'kms:EncryptionContextKeys': absent, 'kms:CallerAccount': known(account) }
}

/** A session's own ARN lacks the path of its role. */
function principalOf({ arn, kind }: IamCaller, account: string): Principal {
  if (kind === 'root' || arn.endsWith(':root')) return { kind: 'root', arn, account }
  if (kind === 'user' || arn.includes(':user/')) return { kind: 'user', arn, account }
  if (kind.startsWith('federated') || arn.includes(':federated-user/'))
    return { kind: 'federated-user', arn, account }
  const [, name] = /:assumed-role\/([^/]+)\//.exec(arn) ?? []
  if (name === undefined) return { kind: 'assumed-role', roleArn: arn, account }
  const roleArn = `arn:${part(arn, 1)}:iam::${account}:role/${name}`
  return { kind: 'assumed-role', roleArn, sessionArn: arn, account }
}

function layersFor({ action, resource }: AccessRequest, row: IamCase): PolicyLayers {
  const { caller, queue } = row
  const isKeyAction = /^kms:/i.test(action)
  const isAwsKey = isKeyAction && queue.encryption.endsWith('aws/sqs')
  const ofKeyItself = isAwsKey ? (row.keyPolicy ?? awsManagedKeyPolicy(resource)) : row.keyPolicy
  const own = isKeyAction ? ofKeyItself : resource === queue.arn ? row.queuePolicy : null
  return {
    identity: policiesOf(caller === null ? row.rolePolicies : caller.policies, 'identity') ?? [],
    ...optional('boundary', policyOf(caller === null ? row.boundary : caller.boundary, 'boundary')),
    ...optional('session', policyOf(caller?.sessionPolicy, 'session')),
    ...optional('scps', levelsOf(row.scps, 'scp')),
    // Organisations' resource policies do not reach the keys that AWS manages.
    ...optional('rcps', isAwsKey ? undefined : levelsOf(row.rcps, 'rcp')),
    ...optional('resource', policyOf(own, 'resource')),
    ...optional('grants', isKeyAction ? grantsOf(row.kmsGrant) : undefined),
  }
}

function judgeTrust(row: IamCase): Decision {
  const { arn, trust } = row.function
  const orgId = orgIdOf(row)
  const facts = trustFacts({
    functionArn: arn,
    account: accountOf(arn),
    region: part(arn, 3),
    ...(orgId === undefined ? {} : { orgId }),
  })
  return evaluateTrust(policyOf(trust, 'trust') ?? [], facts)
}

/** Tags as such, within a member, or named as condition keys. */
function tagsOf(sends: IamCaller['sends'] | null): Tags {
  const [within] = Object.values(sends ?? {}).filter((member) => typeof member === 'object')
  const tags = Object.entries(within ?? sends ?? {})
  return Object.fromEntries(
    tags.map(([key, value]) => [key.replace(/^aws:RequestTag\//i, ''), String(value)]),
  )
}

function orgIdOf(row: IamCase): string | null | undefined {
  return row.function.orgId === 'unknown' ? undefined : row.function.orgId
}

function optional<Name extends string, Value>(name: Name, value: Value | undefined) {
  return value === undefined ? {} : { [name]: value }
}

function accountOf(arn: string): string {
  return part(arn, 4)
}

function part(arn: string, position: number): string {
  return arn.split(':')[position] ?? ''
}
