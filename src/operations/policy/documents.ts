import { roleNameOf } from '../../arn.js'
import { jsonObjectIn } from '../../json-object.js'
import { extraStatements } from '../../permissions/caller-extras.js'
import { type CallerScope, callerStatements, fixStatements } from '../../permissions/caller-policy.js'
import { mergePolicies } from '../../permissions/merge-policy.js'
import { parsePolicy } from '../../permissions/policy-document.js'
import type { Attachment, GeneratedPolicy, TemplateDocument } from '../../permissions/policy-template.js'
import {
  keyPolicyStatementFor,
  queuePolicyStatementFor,
  rolePolicyFor,
  rolePolicyName,
} from '../../permissions/role-policy.js'
import { deadLetterName } from '../../preflight/dead-letter-fix.js'
import type { PolicyPart, PolicyRequest, PolicyTarget } from './request.js'

type Choices = Pick<PolicyRequest, 'for' | 'withFix' | 'with' | 'keyCondition'>

/**
 * The least-privilege documents that were asked for. Those of queue and key apply only across accounts: within one, the
 * role's own policy is enough, and a key's usually lets it decide.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function policyDocuments(target: PolicyTarget, choices: Choices): readonly GeneratedPolicy[] {
  const wants = (part: PolicyPart, applies: boolean) =>
    choices.for === part || (choices.for === 'all' && applies)
  const { queue, function: called, keyArn } = target
  const keyAccount = keyArn?.split(':')[4]
  return [
    ...(wants('role', true) ? [rolePolicy(target, choices)] : []),
    ...(wants('caller', true) ? [callerPolicyOf(target, choices)] : []),
    ...(wants('caller', true) && choices.withFix ? [fixPolicy(target)] : []),
    ...(wants('queue', queue.account !== called.account) ? [queuePolicy(target)] : []),
    ...(wants('key', keyArn !== null && keyAccount !== called.account) ? [keyPolicy(target, choices)] : []),
  ]
}

function rolePolicy(target: PolicyTarget, { keyCondition }: Choices): GeneratedPolicy {
  const { queue, roleArn, keyArn, function: called } = target
  const document = rolePolicyFor({
    queueArn: queue.arn,
    keyArn: keyArn ?? undefined,
    region: queue.region,
    partition: queue.partition,
    keyCondition,
  })
  const attachTo = roleArn === null ? null : roleAt(roleArn)
  return generated('role', rolePolicyName(queue.arn), called.account, { document, attachTo })
}

function callerPolicyOf(target: PolicyTarget, choices: Choices): GeneratedPolicy {
  const { queue, function: called, roleArn, keyArn, caller, deadLetterQueueArn } = target
  const { partition, region, account, unqualifiedArn } = called
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${target.logGroup}`
  const own = caller?.kind === 'role' ? caller.arns : []
  // A variable of IAM: whichever user the document is attached to, whatever its path.
  const variable = [`user/\${aws:username}`, `user/*/\${aws:username}`]
  const users =
    caller === null ? variable.map((name) => `arn:${partition}:iam::${account}:${name}`) : caller.arns
  const scope: CallerScope = {
    partition,
    region,
    account,
    queues: oneOrAll([queue.arn, ...(deadLetterQueueArn === null ? [] : [deadLetterQueueArn])]),
    target: queue.arn,
    functions: [unqualifiedArn, `${unqualifiedArn}:*`],
    wiredFunctions: [unqualifiedArn, `${unqualifiedArn}:*`],
    logGroups: [group, `${group}:*`],
    roles: oneOrAll([...(roleArn === null ? [] : [roleArn]), ...own]),
    users: caller?.kind === 'role' ? undefined : oneOrAll(users),
    keys: keyArn ?? undefined,
    keyCondition: keyConditionOf(target, choices),
  }
  const statements = [
    ...callerStatements(scope),
    ...choices.with.flatMap((extra) => extraStatements(extra, scope, deadLetterQueueArn)),
  ]
  return generated('caller', `${rolePolicyName(queue.arn)}-caller`, account, {
    document: documentOf(statements),
    attachTo: attachmentOf(target),
  })
}

function fixPolicy(target: PolicyTarget): GeneratedPolicy {
  const { queue, function: called, roleArn, boundaryArn, deadLetterQueueArn } = target
  const { partition, region, account, name, fifo } = queue
  // Across accounts SQS lets nobody change a queue.
  const own = account === called.account
  // One that the queue names and that is gone is made again under its own name.
  const made = deadLetterQueueArn ?? `arn:${partition}:sqs:${region}:${account}:${deadLetterName(name, fifo)}`
  const statements = fixStatements({
    roles: roleArn ?? '',
    ...(own ? { queues: queue.arn, newQueues: made } : {}),
    functions: called.unqualifiedArn,
    boundary: boundaryArn ?? undefined,
  })
  return generated('fix', `${rolePolicyName(queue.arn)}-fix`, called.account, {
    document: documentOf(statements),
    attachTo: attachmentOf(target),
  })
}

function queuePolicy({ queue, queueUrl, queuePolicy: present, roleArn }: PolicyTarget): GeneratedPolicy {
  const statement = documentOf([queuePolicyStatementFor(queue.arn, roleArn ?? '')])
  const whole = present === undefined ? undefined : present === null ? statement : merged(present, statement)
  return generated('queue', rolePolicyName(queue.arn), queue.account, {
    document: whole ?? statement,
    complete: whole !== undefined,
    attachTo: { kind: 'queue', arn: queue.arn, name: queueUrl },
  })
}

function keyPolicy({ queue, keyArn, roleArn }: PolicyTarget, { keyCondition }: Choices): GeneratedPolicy {
  const { arn: queueArn, region, partition } = queue
  const statement = keyPolicyStatementFor({ queueArn, region, partition, keyCondition }, roleArn ?? '')
  return generated('key', rolePolicyName(queueArn), keyArn?.split(':')[4] ?? '', {
    document: documentOf([statement]),
    complete: false,
    attachTo: keyArn === null ? null : { kind: 'key', arn: keyArn, name: keyArn },
  })
}

/** The policy that the queue has, with the statement in it; undefined: what it has cannot be read as one. */
function merged(present: string, statement: TemplateDocument): TemplateDocument | undefined {
  const document = 'problem' in parsePolicy(present) ? undefined : jsonObjectIn(present)
  // A queue's policy is an object with statements.
  return document && (mergePolicies(document, { ...statement }) as unknown as TemplateDocument)
}

/** Whoever uses the key for this queue is held to the same as the owner of the key would hold the role to. */
function keyConditionOf({ queue }: PolicyTarget, { keyCondition }: Choices) {
  const { arn: queueArn, region, partition } = queue
  return keyPolicyStatementFor({ queueArn, region, partition, keyCondition }, '').Condition
}

interface Content {
  readonly document: TemplateDocument
  readonly attachTo: Attachment | null
  readonly complete?: boolean
}

function generated(
  part: GeneratedPolicy['for'],
  name: string,
  account: string,
  { document, attachTo, complete = true }: Content,
): GeneratedPolicy {
  return {
    for: part,
    name,
    account,
    attachTo,
    document,
    complete,
    characters: JSON.stringify(document).length,
  }
}

const documentOf = (Statement: readonly object[]): TemplateDocument => ({ Version: '2012-10-17', Statement })

const roleAt = (arn: string): Attachment => ({ kind: 'role', arn, name: roleNameOf(arn) })

/** To whom the caller's documents can be attached. Roles of IAM Identity Center take no policy from outside. */
function attachmentOf({ caller }: PolicyTarget): Attachment | null {
  const [arn] = caller?.arns ?? []
  if (caller === null || arn === undefined || caller.name.startsWith('AWSReservedSSO_')) return null
  return { kind: caller.kind, arn, name: caller.name }
}

const oneOrAll = (resources: readonly string[]) => (resources.length === 1 ? (resources[0] ?? '') : resources)
