import { roleNameOf } from '../../arn.js'
import { readKeyGrants, readKeyPolicy } from '../../aws/key.js'
import { readManagedPolicy } from '../../aws/principal-policies.js'
import type { PutRolePolicy } from '../../change.js'
import type { Decision } from '../../permissions/decision.js'
import { evaluate } from '../../permissions/evaluate.js'
import { pollerFacts, pollerKeyFacts } from '../../permissions/poller-facts.js'
import type { AccessRequest, LayerPolicies, PolicyLayers } from '../../permissions/request.js'
import { pollActions } from '../../permissions/role-policy.js'
import { readAsFact } from '../../preflight/fact.js'
import { whoMustAct } from '../../preflight/who-must-act.js'
import type { PreflightResult } from '../run-preflight.js'
import type { Session } from '../session.js'

/** What a role's policies would say with the new one among them. */
export interface WhatIf {
  /** What would still refuse, and who can change that; null: nothing that could be read. */
  readonly refusal: string | null
  /** Why it cannot be told whether it is enough; null: it is. */
  readonly doubt: string | null
}

export interface WhatIfRequest {
  readonly change: PutRolePolicy
  /** Slugs of the findings that it is to mend. */
  readonly rules: readonly string[]
  /** All policies of the role as they are. */
  readonly identity: LayerPolicies
  readonly result: PreflightResult
}

/**
 * Judges the role's rights as if the policy were written already. Boundary, queue policy and key policy count; AWS
 * Organizations cannot be read from here, and what it refuses makes no finding that is mended.
 */
export async function whatIf(request: WhatIfRequest, session: Session): Promise<WhatIf> {
  const { change, rules, result } = request
  const actions = actionsFor(rules, change)
  const layers = { identity: withChange(request), ...(await readBoundary(result, session)) }
  const decisions = await Promise.all(
    actions.map(async (action) => {
      const asked = questionOf(action, change.roleArn, result, session)
      if (asked === undefined) return undefined
      const beside = await readBeside(asked, result, session)
      return { action, decision: evaluate(asked, { ...layers, ...beside }) }
    }),
  )
  const answered = decisions.filter((one) => one !== undefined)
  const refused = answered.filter(({ decision }) => decision.verdict === 'denied')
  const open = answered.find(({ decision }) => decision.verdict === 'unknown')
  const [first] = refused
  return {
    refusal: first
      ? refusalOf(
          first.decision,
          refused.map(({ action }) => action),
          change,
          result,
        )
      : null,
    doubt: open ? open.decision.reason : null,
  }
}

/**
 * Those that the findings are about, and all that the policy allows beside them: a queue is polled with all of its
 * rights or not at all.
 */
function actionsFor(rules: readonly string[], { policy }: PutRolePolicy): readonly string[] {
  const asked = rules.flatMap((rule) => actionsOf[rule] ?? [])
  const text = JSON.stringify(policy)
  const beside = pollingActions.filter((action) => text.includes(`"${action}"`))
  return [...new Set([...asked, ...beside])]
}

const pollingActions: readonly string[] = [...pollActions, 'kms:Decrypt']

const actionsOf: Readonly<Record<string, readonly string[]>> = {
  'role-lacks-receive-message': ['sqs:ReceiveMessage'],
  'role-lacks-delete-message': ['sqs:DeleteMessage'],
  'role-lacks-get-queue-attributes': ['sqs:GetQueueAttributes'],
  'role-lacks-decrypt': ['kms:Decrypt'],
  'role-lacks-log-permissions': ['logs:CreateLogStream', 'logs:PutLogEvents'],
}

/** Beside the one that it extends: nothing is taken away, so that the old text says nothing that the new one does not. */
function withChange({ change, identity }: WhatIfRequest): LayerPolicies {
  if (identity === 'unreadable') return identity
  return [...identity, { name: change.policyName, document: change.policy }]
}

/** undefined: what the question is about is not known. */
function questionOf(
  action: string,
  roleArn: string,
  { facts, target, context }: PreflightResult,
  { clients, clock }: Session,
): AccessRequest | undefined {
  const resource = resourceOf(action, facts, target)
  if (resource === undefined || target.queueArn === null) return undefined
  const resourceAccount = resource.split(':')[4] ?? context.account
  const poller = {
    region: clients.region,
    partition: context.partition,
    roleArn,
    account: context.account,
    queueArn: target.queueArn,
    resourceAccount,
    now: new Date(clock.now()),
    roleTags: facts.role.state === 'known' ? facts.role.value.tags : undefined,
  }
  return {
    principal: { kind: 'assumed-role', roleArn, account: context.account },
    action,
    resource,
    resourceAccount,
    facts: factsOf(action, poller),
  }
}

function factsOf(action: string, poller: Parameters<typeof pollerFacts>[0]): AccessRequest['facts'] {
  if (action.startsWith('kms:')) return pollerKeyFacts(poller)
  if (action.startsWith('sqs:')) return pollerFacts(poller)
  // The function itself writes its log, and its calls carry the key that a poller's lack.
  const { 'lambda:SourceFunctionArn': _, ...facts } = pollerFacts(poller)
  return facts
}

function resourceOf(
  action: string,
  { key, lambdaFunction }: PreflightResult['facts'],
  { queueArn, functionArn }: PreflightResult['target'],
): string | undefined {
  if (action.startsWith('sqs:')) return queueArn ?? undefined
  if (action.startsWith('kms:')) return key.state === 'known' ? key.value.arn : undefined
  if (lambdaFunction.state !== 'known' || functionArn === null) return undefined
  const [, partition, , region, account] = functionArn.split(':')
  // A log stream stands for all.
  return `arn:${partition}:logs:${region}:${account}:log-group:${lambdaFunction.value.logGroup}:log-stream:sqs-trigger`
}

async function readBoundary(
  { facts }: PreflightResult,
  { clients }: Session,
): Promise<Pick<PolicyLayers, 'boundary'>> {
  if (facts.role.state !== 'known') return { boundary: 'unreadable' }
  const { boundaryArn } = facts.role.value
  if (boundaryArn === undefined) return {}
  const read = await readAsFact(readManagedPolicy(clients, boundaryArn))
  return { boundary: read.state === 'known' ? [read.value] : 'unreadable' }
}

/** The policies of what is asked for: of the queue, or of the key with its grants. */
async function readBeside(
  { action, resource }: AccessRequest,
  { facts: { queue } }: PreflightResult,
  { clients }: Session,
): Promise<Pick<PolicyLayers, 'resource' | 'grants'>> {
  if (action.startsWith('kms:')) {
    const [policy, grants] = await Promise.all([
      readAsFact(readKeyPolicy(clients, resource)),
      readAsFact(readKeyGrants(clients, resource)),
    ])
    return {
      resource:
        policy.state === 'known'
          ? [{ name: `the policy of key ${resource.split('/').at(-1)}`, document: policy.value }]
          : 'unreadable',
      grants: grants.state === 'known' ? grants.value : 'unreadable',
    }
  }
  if (!action.startsWith('sqs:')) return {}
  if (queue.state !== 'known') return { resource: 'unreadable' }
  const { policy, name } = queue.value
  return policy === null ? {} : { resource: [{ name: `the queue policy of ${name}`, document: policy }] }
}

function refusalOf(
  { evidence, reason }: Decision,
  actions: readonly string[],
  { roleArn }: PutRolePolicy,
  { target: { queueArn } }: PreflightResult,
): string {
  const queueName = queueArn?.split(':').at(-1)
  const whose = {
    holder: `role ${roleNameOf(roleArn)}`,
    actions,
    owner: `Whoever owns queue ${queueName} or its key`,
  }
  const who =
    whoMustAct(evidence, whose) ?? `${whose.owner} must allow ${actions.join(', ')} to ${whose.holder}.`
  return `A policy of the role would not be enough: ${reason}. ${who}`
}
